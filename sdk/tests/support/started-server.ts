import { createKey } from "../../../src/access/register.ts";
import type { Scope } from "../../../src/access/scope.ts";
import { assemble } from "../../../src/command/assemble.ts";
import { readConfig } from "../../../src/config.ts";
import { serve } from "../../../src/server.ts";
import { cloneSeeded } from "../../../tests/support/database.ts";

/** A server that listens, put together as `chancery serve` does it, on a record that holds the founding dossier. */
export interface StartedServer extends AsyncDisposable {
  /** Address of its GraphQL endpoint. */
  readonly url: string;
  /** Makes a key with these scopes, and gives its secret. */
  makeKey(name: string, ...scopes: Scope[]): Promise<string>;
}

export async function startServer(): Promise<StartedServer> {
  const database = await cloneSeeded();
  const config = readConfig({ PORT: "0" });
  const api = assemble(database.url, config);
  const serving = await serve({ ...config, handler: api.handler, ready: () => api.ready() });
  return {
    url: `http://127.0.0.1:${serving.port}/graphql`,
    makeKey: async (name, ...scopes) => {
      const order = { name, scopes, expiresAt: null, createdBy: "a test" };
      return (await createKey(api.db, order)).secret;
    },
    async [Symbol.asyncDispose]() {
      await serving.close();
      await api.close();
      await database.drop();
    },
  };
}
