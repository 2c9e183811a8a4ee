import type { Tx } from "../db/client.ts";
import type { ChangeSet } from "./entry.ts";

/** How many lines of the file with this hash the record holds, from the first; 0 for a file that it does not know. */
export async function bulkLines(tx: Pick<Tx, "bulkImport">, sha256: string): Promise<number> {
  const last = await tx.bulkImport.findFirst({
    where: { sha256 },
    orderBy: { lines: "desc" },
    select: { lines: true },
  });
  return last?.lines ?? 0;
}

/** Notes how far a file was entered, in the change set that does it. */
export function noteBulk(tx: Tx, set: ChangeSet, { sha256, lines }: { sha256: string; lines: number }): void {
  const row = { sha256, lines, changeSetNumber: set.number };
  set.enter("bulk_import", [row], (data) => tx.bulkImport.createMany({ data }));
}
