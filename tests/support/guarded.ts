import { createClient, type Client } from "../../sdk/src/index.ts";
import { openAccess, type Authenticate } from "../../src/access/authenticate.ts";
import type { Key } from "../../src/access/key.ts";
import { createKey } from "../../src/access/register.ts";
import type { Scope } from "../../src/access/scope.ts";
import { openDb, type Db } from "../../src/db/client.ts";
import { Plans } from "../../src/plan/execute.ts";
import { createPlayground } from "../../src/playground/playground.ts";
import { createApi } from "../../src/yoga.ts";
import type { Answer } from "./record.ts";

/** A server of a record that lets holders of keys in, as `chancery serve` does. No port is opened. */
export interface Guarded {
  readonly db: Db;
  readonly authenticate: Authenticate;
  /** Sends any request to the API, from the address in X-Forwarded-For. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Asks in GraphQL, with a secret or without. */
  ask(query: string, secret: string | null, variables?: object): Promise<Answer>;
  /** The SDK, with a secret as its token. */
  clientOf(token: string): Client;
  /** Faults that were masked, in the order in which they came. */
  readonly faults: unknown[];
  close(): Promise<void>;
}

const origin = "http://record.test";

/** Opens such a server on the database at `url`. */
export function openGuarded(url: string, { publicRead = true } = {}): Guarded {
  const db = openDb(url);
  const faults: unknown[] = [];
  const fail = (fault: unknown) => void faults.push(fault);
  const access = openAccess({ db, publicRead, fail });
  const playground = createPlayground({ examplesFolder: new URL("../../examples/", import.meta.url) });
  const api = createApi({
    db,
    authenticate: access.authenticate,
    proxies: 1,
    playground,
    plans: new Plans(),
    report: fail,
  });
  const fetch = async (path: string, init: RequestInit = {}) => api.fetch(`${origin}${path}`, init);
  return {
    db,
    faults,
    authenticate: access.authenticate,
    fetch,
    ask: async (query, secret, variables = {}) => {
      const response = await fetch("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", ...(secret === null ? {} : bearer(secret)) },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    clientOf: (token) =>
      createClient({
        url: `${origin}/graphql`,
        token,
        fetch: async (input, init) => api.fetch(input as string, init ?? {}),
        retries: 0,
      }),
    close: async () => {
      await access.close();
      await db.close();
    },
  };
}

/** The header by which the holder of a secret asks. */
export function bearer(secret: string): { authorization: string } {
  return { authorization: `Bearer ${secret}` };
}

/** Makes a key with these scopes. */
export function issue(db: Db, name: string, ...scopes: Scope[]): Promise<{ key: Key; secret: string }> {
  return createKey(db, { name, scopes, expiresAt: null, createdBy: "a test" });
}
