import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withSession } from "../src/db/connect.ts";
import { layout } from "../src/db/embedded/cluster.ts";
import { readPostmaster } from "../src/db/embedded/orphan.ts";
import { startEmbedded, type Embedded } from "../src/db/embedded/start.ts";
import { migrate } from "../src/db/migrate.ts";
import { fill } from "./fill.ts";

const folders = fileURLToPath(new URL(".data", import.meta.url));

/** A running PostgreSQL that holds the record, and the process that all its sessions are children of. */
export interface Filled extends Embedded {
  readonly pid: number;
}

/**
 * Starts the embedded PostgreSQL on a record of `size`, made on the first run and kept for the next. A folder whose
 * making was broken off is made anew.
 */
export async function openSize(size: number, say: (line: string) => void): Promise<Filled> {
  const dataFolder = join(folders, String(size));
  const made = join(dataFolder, "made");
  if (!existsSync(made)) rmSync(dataFolder, { recursive: true, force: true });
  const settings = {
    shared_preload_libraries: "pg_stat_statements",
    max_connections: "200",
    shared_buffers: "1GB",
    max_wal_size: "8GB",
  };
  const database = await startEmbedded({ dataFolder, log: say, settings });
  try {
    await migrate(database.url);
    if (!existsSync(made)) {
      say(`Making ${size} records`);
      await fill(database.url, size, say);
      writeFileSync(made, "");
    }
    await withSession(database.url, async (session) => {
      await session.query("create extension if not exists pg_stat_statements");
      await session.query("drop schema if exists peer cascade");
      await session.query(readFileSync(new URL("peer.sql", import.meta.url), "utf8"));
      // What runs beside the load shall not be the tidying up of the filling.
      await session.query("checkpoint");
    });
    return { ...database, pid: readPostmaster(layout(dataFolder).cluster)?.pid ?? 0 };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/** How many statements the database has run so far, those of transactions left out. */
export async function statements(url: string): Promise<number> {
  return withSession(url, async (session) => {
    const { rows } = await session.query<{ calls: string }>(
      `select coalesce(sum(calls), 0) as calls from pg_stat_statements where query !~* '^(begin|commit|rollback|set|show)' and query !~ 'pg_stat_statements'`,
    );
    return Number(rows[0]?.calls);
  });
}
