import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type pg from "pg";
import { withSession } from "../db/connect.ts";
import { filledTables, readHead, readMigrationsOf, type Table } from "../db/sql/catalogue.ts";
import { advanceSequences, beginLoad, checkIndexes, loadRows } from "../db/sql/load.ts";
import { findFaults } from "../record/verify.ts";
import { Refusal } from "../errors.ts";
import { fileOf, type Manifest } from "./manifest.ts";
import { keptTables } from "./table.ts";

/** How much is entered by one statement, in rows and in characters. */
const batch = { rows: 500, characters: 2_000_000 };

/** What restoring found. */
export interface Restored {
  readonly rows: number;
  /** Whether PostgreSQL could look through every index. */
  readonly indexesChecked: boolean;
}

/**
 * Enters a backup, which `readBackup` found whole, into the database at `url`: one that has had the migrations of the
 * backup, and holds nothing. All of it is entered or nothing, and only if it is proved by its seals.
 * @throws Refusal BACKUP_REFUSED otherwise
 */
export async function restore(url: string, folder: string, manifest: Manifest): Promise<Restored> {
  return withSession(url, async (session) => {
    expectMigrations(manifest, await readMigrationsOf(session));
    const putBack = await beginLoad(session);
    const tables = new Map((await keptTables(session)).map((table) => [table.name, table]));
    const filled = await filledTables(session, [...tables.keys()]);
    if (filled.length > 0) {
      throw refuse(`The database holds something already (${filled.join(", ")}); restore into a new and empty one`);
    }
    expectTables(manifest, tables);
    let rows = 0;
    for (const { name, rows: expected } of manifest.tables) {
      const table = tables.get(name) as Table;
      const loaded = await loadFile(session, table, fileOf(folder, name));
      if (loaded !== expected) throw refuse(`${loaded} of the ${expected} rows of ${name} were entered`);
      rows += loaded;
    }
    await advanceSequences(session);
    await tellRefused("The rows of the backup do not go together", putBack);
    await expectChain(session, manifest, tables);
    const indexesChecked = await checkIndexes(session);
    await session.query("commit");
    return { rows, indexesChecked };
  });
}

function expectMigrations({ migrations }: Manifest, had: Manifest["migrations"]): void {
  const names = new Set(migrations.map(({ name }) => name));
  const more = had.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  if (more.length === 0) return;
  throw refuse(`The database is newer than the backup (${more.join(", ")}); restore into a new and empty one`);
}

/** Every table that the database has with these migrations, and no other. */
function expectTables(manifest: Manifest, tables: ReadonlyMap<string, Table>): void {
  const named = new Set(manifest.tables.map(({ name }) => name));
  const unknown = [...named].filter((name) => !tables.has(name));
  if (unknown.length > 0) throw refuse(`The backup has a table ${unknown.join(", ")}, which the database has not`);
  const lacking = [...tables.keys()].filter((name) => !named.has(name));
  if (lacking.length > 0) throw refuse(`The backup lacks ${lacking.join(", ")}; its manifest is to name every table`);
}

/** Says of rows that PostgreSQL will not take which these are, beside its own words. */
async function tellRefused<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // Classes 22 and 23 of SQLSTATE: what the rows say, and how they go together.
    if (!/^2[23]/.test(String((error as { code?: unknown }).code))) throw error;
    throw new Refusal("BACKUP_REFUSED", `${what}: ${(error as Error).message}. Nothing was changed.`, {}, error);
  }
}

async function loadFile(session: pg.Client, table: Table, path: string): Promise<number> {
  const lines = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity });
  let [waiting, characters, loaded]: [string[], number, number] = [[], 0, 0];
  const flush = async () => {
    if (waiting.length === 0) return;
    const what = `${table.name}.ndjson, lines ${loaded + 1} to ${loaded + waiting.length}`;
    loaded += await tellRefused(what, () => loadRows(session, table, waiting));
    [waiting, characters] = [[], 0];
  };
  for await (const line of lines) {
    waiting.push(line);
    characters += line.length;
    if (waiting.length >= batch.rows || characters >= batch.characters) await flush();
  }
  await flush();
  return loaded;
}

async function expectChain(session: pg.Client, { head }: Manifest, tables: ReadonlyMap<string, Table>): Promise<void> {
  const found = await readHead(session);
  if (found?.number !== head?.number || found?.hash !== head?.hash) {
    throw refuse(`The newest change set is ${found?.number}, and should be ${head?.number} with hash ${head?.hash}`);
  }
  // Before there were seals, nothing could be proved of rows.
  const faults = tables.has("seal") ? await findFaults(session) : [];
  const [first] = faults;
  if (first) throw refuse(`${first.what}: ${first.table} ${first.key}, and ${faults.length - 1} more like it`);
}

function refuse(reason: string): Refusal {
  return new Refusal("BACKUP_REFUSED", `${reason}. Nothing was changed.`);
}
