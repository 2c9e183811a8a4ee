import type { Where } from "../db/sql/where.ts";
import { restingOnOneSource, restingOnParty, restingOnUnnamed } from "../db/sql/source.ts";
import { documentsBehind, knownIn, type View } from "../record/view.ts";
import { byDay, byEnum, byId, byIdWhere, byInstant, byKey, byTruth, type FilterField } from "./filter.ts";

/** Whose word an assertion rests on. */
const voices =
  "those whose word it rests on, namely each step of its attribution, the speaker of an utterance, the claimant of a claim, the teller of an account, who asserts an occupancy, who counts a tally and who makes an assessment";

/** The fields by which assertions of every kind can be filtered; `wrap` leads from a row to its assertion. */
export function factFilter(wrap: (assertion: Where) => Where = (w) => w): Record<string, FilterField> {
  const on = (field: FilterField): FilterField => ({
    ...field,
    where: (operands, view) => wrap(field.where(operands, view)),
  });
  const start = byDay("startEarliest", "By the earliest day it may have begun; one without a beginning never holds.");
  const key = byKey("key", "By its key, which is unique in its crisis.");
  return {
    key: on({ ...key, where: (operands, view) => ({ record: key.where(operands, view) }) }),
    crisis: on(byId("crisisId", ["Crisis"], "Recorded under this crisis.")),
    status: on(byEnum("AssertionStatus", "status", "By how the record stands to it.")),
    // What has a beginning stands in its order on that day, so that the days before are not read.
    startsOn: on({ ...start, where: (days, view) => ({ AND: [start.where(days, view), { sortDay: days }] }) }),
    reportedAt: on(byInstant("reportedFrom", "By when a source first made it known.")),
    document: on(byDocument()),
    onOneSource: on(
      byTruth(
        "True: the evidence that supports it comes from one document only. False: from several, or from none. Counted are the documents made known by the view's moment.",
        (view) => ({ HOLDS: restingOnOneSource(documentsBehind(view)) }),
      ),
    ),
    onUnnamedSpeaker: on(
      byTruth(
        `True: somebody without a name is among ${voices}: a collective, or one whom only words describe. False: all of them have names, or there is none.`,
        () => ({ HOLDS: restingOnUnnamed() }),
      ),
    ),
    onParty: on(
      byTruth(
        `True: a party to the dispute is among ${voices}. Parties are those who hold or claim, on whatever days, an office that the view shows as contested, by an occupancy of the same crisis that is no mere nomination; and the organizations and collectives of the states that the crisis concerns. False: none is.`,
        (view) => ({ HOLDS: restingOnParty(knownIn(view)) }),
      ),
    ),
  };
}

/** A filter on a document that evidence is taken from, as far as the view shows that document. */
function byDocument(): FilterField {
  const resting = (view: View) => (link: Where) => ({
    evidence: { some: { passage: { capture: { AND: [link, { document: documentsBehind(view) }] } } } },
  });
  const description = "Resting on a passage of this document, as far as it had been made known by the view's moment.";
  const plain = byId("documentId", ["Document"], description);
  return {
    ...plain,
    where: (operands, view) => byIdWhere("documentId", ["Document"], resting(view))(operands),
  };
}
