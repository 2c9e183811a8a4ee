import { ParentKey } from "../db/sql/parameters.ts";
import { Actor } from "./actor.ts";
import { Assertion } from "./assertion.ts";
import { builder } from "./builder.ts";
import { connection } from "./connection.ts";
import { Crisis } from "./crisis.ts";
import { entry } from "./entry.ts";
import { factFilter } from "./fact-filter.ts";
import { factOrders } from "./fact-order.ts";
import { byEnum, filterOf } from "./filter.ts";
import { onAssertion, type ListSpec } from "./list.ts";
import { Place } from "./place.ts";
import { Position } from "./position.ts";
import { SanctionsProgramme } from "./sanctions-programme.ts";

/** Which assertions, of whatever kind. */
export const assertionFilter = filterOf("AssertionFilter", "assertions", {
  assertionKind: byEnum("AssertionKind", "kind", "By what it says of the world."),
  ...factFilter(),
});

const timeline: ListSpec = {
  node: "Assertion",
  type: Assertion,
  model: "Assertion",
  description: "Everything asserted, of whatever kind, in order of time.",
  filter: assertionFilter,
  orders: factOrders("id"),
};

entry("timeline", (t) => connection(t, timeline));
builder.objectField(Crisis, "timeline", (t) =>
  connection(t, { ...timeline, where: { crisisId: new ParentKey() }, parent: ["id"] }),
);

/** The database keeps what each version concerns, so that these are read in order off an index. */
function timelineOf(description: string): ListSpec {
  return {
    ...timeline,
    model: "Concern",
    description,
    filter: {
      ...assertionFilter,
      where: (value, view) => onAssertion("Concern", assertionFilter.where(value, view)),
    },
    orders: factOrders("versionId"),
    where: { thingId: new ParentKey() },
    parent: ["id"],
  };
}

const ofActor = timelineOf(
  "Everything asserted that concerns it, of whatever kind, in order of time: what names it, what it took part in, and what is attributed to it.",
);
builder.interfaceField(Actor, "timeline", (t) => connection(t, ofActor));

const ofPosition = timelineOf("Everything asserted that names the office, of whatever kind, in order of time.");
builder.objectField(Position, "timeline", (t) => connection(t, ofPosition));

const ofPlace = timelineOf(
  "Everything asserted to have taken place here, in order of time; what took place in a part of it stands with that part.",
);
builder.objectField(Place, "timeline", (t) => connection(t, ofPlace));

const ofProgramme = timelineOf("Everything asserted that names the programme, of whatever kind, in order of time.");
builder.objectField(SanctionsProgramme, "timeline", (t) => connection(t, ofProgramme));
