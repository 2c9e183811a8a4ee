import { enterPositions, positionColumns, type NewPosition } from "../../record/position.ts";
import { refuseDifferences } from "./differences.ts";
import type { Entering } from "./entering.ts";

/** Enters the offices of a dossier that the record does not hold. */
export async function enterDossierPositions(entering: Entering): Promise<void> {
  const { tx, set, dossier, ids, added } = entering;
  const { positions } = dossier;
  const rows = await tx.position.findMany({ where: { key: { in: positions.map(({ key }) => key) } } });
  const held = new Map(rows.map((row) => [row.key, row]));
  const fresh: NewPosition[] = [];
  for (const { spot, state, organization, ...said } of positions) {
    const [stateId, organizationId] = [ids.maybe("actor", state), ids.maybe("actor", organization)];
    const position = { ...said, id: ids.of("position", said.key), stateId, organizationId };
    const old = held.get(said.key);
    if (!old) fresh.push(position);
    else if (refuseDifferences(entering, { noun: "position", key: said.key, spot }, old, positionColumns(position))) {
      entering.unchanged += 1;
    }
  }
  enterPositions(tx, set, fresh);
  added.positions += fresh.length;
}
