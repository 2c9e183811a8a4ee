import type { Tx } from "../../db/client.ts";
import { newUuid } from "../../values/ids.ts";
import { Ids } from "../../record/terms/ids.ts";
import type { Dossier } from "./read-dossier.ts";

/** The ids of all that a dossier gives or refers to: those that the record has, and new ones for what is to be entered. */
export async function allotIds(tx: Tx, dossier: Dossier): Promise<Ids> {
  const own = {
    document: dossier.documents,
    place: dossier.places,
    actor: dossier.actors,
    position: dossier.positions,
    programme: dossier.programmes,
    record: dossier.assertions,
  };
  const where = (noun: keyof typeof own) => {
    const referred = dossier.references.filter((reference) => reference.noun === noun);
    return { key: { in: [...new Set([...own[noun], ...referred].map(({ key }) => key))] } };
  };
  const select = { id: true, key: true };
  const held = {
    document: await tx.document.findMany({ where: where("document"), select }),
    place: await tx.place.findMany({ where: where("place"), select }),
    actor: await tx.actor.findMany({ where: where("actor"), select }),
    position: await tx.position.findMany({ where: where("position"), select }),
    programme: await tx.sanctionsProgramme.findMany({ where: where("programme"), select }),
    record: await tx.record.findMany({ where: { ...where("record"), crisis: { key: dossier.crisis.key } }, select }),
  };
  const ids = new Ids();
  for (const noun of Object.keys(own) as (keyof typeof own)[]) {
    for (const { key, id } of held[noun]) ids.set(noun, key, id);
    for (const { key } of own[noun]) if (!ids.has(noun, key)) ids.set(noun, key, newUuid());
  }
  return ids;
}
