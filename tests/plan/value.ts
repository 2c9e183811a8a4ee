import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from "graphql";
import type { Chance } from "./chance.ts";

/** What of a record can be asked about. */
export interface Known {
  /** Ids by type. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly keys: readonly string[];
  readonly names: readonly string[];
  /** Instants at which the record changed, or sources spoke. */
  readonly instants: readonly string[];
}

const days = [
  "1894-05-01",
  "1894-06-10",
  "2019-01-23",
  "2019-02-06",
  "2019-02-10",
  "0001-01-01",
  "-0043-03-15",
  "+12345-01-01",
];
const oddWords = ["Ñandú 👑 “so”", "it's; drop table\\", '"\u2028\n\t', "%_a", "ß", "مرحبا", "a\u0001b", "١"];
const actors = ["Person", "Organization", "State", "Bloc", "Collective"];
const linked: Readonly<Record<string, string>> = {
  crisis: "Crisis",
  position: "Position",
  document: "Document",
  place: "Place",
  programme: "SanctionsProgramme",
  designation: "Designation",
  state: "State",
  event: "Event",
  mention: "Mention",
  partOf: "Event",
  bloc: "Bloc",
  organization: "Organization",
};

/** An argument's value, as JSON carries it. `name` is that of the argument or of the field that it stands in. */
export function valueFor(type: GraphQLInputType, name: string, known: Known, chance: Chance, depth = 0): unknown {
  if (isNonNullType(type)) return valueFor(type.ofType, name, known, chance, depth);
  if (isListType(type)) {
    return Array.from({ length: chance.below(4) }, () => valueFor(type.ofType, name, known, chance, depth));
  }
  const named = getNamedType(type);
  if (isEnumType(named)) return chance.of(named.getValues()).name;
  if (isInputObjectType(named)) return objectFor(named, name, known, chance, depth);
  const scalars: Record<string, () => unknown> = {
    Int: () => (chance.happens(0.04) ? chance.of([0, -1, 101, 7]) : 1 + chance.below(3)),
    Boolean: () => chance.happens(0.5),
    Date: () => chance.of(days),
    DateTime: () => chance.of(known.instants),
    ID: () => idFor(name, known, chance),
    String: () => wordFor(name, known, chance),
  };
  return scalars[named.name]?.() ?? null;
}

function objectFor(type: GraphQLInputObjectType, name: string, known: Known, chance: Chance, depth: number): unknown {
  const fields = Object.values(type.getFields());
  if (type.isOneOf) {
    const field = chance.of(fields);
    return { [field.name]: valueFor(field.type, field.name, known, chance, depth + 1) };
  }
  const isOperators = !fields.some((field) => field.name === "and");
  const chosen = fields.filter((field) => {
    if (isNonNullType(field.type) && field.defaultValue === undefined) return true;
    if (["and", "or", "not"].includes(field.name)) return depth < 2 && chance.happens(0.1);
    return chance.happens(type.name === "AsOf" ? 0.6 : isOperators ? 0.5 : 1.2 / fields.length);
  });
  const inside = type.name === "IdFilter" || type.name === "KeyFilter" || type.name === "NameFilter";
  return Object.fromEntries(
    chosen.map((field) => [
      field.name,
      chance.happens(0.01) && getNullableType(field.type) === field.type
        ? null
        : valueFor(field.type, inside ? name : field.name, known, chance, depth + 1),
    ]),
  );
}

function idFor(name: string, known: Known, chance: Chance): string {
  if (chance.happens(0.02)) return chance.of(["", "Person:1", "Nobody:01890000-0000-7000-8000-000000000000", "👑"]);
  const types =
    name in known.ids
      ? [name]
      : name in linked
        ? [linked[name] ?? ""]
        : ["id", "ids"].includes(name)
          ? Object.keys(known.ids)
          : actors;
  return chance.of(known.ids[chance.of(types)] ?? ["Person:01890000-0000-7000-8000-000000000000"]);
}

function wordFor(name: string, known: Known, chance: Chance): string {
  if (chance.happens(0.2)) return chance.of(oddWords);
  if (["name", "surface", "contains", "startsWith"].includes(name)) {
    const word = chance.of(known.names);
    return chance.happens(0.5) ? word : word.slice(0, 4);
  }
  return chance.of(known.keys);
}
