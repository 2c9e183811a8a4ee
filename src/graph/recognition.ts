import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byEnum, byId } from "./filter.ts";
import { Occupancy } from "./occupancy.ts";
import { Position } from "./position.ts";
import { entryById } from "./thing.ts";

export const Recognition = factType("Recognition", (t) => ({
  recogniser: link(t, "Recognition", "recogniser", Actor),
  claimant: link(t, "Recognition", "claimant", Actor),
  position: link(t, "Recognition", "position", Position),
  stance: column(t, "Recognition", "stance"),
  form: column(t, "Recognition", "form"),
  onBehalfOf: link(t, "Recognition", "onBehalfOf", Actor),
  conditions: column(t, "Recognition", "conditions"),
}));

/** The list of recognitions, for others to hang below what they know. */
export const recognitions = factList("Recognition", {
  type: Recognition,
  description: "Who recognises whom in which office, and how.",
  filter: {
    recogniser: byId("recogniserId", actorTypes, "By this actor."),
    claimant: byId("claimantId", actorTypes, "About this claimant."),
    position: byId("positionId", ["Position"], "About this office."),
    onBehalfOf: byId("onBehalfOfId", actorTypes, "Made for this bloc."),
    stance: byEnum("RecognitionStance", "stance", "By where the recogniser stands."),
    form: byEnum("RecognitionForm", "form", "By the form it was given."),
  },
});

entryById("recognition", "Recognition", Recognition);
entry("recognitions", (t) => connection(t, recognitions));

const ofOffice = below(recognitions, "Who recognises whom in the office.", { positionId: new ParentKey() });
builder.objectField(Position, "recognitions", (t) => connection(t, ofOffice));

const given = below(recognitions, "Whom it recognises, and in what office.", { recogniserId: new ParentKey() });
builder.interfaceField(Actor, "recognitionsGiven", (t) => connection(t, given));

const received = below(recognitions, "Who recognises it, and in what office.", { claimantId: new ParentKey() });
builder.interfaceField(Actor, "recognitionsReceived", (t) => connection(t, received));

const ofClaim = below(
  recognitions,
  "Where others stand towards this holder or claimant, in this office.",
  { positionId: new ParentKey(0), claimantId: new ParentKey(1) },
  ["positionId", "holderId"],
);
builder.objectField(Occupancy, "recognitions", (t) => connection(t, ofClaim));
