import { GraphQLError, type DocumentNode, type OperationDefinitionNode } from "graphql";
import type { Plugin } from "graphql-yoga";
import { networkOf } from "../access/address.ts";
import { TokenBuckets } from "../access/token-bucket.ts";
import { mutationFieldCharge } from "../limit/bound.ts";
import { countRootFields, fragmentsOf } from "../limit/shape.ts";
import type { Authentication } from "./authentication.ts";

/** How much each key, or each network without one, may ask of one server. */
export interface RateOptions {
  /** Units of cost a minute, and how many at once. */
  readonly perMinute: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

/** Bounds how much is asked in a minute. Each server counts for itself, in memory. */
export interface Rate {
  /**
   * Charges whoever asks with what an operation costs, before anything of it is resolved.
   * @throws GraphQLError RATE_LIMITED, with `retryAfterMs`, where that is more than is left; then nothing is charged
   */
  readonly charge: (request: Request, operation: Charged) => void;
  /** Tells what is left in the headers of every answer to whom was let in. */
  readonly plugin: Plugin;
}

/** What an operation is charged for. */
export interface Charged {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode | null | undefined;
  readonly cost: number;
}

/** Makes the rate limit of one server. */
export function rateLimit({ perMinute, now = () => performance.now() }: RateOptions, door: Authentication): Rate {
  const buckets = new TokenBuckets({ capacity: perMinute, perMinute });
  const whose = new WeakMap<Request, string>();
  return {
    charge(request, charged) {
      const wait = buckets.take(whose.get(request) ?? "none", unitsOf(charged), now());
      if (wait === 0) return;
      const seconds = Math.ceil(wait / 1_000);
      throw new GraphQLError(
        `More is asked than ${perMinute} units of cost a minute; send the next request in ${seconds} s.`,
        {
          extensions: {
            code: "RATE_LIMITED",
            retryable: true,
            retryAfterMs: wait,
            http: { status: 429, headers: { "retry-after": String(seconds) } },
          },
        },
      );
    },
    plugin: {
      onRequest({ request }) {
        whose.set(request, door.askerOf(request).keyId ?? networkOf(door.addressOf(request)));
      },
      onResponse({ request, response }) {
        const who = whose.get(request);
        if (who === undefined) return;
        const left = buckets.left(who, now());
        response.headers.set("ratelimit-limit", String(perMinute));
        response.headers.set("ratelimit-remaining", String(Math.floor(left)));
        response.headers.set("ratelimit-reset", String(Math.ceil(((perMinute - left) / perMinute) * 60)));
      },
    },
  };
}

function unitsOf({ document, operation, cost }: Charged): number {
  const fields = operation?.operation === "mutation" ? countRootFields(operation, fragmentsOf(document)) : 0;
  return Math.max(1, cost + mutationFieldCharge * fields);
}
