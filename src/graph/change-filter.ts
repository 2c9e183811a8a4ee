import type { GraphQLResolveInfo } from "graphql";
import { enumMeaning } from "../db/meaning.ts";
import type { AskedFilter, ChangeFilter, Keyed } from "../db/sql/change.ts";
import { builder } from "./builder.ts";
import type { GraphContext } from "./context.ts";
import { byEnum, byId } from "./filter.ts";
import { loadThingBy } from "./load.ts";
import { meaning } from "./meaning.ts";
import { uuidOf } from "./node.ts";
import { badInput } from "./refusal.ts";
import { typeOfKind } from "../values/kind-name.ts";

const actors = enumMeaning("ActorKind").values;
const facts = enumMeaning("AssertionKind").values;
const things = ["Crisis", "Position", "Place", "Document", "SanctionsProgramme"];

/** The model of things of a kind; null for a kind of assertion. */
export function modelOfKind(kind: string): string | null {
  if (kind in facts) return null;
  return kind in actors ? "Actor" : typeOfKind(kind);
}

const kindMeanings: Record<string, string> = {
  ...Object.fromEntries(
    [...Object.entries(actors), ...Object.entries(facts)].map(([kind, text]) => [kind, text ?? ""]),
  ),
  ...Object.fromEntries(
    things.map((model) => [model.replaceAll(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toUpperCase(), meaning(model)]),
  ),
};
/** The kinds of all that is changed. */
export const changedKinds = Object.keys(kindMeanings);
const changes = Object.keys(enumMeaning("ChangeKind").values);

export const ChangedKind = builder.enumType("ChangedKind", {
  description: "The kind of what a change happened to: of a fact or of a thing.",
  values: Object.fromEntries(Object.entries(kindMeanings).map(([kind, description]) => [kind, { description }])),
});

const ChangedKindFilter = builder.inputType("ChangedKindFilter", {
  description: "A condition on the kind of what a change happened to.",
  fields: (t) => ({
    eq: t.field({ type: ChangedKind, description: "This kind." }),
    in: t.field({ type: [ChangedKind], description: "One of these; an empty list matches nothing." }),
    not: t.field({ type: ChangedKind, description: "Any kind but this." }),
  }),
});

const concerned = [...Object.keys(actors).map(typeOfKind), "Position", "Place", "SanctionsProgramme"];

/** The conditions of the filter: those on values, and those on what is named by its id or, for some, its key. */
const links: Readonly<Record<string, { types: readonly string[]; keyed: string; description: string }>> = {
  crisis: {
    types: ["Crisis"],
    keyed: "Crisis",
    description: "Of this crisis: of its facts, and of what is said of itself.",
  },
  concerns: {
    types: concerned,
    keyed: "Actor",
    description:
      "Concerning this actor, office, place or sanctions programme: of itself, and of facts that name it, that it takes part in, or that are attributed to it. A key is that of an actor.",
  },
  document: {
    types: ["Document"],
    keyed: "Document",
    description: "Of this document, and of facts whose evidence stands in it.",
  },
};

export const ChangeFilterInput = builder.inputType("ChangeFilter", {
  description: "Which changes to tell of. All of its fields are to hold; left empty, it holds for every one.",
  fields: (t) => ({
    change: t.field({
      type: byEnum("ChangeKind", "change", "").type as never,
      description: "By what happened.",
    }),
    kind: t.field({ type: ChangedKindFilter, description: "By the kind of what it happened to." }),
    ...Object.fromEntries(
      Object.entries(links).map(([name, { types, description }]) => [
        name,
        t.field({ type: byId("", types, "").type as never, description }),
      ]),
    ),
  }),
});

type Operands = Readonly<Record<string, unknown>>;

const most = 100;

/** The values that the operators `eq`, `in` and `not` leave of all there are, or of those that are given. */
function valuesOf({ eq, in: list, not }: Operands, all: readonly string[]): readonly string[] {
  return all.filter(
    (value) =>
      (eq === undefined || eq === value) &&
      (list === undefined || (list as string[]).includes(value)) &&
      (not === undefined || not !== value),
  );
}

/** What an operand on a link names: what all of its operators do. */
function namedBy(name: string, { eq, in: list, key }: Operands): readonly string[] | Keyed | undefined {
  const { types, keyed } = links[name] as (typeof links)[string];
  const named: string[][] = [];
  if (eq !== undefined) named.push([uuidOf(eq as string, types)]);
  if (list !== undefined) named.push((list as string[]).map((id) => uuidOf(id, types)));
  const [first, ...others] = named;
  const ids = first?.filter((id) => others.every((each) => each.includes(id)));
  return key === undefined ? ids : { model: keyed, key: key as string, ids };
}

function refuseNulls(value: Operands, path: string): void {
  for (const [name, operand] of Object.entries(value)) {
    if (operand === null) throw badInput(`${path}.${name} is null; leave it out, or say what it should be.`);
    if (Array.isArray(operand) && operand.length > most)
      throw badInput(`${path}.${name} has ${operand.length} entries; it may have ${most} at most.`);
    if (typeof operand === "object" && !Array.isArray(operand)) refuseNulls(operand as Operands, `${path}.${name}`);
  }
}

/** Reads the filter of a request. Throws bad input for what cannot be meant. */
export function askChangeFilter(value: object | null | undefined): AskedFilter {
  const filter = (value ?? {}) as Readonly<Record<string, Operands | undefined>>;
  refuseNulls(filter, "filter");
  const [crises, concerns, documents] = ["crisis", "concerns", "document"].map(
    (name) => filter[name] && namedBy(name, filter[name]),
  );
  const things = [concerns, documents].filter((each) => each !== undefined);
  return {
    ...(filter["change"] ? { changes: valuesOf(filter["change"], changes) } : {}),
    ...(filter["kind"] ? { kinds: valuesOf(filter["kind"], changedKinds) } : {}),
    ...(crises ? { crises } : {}),
    ...(things.length > 0 ? { concerns: things } : {}),
  };
}

/** A filter with its keys looked up now: what gets the key later is not meant. */
export async function resolveFilter(
  { crises, concerns, ...others }: AskedFilter,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<ChangeFilter> {
  const find = async (named: readonly string[] | Keyed): Promise<readonly string[]> => {
    if (!("key" in named)) return named;
    const found = await loadThingBy(context, info, named.model, "key", named.key);
    return found && (named.ids?.includes(found.id) ?? true) ? [found.id] : [];
  };
  return {
    ...others,
    ...(crises ? { crises: await find(crises) } : {}),
    ...(concerns ? { concerns: await Promise.all(concerns.map(find)) } : {}),
  };
}
