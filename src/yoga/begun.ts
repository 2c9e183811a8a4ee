import type { IncomingMessage } from "node:http";
import type { ExecutionArgs } from "graphql";
import type { GraphQLParams } from "graphql-yoga";
import type { Outcome } from "../plan/execute.ts";
import type { Ending } from "./ending.ts";

/** What was done for a request of node:http before Yoga was given it: none of it is done twice. */
export interface Begun {
  /** The bytes of its body, and what they ask, where that could be read. */
  body?: Uint8Array;
  params?: GraphQLParams;
  /** Whether its asker was charged for its operation. */
  charged?: boolean;
  /** What ends its statements. */
  ending?: Ending;
  /** What came of asking its plan. */
  outcome?: Outcome;
}

const begun = new WeakMap<IncomingMessage, Begun>();

/** Notes what is done for a request from now on. */
export function begin(request: IncomingMessage): Begun {
  const made: Begun = {};
  begun.set(request, made);
  return made;
}

/** What was done for the request that Yoga was given in this context. */
export function begunIn(context: unknown): Begun | undefined {
  const { req } = context as { readonly req?: IncomingMessage };
  return req && begun.get(req);
}

/** What was done for the request that asks for an operation. */
export function begunOf({ contextValue }: Pick<ExecutionArgs, "contextValue">): Begun | undefined {
  return begunIn(contextValue);
}
