import type { RequestListener } from "node:http";
import { createHash } from "node:crypto";
import { createClient, type Client } from "../../sdk/src/index.ts";
import { anybody, type Asker } from "../../src/access/asker.ts";
import { scopes, type Scope } from "../../src/access/scope.ts";
import { openDb, type Db } from "../../src/db/client.ts";
import { Plans } from "../../src/plan/execute.ts";
import { Feed } from "../../src/feed/feed.ts";
import type { RateOptions } from "../../src/yoga/rate.ts";
import { createApi } from "../../src/yoga.ts";

/** A record that a test may ask: through the SDK, in GraphQL, or in SQL. No port is opened. */
export interface TestRecord {
  readonly client: Client;
  readonly db: Db;
  /** Sends a GraphQL document as it is and gives the whole answer. */
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
  /** Sends any request to the API. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Answers requests of node:http, for a test that has the record listen. */
  readonly handler: RequestListener;
  /** Faults that were masked, in the order in which they came. */
  readonly faults: unknown[];
  close(): Promise<void>;
}

/** A GraphQL answer as it stands. */
export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions?: Record<string, unknown>;
  }[];
}

const origin = "http://record.test";

/** Headers by which a test asks as the holder of a key called `name` with these scopes. */
export function asHolder(name: string, ...held: Scope[]): Record<string, string> {
  return { authorization: `Bearer ${name}:${held.join("+")}` };
}

/** The id of the key of a holder: the same whenever it is the same name. */
function keyIdOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

function holderOf(authorization: string | null): Asker {
  const [, name, held] = /^Bearer (\w+):([a-z+]+)$/.exec(authorization ?? "") ?? [];
  if (name === undefined) return anybody;
  const given = new Set(scopes.filter((scope) => held?.split("+").includes(scope)));
  return { keyId: keyIdOf(name), name, scopes: given, expiresAt: null, onEnd: () => () => undefined };
}

/** Opens the record in the database at `url`, as a server would; without plans where they are null, and without a rate unless given. */
export function openRecord(
  url: string,
  plans: Plans | null = new Plans(),
  rate: RateOptions | null = null,
): TestRecord {
  const db = openDb(url);
  const faults: unknown[] = [];
  const feed = new Feed(db);
  const api = createApi({
    db,
    feed,
    authenticate: ({ authorization }) => Promise.resolve(holderOf(authorization)),
    playground: null,
    plans,
    rate,
    report: (fault) => void faults.push(fault),
  });
  const fetch = async (path: string, init: RequestInit = {}) => api.fetch(`${origin}${path}`, init);
  return {
    db,
    faults,
    fetch,
    handler: api.listener,
    client: createClient({
      url: `${origin}/graphql`,
      fetch: async (input, init) => api.fetch(input as string, init ?? {}),
      retries: 0,
    }),
    ask: async (query, variables = {}, headers = {}) => {
      const response = await fetch("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    close: () => {
      feed.close();
      return db.close();
    },
  };
}
