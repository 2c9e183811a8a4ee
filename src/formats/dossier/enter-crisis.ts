import { newUuid } from "../../values/ids.ts";
import { crisisColumns, enterCrises, enterCrisisStates } from "../../record/crisis.ts";
import { refuseDifferences } from "./differences.ts";
import type { Entering } from "./entering.ts";

/** Enters the crisis of a dossier, or adds states to the one that the record holds. Answers its id. */
export async function enterCrisis(entering: Entering): Promise<string> {
  const { tx, set, dossier, ids, added } = entering;
  const { crisis } = dossier;
  const held = await tx.crisis.findUnique({ where: { key: crisis.key }, include: { states: true } });
  const id = held?.id ?? newUuid();
  const columns = { id, ...crisis };
  if (!held) {
    enterCrises(tx, set, [columns]);
    added.crises += 1;
  } else if (refuseDifferences(entering, { noun: "crisis", ...crisis }, held, crisisColumns(columns))) {
    entering.unchanged += 1;
  }
  const known = new Set(held?.states.map(({ stateId }) => stateId));
  const states = crisis.states.map((key) => ids.of("actor", key)).filter((stateId) => !known.has(stateId));
  enterCrisisStates(
    tx,
    set,
    states.map((stateId) => ({ crisisId: id, stateId })),
  );
  return id;
}
