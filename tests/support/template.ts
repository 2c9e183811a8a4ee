import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { withSession } from "../../src/db/connect.ts";
import { withDatabase } from "../../src/db/connection-string.ts";
import { startEmbedded } from "../../src/db/embedded/start.ts";
import { migrate } from "../../src/db/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The PostgreSQL of this run, for one who may make databases; and what the names of all databases begin with. */
    server: { url: string; prefix: string };
  }
}

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Once per run, before any test: a PostgreSQL that forgets everything afterwards, with one migrated database, from
 * which `cloneDatabase` makes copies. CHANCERY_TEST_URL names another PostgreSQL to use; there, only databases of this
 * run are made and dropped.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prefix = `chancery_test_${randomBytes(4).toString("hex")}`;
  const given = process.env["CHANCERY_TEST_URL"];
  const server = given ? { url: given, stop: () => dropAll(given, prefix) } : await startThrowaway();
  try {
    const template = `${prefix}_migrated`;
    await withSession(server.url, (session) => session.query(`CREATE DATABASE ${template}`));
    await migrate(withDatabase(server.url, template));
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("server", { url: server.url, prefix });
  return () => server.stop();
}

async function startThrowaway(): Promise<Server> {
  const dataFolder = mkdtempSync(join(tmpdir(), "chancery-test-"));
  const remove = () => rmSync(dataFolder, { recursive: true, force: true });
  try {
    const server = await startEmbedded({
      dataFolder,
      log: () => undefined,
      settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" },
    });
    // A run that is broken off does not wait for its teardown.
    const abandon = () => server.abandon();
    process.once("exit", abandon);
    return {
      url: server.url,
      stop: () => {
        process.off("exit", abandon);
        return server.stop().finally(remove);
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function dropAll(url: string, prefix: string): Promise<void> {
  await withSession(url, async (session) => {
    const { rows } = await session.query<{ name: string }>(
      "SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)",
      [prefix],
    );
    for (const { name } of rows) await session.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
}
