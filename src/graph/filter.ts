import { weighed, type Where } from "../db/sql/where.ts";
import type { Cost } from "../limit/count.ts";
import { unwithdrawnIn, type View } from "../record/view.ts";
import { foldName } from "../values/fold.ts";
import { builder } from "./builder.ts";
import { enumOf } from "./meaning.ts";
import { uuidOf } from "./node.ts";
import { badInput } from "./refusal.ts";

type InputType = ReturnType<typeof builder.inputRef> | ReturnType<typeof enumOf> | "Boolean";
type Operands = Readonly<Record<string, unknown>>;

/** One field of a filter: what it takes, and what it means as a condition on rows. */
export interface FilterField {
  readonly type: InputType;
  readonly description: string;
  /** What it costs to be asked for, beside what its operators do. */
  readonly cost?: Cost;
  /** What it means in a view; a plain operand is given as such, and never null. */
  readonly where: (operands: Operands, view: View) => Where;
  /** The enum whose values lists can be counted by, and the column that holds them; left out where that means nothing. */
  readonly facet?: { readonly enum: string; readonly column: string };
}

/** A filter of a list: its GraphQL input, its meaning in a view, and its fields. */
export interface Filter {
  readonly type: InputType;
  readonly where: (value: Operands, view: View) => Where;
  readonly fields: Readonly<Record<string, FilterField>>;
}

const longest = 200;
const largest = 1_000;

/** How many operands and nested conditions a filter has. */
function sizeOf(value: unknown): number {
  if (typeof value !== "object" || value === null || value instanceof Date) return 1;
  return Object.values(value).reduce<number>((sum, each) => sum + sizeOf(each), 1);
}

function operators(
  name: string,
  description: string,
  fields: Record<string, { type: unknown; list?: boolean; description: string; extensions?: { cost: Cost } }>,
) {
  const ref = builder.inputRef<object>(name);
  ref.implement({
    description,
    fields: (t) =>
      Object.fromEntries(
        Object.entries(fields).map(([operator, { type, list, description: text, extensions }]) => [
          operator,
          t.field({
            type: (list ? [type] : type) as never,
            description: text,
            ...(extensions ? { extensions: { ...extensions } } : {}),
          }),
        ]),
      ),
  });
  return ref as InputType;
}

/** Letters are looked for in the whole index, the fewer the longer. */
const letters = { cost: { own: 20 } satisfies Cost };

const IdFilter = operators("IdFilter", "A condition on what is linked to, by its id or its key.", {
  eq: { type: "ID", description: "This one." },
  in: { type: "ID", list: true, description: "One of these; an empty list matches nothing." },
  key: { type: "String", description: "The one with this key, letter for letter." },
});

const WordsFilter = operators("WordsFilter", "A condition on words.", {
  contains: {
    type: "String",
    description: "These letters in a row, whatever their case; 3 to 200 characters.",
    extensions: letters,
  },
});

const NameFilter = operators("NameFilter", "A condition on a name, whatever its case, accents and punctuation.", {
  eq: { type: "String", description: "This name." },
  contains: {
    type: "String",
    description: "A name with these letters anywhere in it; 200 characters at most.",
    extensions: letters,
  },
  startsWith: {
    type: "String",
    description: "A name that begins with these letters; 200 characters at most.",
    extensions: letters,
  },
});

const KeyFilter = operators("KeyFilter", "A condition on a key or a code, letter for letter.", {
  eq: { type: "String", description: "This one." },
  in: { type: "String", list: true, description: "One of these; an empty list matches nothing." },
});

function ordered(name: string, type: string, noun: string) {
  return operators(name, `A condition on ${noun}; its parts are all to hold.`, {
    gt: { type, description: "Later than this." },
    gte: { type, description: "This, or later." },
    lt: { type, description: "Earlier than this." },
    lte: { type, description: "This, or earlier." },
  });
}

const DateFilter = ordered("DateFilter", "Date", "a day");
const DateTimeFilter = ordered("DateTimeFilter", "DateTime", "an instant");

const enumFilters = new Map<string, InputType>();

function enumFilter(name: string): InputType {
  let made = enumFilters.get(name);
  if (!made) {
    const type = enumOf(name);
    made = operators(`${name}Filter`, `A condition on a value of ${name}.`, {
      eq: { type, description: "This value." },
      in: { type, list: true, description: "One of these; an empty list matches nothing." },
      not: { type, description: "Any value but this." },
    });
    enumFilters.set(name, made);
  }
  return made;
}

/** Turns the operators of the API into those of the readers, by renaming `eq`. */
function plain(operands: Operands): Where {
  const { eq, ...rest } = operands;
  return eq === undefined ? rest : { ...rest, equals: eq };
}

/** A filter on an enum column. */
export function byEnum(name: string, field: string, description: string): FilterField {
  return {
    type: enumFilter(name),
    description,
    facet: { enum: name, column: field },
    where: (operands) => weighed({ [field]: plain(operands) }),
  };
}

/** A filter on the thing or record that `field` links to, whose ids are of one of `types`. */
export function byId(
  field: string,
  types: readonly string[],
  description: string,
  wrap: (link: Where) => Where = (w) => w,
): FilterField {
  return { type: IdFilter, description, where: byIdWhere(field, types, wrap) };
}

