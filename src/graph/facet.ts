import type { Facet } from "../db/sql/facet.ts";
import type { Cost } from "../limit/count.ts";
import { formatDay } from "../values/day.ts";
import { builder, type Types } from "./builder.ts";
import type { FilterField } from "./filter.ts";
import type { Connection } from "./read-list.ts";
import { enumOf } from "./meaning.ts";

/** A count by values goes through the whole list. */
const wholeList = { cost: { own: 30 } satisfies Cost };

type ConnectionBuilder = PothosSchemaTypes.ObjectFieldBuilder<Types, Connection>;

const MonthCount = builder.objectRef<Facet>("MonthCount").implement({
  description: "How many entries of a list fall into a month.",
  fields: (t) => ({
    month: t.string({
      nullable: true,
      description: "The month, as in 2019-02; null for those without a beginning on record.",
      extensions: { computed: "month" },
      resolve: ({ value }) => (value === null ? null : formatDay(Number(value)).slice(0, -3)),
    }),
    count: t.exposeInt("count", { description: "How many." }),
  }),
});

const counts = new Map<string, unknown>();

/** The type of a count by `field`: named after the enum where that ends in the field's name, else after the field. */
function countType(field: string, name: string): unknown {
  const type = `${name.endsWith(capital(field)) ? name : capital(field)}Count`;
  let made = counts.get(type);
  if (!made) {
    made = builder.objectRef<Facet>(type).implement({
      description: `How many entries of a list have a value of ${name}.`,
      fields: (t) => ({
        [field]: t.field({
          type: enumOf(name),
          nullable: true,
          description: "The value; null for those that have none.",
          extensions: { computed: "value" },
          resolve: ({ value }) => value as never,
        }),
        count: t.exposeInt("count", { description: "How many." }),
      }),
    });
    counts.set(type, made);
  }
  return made;
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/**
 * The counts under a connection, all over the whole list in its view, not the page: for each filter on an enum, such as
 * `stance`, one by its values, `byStance`; and `byMonth` for assertions.
 */
export function facets(
  t: ConnectionBuilder,
  { facts, fields }: { facts: boolean; fields: Readonly<Record<string, FilterField>> },
) {
  const byValue = Object.entries(fields).flatMap(([field, { facet }]) => {
    if (!facet) return [];
    const made = t.field({
      type: [countType(field, facet.enum)] as never,
      description: `How many entries of the whole list, as filtered and seen, have which ${field}; values of none are left out.`,
      extensions: { facet: { field: facet.column, byMonth: false }, ...wholeList },
      resolve: ((c: Connection) => c.facet(facet.column, false)) as never,
    });
    return [[`by${capital(field)}`, made] as const];
  });
  if (!facts) return Object.fromEntries(byValue);
  const byMonth = t.field({
    type: [MonthCount],
    description:
      "How many entries of the whole list, as filtered and seen, begin in which month, in order of time. A vague beginning counts on the earliest day it may be; months of none are left out.",
    extensions: { facet: { field: "startEarliest", byMonth: true }, ...wholeList },
    resolve: async (c) => [...(await c.facet("startEarliest", true))],
  });
  return { ...Object.fromEntries(byValue), byMonth };
}
