import { entriesOfPage, type Cost } from "../limit/count.ts";
import { selectCandidates, type Candidate, type NameToMatch } from "../db/sql/match.ts";
import { Actor } from "./actor.ts";
import { builder } from "./builder.ts";
import { viewOf } from "./context.ts";
import { entry } from "./entry.ts";
import { loadThing } from "./load.ts";
import { enumOf } from "./meaning.ts";
import { badInput } from "./refusal.ts";
import type { Shown } from "./row.ts";
import { readWords } from "./search.ts";

const mostNames = 20;
const mostCandidates = 20;
const mostIdentifiers = 10;

const MatchReason = builder.enumType("MatchReason", {
  description: "What speaks for or against an actor being the one that a name means.",
  values: {
    SAME_IDENTIFIER: { description: "It has one of the identifiers given." },
    OTHER_IDENTIFIER: { description: "In a register given it goes by another identifier. This halves the score." },
    SAME_NAME: { description: "It has this very name, but for case, accents and punctuation." },
    SAME_WORDS: { description: "It has a name of the same words in another order." },
    PART_OF_NAME: { description: "All words of the shorter of the two names stand in the longer." },
    SHARED_WORDS: { description: "Some words of the two names are the same." },
    SIMILAR_SPELLING: {
      description: "Some of these words are spelt a little otherwise, begun only, or of another script.",
    },
  },
});

const IdentifierInput = builder.inputType("KnownIdentifier", {
  description: "A name in somebody's register.",
  fields: (t) => ({
    scheme: t.string({ required: true, description: "The register, in lower case: wikidata, ofac, iso." }),
    value: t.string({ required: true, description: "The name in that register, letter for letter." }),
  }),
});

const MatchInput = builder.inputType("MatchInput", {
  description: "A name to find an actor for, and what else is known of who is meant.",
  fields: (t) => ({
    name: t.string({ required: true, description: "The name as it was met with; 200 characters at most." }),
    kind: t.field({ type: enumOf("ActorKind"), description: "What the actor is; left out, anything." }),
    identifiers: t.field({
      type: [IdentifierInput],
      description: `Its names in registers; ${mostIdentifiers} at most.`,
    }),
  }),
});

interface Weighed extends Candidate {
  readonly actor: Shown;
}

const MatchCandidate = builder.objectRef<Weighed>("MatchCandidate").implement({
  description: "An actor that a name may mean.",
  fields: (t) => ({
    actor: t.field({ type: Actor, description: "The actor.", resolve: ({ actor }) => actor }),
    matched: t.exposeString("matched", {
      nullable: true,
      description: "The name of it that came nearest; null where only an identifier speaks for it.",
    }),
    score: t.float({
      description:
        "How near it is, from 0 to 1: 1 for an identifier or the very name. A measure of names, not a likelihood; a judgement is for a person to make.",
      resolve: ({ score }) => score / 1000,
    }),
    reasons: t.field({
      type: [MatchReason],
      description: "What speaks for and against it.",
      resolve: ({ reasons }) => reasons as never,
    }),
  }),
});

const MatchAnswer = builder.objectRef<{ name: string; candidates: Weighed[] }>("MatchAnswer").implement({
  description: "Whom a name may mean.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "The name asked about." }),
    candidates: t.field({
      type: [MatchCandidate],
      description:
        "The actors that it may mean, the nearest first; none where no name on record shares a word with it.",
      extensions: entriesOfPage,
      resolve: ({ candidates }) => candidates,
    }),
  }),
});

/** The arguments of `match`, as they are given. */
export interface MatchArgs {
  readonly names: readonly (typeof MatchInput.$inferInput)[];
  readonly first: number;
}

/** Reads the arguments of `match`. Throws bad input for what cannot be meant. */
export function askMatch({ names, first }: MatchArgs): { names: NameToMatch[]; first: number } {
  if (names.length > mostNames) throw badInput(`match was given ${names.length} names; it takes ${mostNames} at most.`);
  if (first < 1 || first > mostCandidates) throw badInput(`first is ${first}; it may be 1 to ${mostCandidates}.`);
  return { names: names.map(readName), first };
}

function readName({ name, kind, identifiers }: typeof MatchInput.$inferInput, index: number): NameToMatch {
  const given = identifiers ?? [];
  if (given.length > mostIdentifiers)
    throw badInput(`names[${index}] has ${given.length} identifiers; it may have ${mostIdentifiers} at most.`);
  return {
    name: readWords(name, `names[${index}].name`),
    kind: kind ?? null,
    identifiers: given,
  };
}

entry("match", (t) =>
  t.field({
    type: [MatchAnswer],
    description:
      "The actors that each of these names may mean, for linking other data to the record: one answer a name, in their order.",
    args: {
      names: t.arg({
        type: [MatchInput],
        required: true,
        description: `The names, with what else is known of each; ${mostNames} at most.`,
      }),
      first: t.arg.int({
        required: true,
        defaultValue: 5,
        description: `How many candidates for each, 1 to ${mostCandidates}.`,
      }),
    },
    extensions: { computed: "match", cost: { per: ["names", 50], times: { argument: "names" } } satisfies Cost },
    resolve: async (_root, args, context, info) => {
      const { names: asked, first } = askMatch(args);
      const { changeSet } = viewOf(context, info);
      const found = await selectCandidates(context.db.pool, asked, { changeSet, limit: first });
      return Promise.all(
        found.map(async (candidates, i) => ({
          name: asked[i]?.name ?? "",
          candidates: (
            await Promise.all(
              candidates.map(async (each) => ({ ...each, actor: await loadThing(context, info, "Actor", each.id) })),
            )
          ).filter((each): each is Weighed => each.actor !== null),
        })),
      );
    },
  }),
);
