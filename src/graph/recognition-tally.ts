import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byId } from "./filter.ts";
import { Position } from "./position.ts";
import { entryById } from "./thing.ts";

export const RecognitionTally = factType("RecognitionTally", (t) => ({
  claimant: link(t, "RecognitionTally", "claimant", Actor),
  position: link(t, "RecognitionTally", "position", Position),
  comparator: column(t, "RecognitionTally", "comparator"),
  value: column(t, "RecognitionTally", "value"),
  scope: column(t, "RecognitionTally", "scope"),
  among: link(t, "RecognitionTally", "among", Actor),
  countedBy: link(t, "RecognitionTally", "countedBy", Actor),
}));

const recognitionTallies = factList("RecognitionTally", {
  type: RecognitionTally,
  description: "How many recognise a claimant, as somebody counts.",
  filter: {
    claimant: byId("claimantId", actorTypes, "Of this claimant."),
    position: byId("positionId", ["Position"], "In this office."),
    among: byId("amongId", actorTypes, "Among the members of this bloc."),
  },
});

entryById("recognitionTally", "RecognitionTally", RecognitionTally);
entry("recognitionTallies", (t) => connection(t, recognitionTallies));

const recognitionTalliesOfPosition = below(recognitionTallies, "How many are said to recognise whom in it.", {
  positionId: new ParentKey(),
});
builder.objectField(Position, "recognitionTallies", (t) => connection(t, recognitionTalliesOfPosition));
