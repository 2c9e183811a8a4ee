import { unwithdrawnIn } from "../record/view.ts";
import { builder } from "./builder.ts";
import { children } from "./child.ts";
import { column, link, type FieldBuilder } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { byEnum, byId, byKey, byName, filterOf, type FilterField } from "./filter.ts";
import type { ListSpec } from "./list.ts";
import { loadThingBy } from "./load.ts";
import { meaning } from "./meaning.ts";
import { Node } from "./node.ts";
import { badInput } from "./refusal.ts";
import type { Shown } from "./row.ts";
import { entryById, entryByKey, thingType } from "./thing.ts";
import { withArticle } from "../values/article.ts";

/** The types an actor may be of, in words for ids. */
export const actorTypes = ["Person", "Organization", "State", "Bloc", "Collective"] as const;

const Name = builder.objectRef<Shown>("Name").implement({
  description: meaning("Name"),
  fields: (t) => ({
    text: column(t, "Name", "text"),
    language: column(t, "Name", "language"),
    script: column(t, "Name", "script"),
    kind: column(t, "Name", "kind"),
  }),
});

const Identifier = builder.objectRef<Shown>("Identifier").implement({
  description: meaning("Identifier"),
  fields: (t) => ({ scheme: column(t, "Identifier", "scheme"), value: column(t, "Identifier", "value") }),
});

export const Actor = builder.interfaceRef<Shown>("Actor").implement({
  description: meaning("Actor"),
  interfaces: [Node],
  resolveType: (row) => row.$type,
  fields: (t) => ({
    key: column(t, "Actor", "key"),
    actorKind: column(t, "Actor", "kind"),
    name: column(t, "Actor", "name"),
    description: column(t, "Actor", "description"),
    wikidataId: column(t, "Actor", "wikidataId"),
    amendedIn: column(t, "Actor", "amendedIn"),
    names: children(t, Name, "Every name it is known by on record, in the order in which they were entered.", {
      model: "Name",
      field: "actorId",
      order: ["actorId", "ordinal"],
      where: unwithdrawnIn,
    }),
    identifiers: children(t, Identifier, "Its names in the registers of others.", {
      model: "Identifier",
      field: "actorId",
      order: ["scheme", "value"],
      where: unwithdrawnIn,
    }),
  }),
});

const belonging = (t: FieldBuilder) => ({ state: link(t, "Actor", "state", State) });

export const State: ReturnType<typeof thingType> = thingType("State", {
  model: "Actor",
  description: "A state. Its government is an organization, and not the same.",
  interfaces: [Actor],
  fields: (t) => ({ iso2: column(t, "Actor", "iso2"), iso3: column(t, "Actor", "iso3") }),
});
export const Person = thingType("Person", {
  model: "Actor",
  description: "A human being.",
  interfaces: [Actor],
  fields: () => ({}),
});
export const Organization = thingType("Organization", {
  model: "Actor",
  description: "A body with a name: a government, a parliament, an army, a party, a company.",
  interfaces: [Actor],
  fields: (t) => ({ ...belonging(t), organizationKind: column(t, "Actor", "organizationKind") }),
});
export const Bloc = thingType("Bloc", {
  model: "Actor",
  description: "Several states acting under one name.",
  interfaces: [Actor],
  fields: () => ({}),
});
export const Collective = thingType("Collective", {
  model: "Actor",
  description: "Several people without names of their own, or a class of them: senior officers, experts.",
  interfaces: [Actor],
  fields: belonging,
});

const types = { Person, Organization, State, Bloc, Collective };
for (const [type, ref] of Object.entries(types)) {
  const field = type.charAt(0).toLowerCase() + type.slice(1);
  entryById(field, type, ref);
  entryByKey(`${field}ByKey`, type, ref, "Actor");
}

function naturalKey(type: keyof typeof types, fields: Record<string, string>): void {
  const input = builder.inputType(`${type}By`, {
    description: `Names ${withArticle(type)} by one of its natural keys: give exactly one.`,
    isOneOf: true,
    fields: (t) =>
      Object.fromEntries(Object.entries(fields).map(([field, description]) => [field, t.string({ description })])),
  });
  entry(`${type.charAt(0).toLowerCase()}${type.slice(1)}By`, (t) =>
    t.field({
      type: types[type],
      nullable: true,
      description: `The ${type} with this natural key; null where the record shows none.`,
      args: { by: t.arg({ type: input, required: true, description: "Exactly one of its natural keys." }) },
      extensions: { computed: "byNaturalKey" },
      resolve: async (_root, { by }, context, info) => {
        const [[field, value] = []] = Object.entries(by);
        if (field === undefined || typeof value !== "string")
          throw badInput(`Give exactly one of ${Object.keys(fields).join(", ")}.`);
        const row = await loadThingBy(context, info, "Actor", field, value);
        return row?.$type === type ? row : null;
      },
    }),
  );
}

const common = { key: "Its key.", wikidataId: "Its item in Wikidata, such as Q889." };
naturalKey("Person", common);
naturalKey("Organization", common);
naturalKey("State", {
  ...common,
  iso2: "Its ISO 3166-1 code of two capital letters.",
  iso3: "Its ISO 3166-1 code of three capital letters.",
});

const usual: Record<string, FilterField> = { key: byKey("key", "By its key."), name: byName("By any of its names.") };
const ofState = { state: byId("stateId", ["State"], "Belonging to this state.") };
const orders: ListSpec["orders"] = {
  NAME_ASC: { fields: ["name", "id"], description: "By common name, from a to z." },
  NAME_DESC: { fields: ["name", "id"], descending: true, description: "By common name, from z to a." },
};

function list(
  field: string,
  node: string,
  type: unknown,
  description: string,
  filter: Record<string, FilterField>,
): void {
  const where = node === "Actor" ? {} : { kind: node.toUpperCase() };
  const spec: ListSpec = {
    node,
    type,
    model: "Actor",
    description,
    where,
    orders,
    filter: filterOf(`${node}Filter`, field, { ...usual, ...filter }),
  };
  entry(field, (t) => connection(t, spec));
}

list("actors", "Actor", Actor, "Everybody and everything that acts.", {
  actorKind: byEnum("ActorKind", "kind", "By what it is."),
  ...ofState,
});
list("people", "Person", Person, "The people on record.", {});
list("organizations", "Organization", Organization, "The organizations on record.", {
  ...ofState,
  organizationKind: byEnum("OrganizationKind", "organizationKind", "By what kind of body it is."),
});
list("states", "State", State, "The states on record.", {
  iso2: byKey("iso2", "By its ISO 3166-1 code of two letters."),
  iso3: byKey("iso3", "By its ISO 3166-1 code of three letters."),
});
list("blocs", "Bloc", Bloc, "The blocs on record.", {});
list("collectives", "Collective", Collective, "The collectives on record.", ofState);
