import type { Db } from "../db/client.ts";
import { Refusal } from "../errors.ts";
import { importBulk } from "../formats/bulk/import-bulk.ts";
import { unfitness } from "../graph/write/unfitness.ts";

/** Whether a file holds operations, one a line, rather than a dossier. */
export function isBulk(path: string): boolean {
  return path.endsWith(".ndjson");
}

/**
 * Enters the operations in the file at `path` and says how it goes.
 * @throws Refusal BULK_REFUSED beginning with the path
 */
export async function enterBulkFile(
  db: Db,
  path: string,
  { author, say }: { readonly author: string; readonly say: (line: string) => void },
): Promise<void> {
  say(`Importing ${path}`);
  try {
    const { lines, held, changeSets } = await importBulk(db, path, { author, say, unfitness });
    if (held === lines) say("  The record holds all of it already; nothing has changed.");
    else say(`  Entered lines ${held + 1} to ${lines} in ${changeSets} change sets.`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, `${path}: ${error.message}`, error.details, error);
  }
}
