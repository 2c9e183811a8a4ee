import type { Entering } from "./entering.ts";
import { spotAt } from "./node.ts";
import { statesOf } from "./read-assertion.ts";
import { FOLLOWING, refuseCycles } from "./reference.ts";

/**
 * Tells of events of a dossier that, together with what the record holds, would be parts of themselves, and of
 * commitments whose "otherwise" leads back to them. Looked at is how each stands by its latest report.
 */
export async function refuseRecordCycles(entering: Entering, crisisId: string): Promise<void> {
  const { tx, dossier, ids } = entering;
  const where = { assertion: { crisisId, recordedTo: null, reportedTo: null } };
  const assertion = { select: { recordId: true } } as const;
  const nameOf = (id: string) => ids.keyOf(id);
  const parts = linksOf(entering, "event", "partOf");
  if (parts.some(({ partOf }) => partOf !== null)) {
    const held = await tx.event.findMany({
      where: { partOfId: { not: null }, ...where },
      select: { partOfId: true, assertion },
    });
    const above = new Map(held.map((row) => [row.assertion.recordId, row.partOfId]));
    refuseCycles(parts, dossier.problems, { above, nameOf });
  }
  const followers = linksOf(entering, "commitment", "otherwise");
  if (followers.some(({ partOf }) => partOf !== null)) {
    const held = await tx.commitment.findMany({
      where: { otherwiseId: { not: null }, ...where },
      select: { otherwiseId: true, assertion },
    });
    const above = new Map(held.map((row) => [row.assertion.recordId, row.otherwiseId]));
    refuseCycles(followers, dossier.problems, { above, nameOf, words: FOLLOWING });
  }
}

function linksOf({ dossier, ids }: Entering, detail: "event" | "commitment", field: "partOf" | "otherwise") {
  return dossier.assertions.flatMap((entry) => {
    const state = statesOf(entry).at(-1) ?? entry;
    const link = detail === "event" ? state.event?.partOf : state.commitment?.otherwise;
    if (link === undefined) return [];
    return [
      {
        key: ids.of("record", entry.key),
        partOf: ids.maybe("record", link),
        node: spotAt(state.spot, detail, field),
      },
    ];
  });
}
