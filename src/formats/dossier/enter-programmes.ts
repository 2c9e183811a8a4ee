import {
  enterSanctionsProgrammes,
  programmeColumns,
  type NewSanctionsProgramme,
} from "../../record/sanctions-programme.ts";
import { refuseDifferences } from "./differences.ts";
import type { Entering } from "./entering.ts";

/** Enters the sanctions programmes of a dossier that the record does not hold. */
export async function enterDossierProgrammes(entering: Entering): Promise<void> {
  const { tx, set, dossier, ids, added } = entering;
  const { programmes } = dossier;
  const where = { key: { in: programmes.map(({ key }) => key) } };
  const held = new Map((await tx.sanctionsProgramme.findMany({ where })).map((row) => [row.key, row]));
  const fresh: NewSanctionsProgramme[] = [];
  for (const { spot, issuer, ...said } of programmes) {
    const given = { ...said, id: ids.of("programme", said.key), issuerId: ids.of("actor", issuer) };
    const old = held.get(said.key);
    const subject = { noun: "sanctions programme", key: said.key, spot };
    if (!old) fresh.push(given);
    else if (refuseDifferences(entering, subject, old, programmeColumns(given))) entering.unchanged += 1;
  }
  enterSanctionsProgrammes(tx, set, fresh);
  added.programmes += fresh.length;
}
