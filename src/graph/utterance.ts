import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byEnum, byId, byWords } from "./filter.ts";
import { enumOf } from "./meaning.ts";
import { entryById } from "./thing.ts";

export const Utterance: ReturnType<typeof factType> = factType("Utterance", (t) => ({
  speaker: link(t, "Utterance", "speaker", Actor),
  onBehalfOf: link(t, "Utterance", "onBehalfOf", Actor),
  via: link(t, "Utterance", "via", Actor),
  exact: column(t, "Utterance", "exact"),
  paraphrase: column(t, "Utterance", "paraphrase"),
  language: column(t, "Utterance", "language"),
  translationOf: link(t, "Utterance", "translationOf", Utterance),
  channel: column(t, "Utterance", "channel"),
  audience: link(t, "Utterance", "audience", Actor),
  acts: column(t, "Utterance", "acts"),
  verbatim: column(t, "Utterance", "verbatim"),
}));

const utterances = factList("Utterance", {
  type: Utterance,
  description: "What was said, by whom, on what channel. `valid.start` is when it was said.",
  filter: {
    speaker: byId("speakerId", actorTypes, "Said by this speaker."),
    onBehalfOf: byId("onBehalfOfId", actorTypes, "Said for this actor."),
    audience: byId("audienceId", actorTypes, "Meant for this audience."),
    words: byWords(["exact", "paraphrase"], "With these words in what was said, or in its substance."),
    channel: byEnum("Channel", "channel", "By how the words reached the public."),
    act: {
      type: enumOf("SpeechAct"),
      description: "With this among the acts done by saying it.",
      where: (act) => ({ acts: { has: act } }),
    },
  },
});

entryById("utterance", "Utterance", Utterance);
entry("utterances", (t) => connection(t, utterances));

const spoken = below(utterances, "What it said.", { speakerId: new ParentKey() });
builder.interfaceField(Actor, "utterances", (t) => connection(t, spoken));
