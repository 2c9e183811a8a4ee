import { GraphQLError, type DocumentNode, type OperationDefinitionNode } from "graphql";
import type { Plugin } from "graphql-yoga";
import { networkOf } from "../access/address.ts";
import type { Asker } from "../access/asker.ts";
import { SharedBuckets, type SharedOptions } from "../access/shared-bucket.ts";
import { TokenBuckets } from "../access/token-bucket.ts";
import { mutationFieldCharge } from "../limit/bound.ts";
import { countRootFields, fragmentsOf } from "../limit/shape.ts";
import type { Authentication } from "./authentication.ts";

/** How much each key may ask of all servers on a database, or each network without one of one server. */
export interface RateOptions {
  /** Units of cost a minute, and how many at once. */
  readonly perMinute: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
  /**
   * The database on which servers share what keys have left, and who is told of what fails; each counts for itself
   * unless given.
   */
  readonly shared?: Pick<SharedOptions, "db" | "fail" | "everyMs">;
}

/** Bounds how much is asked in a minute: by a key on all servers together, by a network without one on each. */
export interface Rate {
  /**
   * Charges whoever asks with what an operation costs, before anything of it is resolved.
   * @param whose as `whose` tells it
   * @throws GraphQLError RATE_LIMITED, with `retryAfterMs`, where that is more than is left; then nothing is charged
   */
  readonly charge: (whose: string, operation: Charged) => void;
  /** The same, but answers how long is to be waited, in ms; 0 where it was charged. */
  readonly wait: (whose: string, operation: Charged) => number;
  /** Who is charged: the key, or without one the network that is asked from. */
  readonly whose: (asker: Asker, address: string) => string;
  /** Who is charged for a request that Yoga was given. */
  readonly whoseIs: (request: Request) => string;
  /** Tells the other servers what was spent here and not told yet; to be called before the database is closed. */
  readonly close: () => Promise<void>;
  /** What is left, in headers. */
  readonly headers: (whose: string) => Record<string, string>;
  /** Tells what is left in the headers of every answer to whom was let in. */
  readonly plugin: Plugin;
}

/** What an operation is charged for. */
export interface Charged {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode | null | undefined;
  readonly cost: number;
}

/** What whom a key belongs to is called by begins with. */
const keyed = "key ";

/** Makes the rate limit of one server. */
export function rateLimit(
  { perMinute, now = () => performance.now(), shared }: RateOptions,
  door: Authentication,
): Rate {
  const buckets = new TokenBuckets({ capacity: perMinute, perMinute });
  const others = shared && new SharedBuckets({ name: "rate", buckets, now, ...shared });
  const payers = new WeakMap<Request, string>();
  const whose = ({ keyId }: Asker, address: string) => (keyId === null ? networkOf(address) : `${keyed}${keyId}`);
  const wait = (who: string, operation: Charged) => {
    const units = unitsOf(operation);
    const ms = buckets.take(who, units, now());
    if (ms === 0 && who.startsWith(keyed)) others?.note(who, units);
    return ms;
  };
  const headers = (who: string) => {
    const left = buckets.left(who, now());
    return {
      "ratelimit-limit": String(perMinute),
      "ratelimit-remaining": String(Math.floor(left)),
      "ratelimit-reset": String(Math.ceil(((perMinute - left) / perMinute) * 60)),
    };
  };
  return {
    whose,
    headers,
    close: async () => others?.tell(),
    whoseIs(request) {
      const payer = payers.get(request);
      if (payer === undefined) throw new Error("a request was not let in");
      return payer;
    },
    wait,
    charge(who, operation) {
      const ms = wait(who, operation);
      if (ms === 0) return;
      const seconds = Math.ceil(ms / 1_000);
      throw new GraphQLError(
        `More is asked than ${perMinute} units of cost a minute; send the next request in ${seconds} s.`,
        {
          extensions: {
            code: "RATE_LIMITED",
            retryable: true,
            retryAfterMs: ms,
            http: { status: 429, headers: { "retry-after": String(seconds) } },
          },
        },
      );
    },
    plugin: {
      onRequest({ request }) {
        payers.set(request, whose(door.askerOf(request), door.addressOf(request)));
      },
      onResponse({ request, response }) {
        const who = payers.get(request);
        for (const [name, value] of Object.entries(who === undefined ? {} : headers(who))) {
          response.headers.set(name, value);
        }
      },
    },
  };
}

function unitsOf({ document, operation, cost }: Charged): number {
  const fields = operation?.operation === "mutation" ? countRootFields(operation, fragmentsOf(document)) : 0;
  return Math.max(1, cost + mutationFieldCharge * fields);
}
