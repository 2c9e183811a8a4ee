import { failing, isWhole, parseBody, refusal, requestIdOf } from "./answer.ts";
import type { ClientOptions, RequestOptions, SubscribeOptions } from "./options.ts";
import { type Request, prepare, send } from "./request.ts";
import { readEvents } from "./sse.ts";
import { watch } from "./watch.ts";

/** What a request or a subscription may be given. */
export type AnyOptions = RequestOptions & SubscribeOptions;

/** What outlives one attempt. */
export interface Progress {
  /** Attempts that failed since the last answer. */
  failures: number;
  /** Whether a stream was open before, so that it is worth having again. */
  open: boolean;
}

/**
 * Sends a request once and gives the data of its answer; of a subscription, the data of each event.
 * Throws an `ApiError` when there is no whole answer in time.
 */
export async function* attempt(
  client: ClientOptions,
  request: Request,
  { signal, timeoutMs = client.timeoutMs ?? 30_000, idleTimeoutMs = 45_000 }: AnyOptions,
  progress: Progress,
): AsyncGenerator<unknown, void, void> {
  const { name, kind } = request.operation;
  const number = progress.failures + 1;
  const live = kind === "subscription";
  const fail = failing(name, number);
  const guard = watch(signal, fail);
  guard.allow(live ? idleTimeoutMs : timeoutMs);
  try {
    const init = await guard.until(prepare(client, request));
    const startedAt = performance.now();
    const response = await guard.during(send(client, init, guard.signal));
    const streamed = live && /^text\/event-stream/i.test(response.headers.get("content-type") ?? "");
    const body = streamed ? undefined : parseBody(await guard.during(response.text()));
    client.onResponse?.({
      operation: name,
      status: response.status,
      attempt: number,
      durationMs: performance.now() - startedAt,
      requestId: requestIdOf(response, body),
      headers: response.headers,
    });
    if (!streamed) {
      if (live || !isWhole(body)) throw refusal(name, number, response, body);
      yield body.data;
      return;
    }
    // A stream whose first word is a refusal was never open.
    let accepted = progress.open;
    progress.open ||= response.ok;
    const read = readEvents(response.body, (next) => {
      // The clock runs only while an event is waited for, not while the caller is busy with one.
      guard.allow(idleTimeoutMs);
      return guard.during(next).finally(() => guard.allow(0));
    });
    for await (const { event, data } of read) {
      if (event === "complete") return;
      if (event !== "next") continue;
      const part = parseBody(data);
      if (!isWhole(part)) {
        progress.open = accepted;
        throw refusal(name, number, response, part);
      }
      accepted = true;
      yield part.data;
    }
    throw fail("NETWORK");
  } finally {
    guard.end();
  }
}
