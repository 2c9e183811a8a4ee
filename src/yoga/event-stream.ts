import { setTimeout } from "node:timers/promises";
import {
  createSourceEventStream,
  execute,
  getOperationAST,
  GraphQLError,
  type ExecutionArgs,
  type ExecutionResult,
} from "graphql";
import type { Plugin, YogaInitialContext } from "graphql-yoga";
import { Loaders, type GraphContext } from "../graph/context.ts";
import { takesEvents } from "./accept.ts";
import { maskFault, reportFaults, tellErrors, type ReportFault } from "./fault.ts";
import type { Rate } from "./rate.ts";
import { seenOf } from "./seen.ts";

/** Something that yields events until it ends; its `return` ends it at once, also while an event is waited for. */
type Events = AsyncIterableIterator<unknown>;

/**
 * Answers each event of a subscription by itself, with loaders of its own: what was loaded for one is not what the next
 * sees, nor kept as long as the stream lasts. An error that ends the events is told as the last answer, so that it
 * reaches the reader with its code. Each event after the first is charged as the subscription was; while more is asked
 * than is left, the stream waits.
 */
export function eventStreams(report: ReportFault, rate: Rate | null): Plugin {
  const subscribe = async (args: ExecutionArgs): Promise<ExecutionResult | Events> => {
    const { request } = args.contextValue as YogaInitialContext;
    // A stream that nobody takes would stay open.
    if (!takesEvents(request.headers.get("accept"))) return { errors: [notTaken()] };
    const source = (await createSourceEventStream(args as never)) as ExecutionResult | Events;
    return Symbol.asyncIterator in source ? answers(source, args, report, rate) : source;
  };
  return {
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(subscribe as never),
  };
}

function notTaken(): GraphQLError {
  return new GraphQLError("A subscription is answered by a stream of events; accept text/event-stream.", {
    extensions: { code: "BAD_USER_INPUT", http: { status: 406 } },
  });
}

function answers(source: Events, args: ExecutionArgs, report: ReportFault, rate: Rate | null): Events {
  const context = args.contextValue as GraphContext & YogaInitialContext;
  const left = new AbortController();
  const pace = pacing(args, context.request, rate, left.signal);
  const finish = (result: ExecutionResult): IteratorResult<ExecutionResult> => {
    const masked = (result.errors ?? []).map(maskFault);
    reportFaults(context.requestId, report)(masked);
    const errors = tellErrors(masked, context.requestId);
    if (errors[0]) seenOf(context.request).code ??= String(errors[0].extensions["code"]);
    return { done: false, value: errors.length > 0 ? { ...result, errors } : result };
  };
  return {
    async next() {
      let event: IteratorResult<unknown>;
      try {
        event = await source.next();
      } catch (error) {
        return finish({ errors: [new GraphQLError("The stream ended.", { originalError: error as Error })] });
      }
      if (event.done || !(await pace())) return { done: true, value: undefined };
      const contextValue = { ...context, loaders: new Loaders(), views: new Map() };
      return finish(await execute({ ...args, rootValue: event.value, contextValue }));
    },
    return: () => {
      left.abort();
      return source.return?.() ?? Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Lets each event but the first wait until it can be charged; answers false where the reader has left by then. */
function pacing(
  { document, operationName }: ExecutionArgs,
  request: Request,
  rate: Rate | null,
  left: AbortSignal,
): () => Promise<boolean> {
  const operation = getOperationAST(document, operationName);
  let first = true;
  return async () => {
    const charged = first ? null : rate;
    first = false;
    const cost = seenOf(request).cost ?? 1;
    for (let wait = -1; wait !== 0 && !left.aborted;) {
      wait = charged?.wait(charged.whoseIs(request), { document, operation, cost }) ?? 0;
      if (wait > 0) await setTimeout(wait, undefined, { signal: left }).catch(() => undefined);
    }
    return !left.aborted;
  };
}
