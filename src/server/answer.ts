import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** The answer that was begun last on each connection, for as long as nothing else may be written there. */
export class Answers {
  readonly #last = new WeakMap<Duplex, ServerResponse>();
  readonly #open = new WeakMap<Duplex, Set<ServerResponse>>();

  /** Notes that an answer begins. Where it leaves the connection open, others may follow it. */
  begin(socket: Duplex, response: ServerResponse): void {
    this.#last.set(socket, response);
    const open = this.#open.get(socket) ?? new Set();
    this.#open.set(socket, open.add(response));
    response.once("close", () => open.delete(response));
    response.once("finish", () => {
      if (this.#last.get(socket) !== response) return; // Another began meanwhile, and is owed.
      if (!/close/i.test(String(response.getHeader("connection")))) this.#last.delete(socket);
    });
  }

  /** Whether an answer is being worked on of which nothing was written yet. */
  isAwaited(socket: Duplex): boolean {
    return this.#last.get(socket)?.headersSent === false;
  }

  /**
   * Lets a connection on which nothing more can be read end with what is owed there: the answers to the requests that came
   * whole, and one that is being written. Calls `tell` where its client is to be told after them, because the last did not
   * come whole, or there was none.
   */
  closeAfter(socket: Duplex, tell: () => void): void {
    const last = this.#last.get(socket);
    if (last && isOwed(last)) {
      // Its client is to ask nothing more here.
      if (!last.headersSent) last.setHeader("Connection", "close");
      if (last.writableFinished) socket.end();
      else last.once("finish", () => socket.end());
      return;
    }
    const before = [...(this.#open.get(socket) ?? [])].filter(isOwed).at(-1);
    if (before) before.once("finish", tell);
    else tell();
  }
}

/** Whether nothing else may be written in the place of an answer: it was begun, or its request came whole. */
function isOwed(response: ServerResponse): boolean {
  return response.headersSent || response.req.complete;
}
