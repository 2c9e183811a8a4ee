import type { Tx } from "../db/client.ts";
import type { ChangeSet } from "./entry.ts";

/** Notes which dossier a change set entered. One that was entered before, and is again, is noted once. */
export function noteDossier(
  tx: Tx,
  set: ChangeSet,
  { sha256, crisisKey }: { sha256: string; crisisKey: string },
): void {
  const row = { sha256, crisisKey, changeSetNumber: set.number, at: set.at };
  set.enter("dossier_import", [row], (data) => tx.dossierImport.createMany({ data, skipDuplicates: true }));
}
