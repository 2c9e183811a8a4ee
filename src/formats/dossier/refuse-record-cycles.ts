import type { Entering } from "./entering.ts";
import { spotAt } from "../../record/terms/node.ts";
import { statesOf } from "../../record/terms/read-assertion.ts";
import { FOLLOWING, refuseCycles } from "../../record/terms/reference.ts";

/**
 * Tells of events of a dossier that, together with what the record holds, would be parts of themselves, and of
 * commitments whose "otherwise" leads back to them, by any of the reports that the record holds.
 */
export async function refuseRecordCycles(entering: Entering, crisisId: string): Promise<void> {
  const { tx, dossier, ids } = entering;
  const where = { assertion: { crisisId, recordedTo: null } };
  const assertion = { select: { recordId: true } } as const;
  const nameOf = (id: string) => ids.keyOf(id);
  const parts = linksOf(entering, "event", "partOf");
  if (parts.some(({ partOf }) => partOf !== null)) {
    const held = await tx.event.findMany({
      where: { partOfId: { not: null }, ...where },
      select: { partOfId: true, assertion },
    });
    const above = heldAbove(
      parts,
      held.map((row) => [row.assertion.recordId, row.partOfId] as const),
    );
    refuseCycles(parts, dossier.problems, { above, nameOf });
  }
  const followers = linksOf(entering, "commitment", "otherwise");
  if (followers.some(({ partOf }) => partOf !== null)) {
    const held = await tx.commitment.findMany({
      where: { otherwiseId: { not: null }, ...where },
      select: { otherwiseId: true, assertion },
    });
    const above = heldAbove(
      followers,
      held.map((row) => [row.assertion.recordId, row.otherwiseId] as const),
    );
    refuseCycles(followers, dossier.problems, { above, nameOf, words: FOLLOWING });
  }
}

/** The links that the record holds of what the dossier does not tell anew. */
function heldAbove(told: readonly { key: string }[], held: readonly (readonly [string, string | null])[]) {
  const keys = new Set(told.map(({ key }) => key));
  return held.filter(([key]) => !keys.has(key));
}

function linksOf({ dossier, ids }: Entering, detail: "event" | "commitment", field: "partOf" | "otherwise") {
  return dossier.assertions.flatMap((entry) =>
    statesOf(entry).flatMap((state) => {
      const link = detail === "event" ? state.event?.partOf : state.commitment?.otherwise;
      if (link === undefined) return [];
      const node = spotAt(state.spot, detail, field);
      return [{ key: ids.of("record", entry.key), partOf: ids.maybe("record", link), node }];
    }),
  );
}
