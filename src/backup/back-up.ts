import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { withSession } from "../db/connect.ts";
import { readHead, readMigrationsOf } from "../db/sql/catalogue.ts";
import { beginSnapshot, dumpTable } from "../db/sql/dump.ts";
import { Refusal } from "../errors.ts";
import { syncFolder, syncParent, writeLines, writeText, type Written } from "./file.ts";
import { fileOf, format, manifestName, type Manifest } from "./manifest.ts";
import { keptTables } from "./table.ts";

/**
 * Writes everything that the database at `url` holds at one moment into a new folder, while it is served: a file of JSON
 * lines for each table, and a manifest with what would tell that one is not whole. The folder appears when all of it is
 * on the disk. What is read is not held in memory.
 * @throws Refusal BACKUP_REFUSED when there is something at `folder` already, DB_UNAVAILABLE as `withSession` does
 */
export async function backUp(url: string, folder: string, chancery: string): Promise<Manifest> {
  refuseExisting(folder);
  const draft = `${folder}.partial-${process.pid}`;
  await mkdir(draft, { mode: 0o700 }).catch((cause: unknown) => {
    throw new Refusal("BACKUP_REFUSED", `${draft} cannot be made: ${(cause as Error).message}.`, {}, cause);
  });
  try {
    const manifest = await writeTables(url, draft, chancery);
    await writeText(join(draft, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
    await syncFolder(draft);
    refuseExisting(folder);
    await rename(draft, folder);
    await syncParent(folder);
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

function refuseExisting(folder: string): void {
  if (!existsSync(folder)) return;
  throw new Refusal("BACKUP_REFUSED", `There is something at ${folder} already; name a folder that is not there yet.`);
}

async function writeTables(url: string, draft: string, chancery: string): Promise<Manifest> {
  return withSession(url, async (session) => {
    await beginSnapshot(session);
    const madeAt = new Date().toISOString();
    const [migrations, head] = [await readMigrationsOf(session), await readHead(session)];
    const tables: (Written & { name: string })[] = [];
    for (const table of await keptTables(session)) {
      const lines = dumpTable(session, table);
      const written = await writeLines(fileOf(draft, table.name), lines);
      if (written.rows !== lines.rowCount) {
        throw new Error(`${lines.rowCount} rows of ${table.name} came as ${written.rows} lines.`);
      }
      tables.push({ name: table.name, ...written });
    }
    await session.query("commit");
    return { format, chancery, madeAt, migrations, head, tables };
  });
}
