import type { GraphQLResolveInfo } from "graphql";
import { builder, type Types } from "./builder.ts";
import { connectionType } from "./connection-type.ts";
import type { GraphContext } from "./context.ts";
import { isFact, type ListArgs, type ListSpec } from "./list.ts";
import { readList, type Connection } from "./read-list.ts";
import type { Shown } from "./row.ts";

const DuringInput = builder.inputType("DaySpanInput", {
  description: "A span of days, both included.",
  fields: (t) => ({
    from: t.field({ type: "Date", required: true, description: "The first day." }),
    to: t.field({ type: "Date", required: true, description: "The last day; not before the first." }),
  }),
});

const orderEnums = new Map<string, unknown>();

function orderEnum({ node, orders }: ListSpec): unknown {
  const name = `${node}Order`;
  let made = orderEnums.get(name);
  if (!made) {
    const values = Object.fromEntries(
      Object.entries(orders).map(([value, { description }]) => [value, { description }]),
    );
    made = builder.enumType(name, { description: `The order in which a list of ${node} is read.`, values });
    orderEnums.set(name, made);
  }
  return made;
}

type Read = (parent: Shown, args: ListArgs, context: GraphContext, info: GraphQLResolveInfo) => Promise<Connection>;

/**
 * Adds a list as a Relay connection, pages both ways, filtered and ordered, seen at the view's moment. `read` reads it
 * where the list is not the same below every parent.
 */
export function connection(
  t: { field: (options: never) => unknown; arg: unknown },
  spec: ListSpec,
  read: Read = (parent, ...rest) => readList(spec, parent, ...rest),
): PothosSchemaTypes.FieldRef<Types> {
  const builderOfArgs = t.arg as (options: object) => unknown;
  const usual = Object.keys(spec.orders)[0];
  const fact = isFact(spec.model);
  return t.field({
    type: connectionType({ ...spec, facts: fact }),
    description: spec.description,
    args: {
      first: builderOfArgs({
        type: "Int",
        description: "How many to read forwards, 1 to 100; 20 where neither first nor last is given.",
      }),
      after: builderOfArgs({ type: "String", description: "Read on after this cursor of the same list." }),
      last: builderOfArgs({ type: "Int", description: "How many to read backwards from the end, 1 to 100." }),
      before: builderOfArgs({ type: "String", description: "Read back before this cursor of the same list." }),
      filter: builderOfArgs({ type: spec.filter.type, description: "Which to list; left out, all." }),
      orderBy: builderOfArgs({
        type: orderEnum(spec),
        required: true,
        defaultValue: usual,
        description: "In which order.",
      }),
      ...(fact
        ? {
            validAt: builderOfArgs({
              type: "Date",
              description:
                "Only those that held, certainly or possibly, on this day; `certainty` tells which. Below a view with a day of its own, on both.",
            }),
            validDuring: builderOfArgs({
              type: DuringInput,
              description: "Only those that held, certainly or possibly, on some day of this span.",
            }),
          }
        : {}),
    },
    extensions: { list: spec },
    resolve: read,
  } as never) as PothosSchemaTypes.FieldRef<Types>;
}
