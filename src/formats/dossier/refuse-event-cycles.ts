import type { Entering } from "./entering.ts";
import { spotAt } from "./node.ts";
import { refuseCycles } from "./reference.ts";

/** Tells of events of a dossier that, together with what the record holds, would be parts of themselves. */
export async function refuseEventCycles({ tx, dossier, ids }: Entering, crisisId: string): Promise<void> {
  const given = dossier.assertions.flatMap(({ key, event, spot }) => {
    return event
      ? [
          {
            key: ids.of("record", key),
            partOf: ids.maybe("record", event.partOf),
            node: spotAt(spot, "event", "partOf"),
          },
        ]
      : [];
  });
  if (!given.some(({ partOf }) => partOf !== null)) return;
  const held = await tx.event.findMany({
    where: { partOfId: { not: null }, assertion: { crisisId, recordedTo: null, reportedTo: null } },
    select: { partOfId: true, assertion: { select: { recordId: true } } },
  });
  const above = new Map(held.map(({ partOfId, assertion }) => [assertion.recordId, partOfId]));
  refuseCycles(given, dossier.problems, { above, nameOf: (id) => ids.keyOf(id) });
}