/** What a filter on a link means: see `byId`. */
export function byIdWhere(
  field: string,
  types: readonly string[],
  wrap: (link: Where) => Where,
): (operands: Operands) => Where {
  const uuids = ({ eq, in: list }: Operands): Where => ({
    ...(eq === undefined ? {} : { equals: uuidOf(eq as string, types) }),
    ...(list === undefined ? {} : { in: (list as string[]).map((id) => uuidOf(id, types)) }),
  });
  const relation = field.replace(/Id$/, "");
  return ({ key, ...operands }) => ({
    AND: [wrap({ [field]: uuids(operands) }), ...(key === undefined ? [] : [wrap({ [relation]: { key } })])],
  });
}

/** A filter on words in any of these text columns. */
export function byWords(fields: readonly string[], description: string): FilterField {
  return {
    type: WordsFilter,
    description,
    where: ({ contains }) => {
      if (contains === undefined) return {};
      const { length } = Array.from(contains as string);
      if (length < 3 || length > longest) throw badInput(`Words to search for have 3 to ${longest} characters.`);
      return { OR: fields.map((field) => ({ [field]: { containsAnyCase: contains } })) };
    },
  };
}

/** A filter on a text column of names for machines: keys, codes, addresses. */
export function byKey(field: string, description: string): FilterField {
  return { type: KeyFilter, description, where: (operands) => ({ [field]: plain(operands) }) };
}

/** A filter on the names of an actor, reached from a row by `wrap`. */
export function byName(description: string, wrap: (actor: Where) => Where = (w) => w): FilterField {
  return byFolded(description, (folded, view) => wrap({ names: { some: { folded, ...unwithdrawnIn(view) } } }));
}

/** A filter on a name that is held folded; `where` says where. */
export function byFolded(description: string, where: (folded: Where, view: View) => Where): FilterField {
  return {
    type: NameFilter,
    description,
    where: (operands, view) => {
      const folded = Object.entries(plain(operands)).map(([operator, text]) => {
        const name = foldName(String(text));
        if (String(text).length > longest) throw badInput(`A name to search by has ${longest} characters at most.`);
        if (name === "") throw badInput(`"${String(text)}" has no letter or digit to search by.`);
        return [operator, name] as const;
      });
      return where(Object.fromEntries(folded), view);
    },
  };
}

/** A filter on a day: a column of days from 1970-01-01. */
export function byDay(field: string, description: string): FilterField {
  return { type: DateFilter, description, where: (operands) => weighed({ [field]: operands }) };
}

/** A filter on an instant. */
export function byInstant(field: string, description: string): FilterField {
  return { type: DateTimeFilter, description, where: (operands) => weighed({ [field]: operands }) };
}

/** A filter that is either true or false of a row, and worked out for each: `holds` is the condition under which it is true in a view. */
export function byTruth(description: string, holds: (view: View) => Where): FilterField {
  return {
    type: "Boolean",
    description,
    cost: { own: 50 },
    where: (truth, view) => ((truth as unknown) === true ? holds(view) : { NOT: holds(view) }),
  };
}

/** Makes a filter input of a list from its fields. All of its fields are to hold; `and`, `or` and `not` nest it. */
export function filterOf(name: string, noun: string, fields: Readonly<Record<string, FilterField>>): Filter {
  const ref = builder.inputRef<object>(name);
  ref.implement({
    description: `Which ${noun} to list. All of its fields are to hold; left empty, it holds for every one.`,
    fields: (t) => ({
      ...Object.fromEntries(
        Object.entries(fields).map(([key, field]) => [
          key,
          t.field({
            type: field.type as never,
            description: field.description,
            extensions: field.cost ? { cost: field.cost } : {},
          }),
        ]),
      ),
      and: t.field({ type: [ref] as never, description: "All of these hold; an empty list always does." }),
      or: t.field({ type: [ref] as never, description: "One of these holds; an empty list never does." }),
      not: t.field({ type: ref as never, description: "This does not hold." }),
    }),
  });
  const read = (value: Operands, view: View, path: string): Where => ({
    AND: Object.entries(value).map(([key, operands]) => {
      if (operands === null) throw badInput(`${path}.${key} is null; leave it out, or say what it should be.`);
      const each = () => (operands as Operands[]).map((nested, i) => read(nested, view, `${path}.${key}[${i}]`));
      if (key === "and") return { AND: each() };
      if (key === "or") return { OR: each() };
      if (key === "not") return { NOT: read(operands as Operands, view, `${path}.not`) };
      const missing = Object.entries(operands as Operands).find(([, operand]) => operand === null);
      if (missing) throw badInput(`${path}.${key}.${missing[0]} is null; leave it out, or say what it should be.`);
      return fields[key]?.where(operands as Operands, view) ?? {};
    }),
  });
  const where = (value: Operands, view: View): Where => {
    const size = sizeOf(value);
    if (size > largest) throw badInput(`The filter has ${size} parts; it may have ${largest} at most.`);
    return read(value, view, "filter");
  };
  return { type: ref, where, fields };
}
