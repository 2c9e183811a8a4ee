import { builder } from "./builder.ts";

/** What can be found by its words, the model of a thing or "fact", and what it is. */
const found = {
  PERSON: ["Actor", "A person, by any name."],
  ORGANIZATION: ["Actor", "An organization, by any name."],
  STATE: ["Actor", "A state, by any name."],
  BLOC: ["Actor", "A bloc, by any name."],
  COLLECTIVE: ["Actor", "A collective, by any name."],
  POSITION: ["Position", "An office, by its title."],
  PLACE: ["Place", "A place, by its name."],
  SANCTIONS_PROGRAMME: ["SanctionsProgramme", "A sanctions programme, by its title."],
  CRISIS: ["Crisis", "A crisis, by its title."],
  DOCUMENT: ["Document", "A document, by its title."],
  PASSAGE: ["Passage", "A passage, by its words."],
  EVENT: ["fact", "An event, by its title."],
  UTTERANCE: ["fact", "An utterance, by its words or by what it came to."],
  CLAIM: ["fact", "A claim, by its proposition."],
} as const;

/** Every sort that can be found. */
export const searchTypes = Object.keys(found);

/** How a sort that was found is loaded: the model of a thing, or "fact" for a version of a record. */
export function sourceOf(type: string): string {
  return found[type as keyof typeof found][0];
}

export const SearchType = builder.enumType("SearchType", {
  description: "What can be found by its words.",
  values: Object.fromEntries(Object.entries(found).map(([type, [, description]]) => [type, { description }])),
});

export const SearchPart = builder.enumType("SearchPart", {
  description: "Which of its texts something was found by.",
  values: {
    NAME: { description: "A name of it." },
    TITLE: { description: "Its title." },
    EXACT: { description: "The very words: those of a passage, or those that were spoken." },
    PARAPHRASE: { description: "What an utterance came to, in other words." },
    PROPOSITION: { description: "What a claim says." },
  },
});
