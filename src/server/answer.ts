import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** The answer that was begun last on each connection, for as long as nothing else may be written there. */
export class Answers {
  readonly #last = new WeakMap<Duplex, ServerResponse>();

  /** Notes that an answer begins. Where it leaves the connection open, others may follow it. */
  begin(socket: Duplex, response: ServerResponse): void {
    this.#last.set(socket, response);
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
   * Lets a connection on which nothing more can be read end with the answer that is being written, or was written as the
   * last; false where there is none, so that its client is to be told.
   */
  closeAfter(socket: Duplex): boolean {
    const response = this.#last.get(socket);
    if (!response?.headersSent) return false;
    if (response.writableFinished) socket.end();
    else response.once("finish", () => socket.end());
    return true;
  }
}
