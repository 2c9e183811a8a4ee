import type { Where } from "../db/sql/where.ts";
import { Assertion } from "./assertion.ts";
import { builder } from "./builder.ts";
import type { FieldBuilder } from "./column.ts";
import { factOrders } from "./fact-order.ts";
import { factFilter } from "./fact-filter.ts";
import { filterOf, type FilterField } from "./filter.ts";
import type { ListSpec } from "./list.ts";
import { meaning } from "./meaning.ts";
import { Node, nodesOf } from "./node.ts";
import type { Shown } from "./row.ts";

/** Makes the GraphQL type of a kind of assertion out of its detail model. */
export function factType(name: string, fields: (t: FieldBuilder) => object) {
  nodesOf(name, "fact");
  return builder
    .objectRef<Shown>(name)
    .implement({ description: meaning(name), interfaces: [Node, Assertion], fields: fields as never });
}

/** A list of one kind of assertion, with the filters that all kinds share and its own. */
export function factList(
  node: string,
  {
    type,
    description,
    filter,
    where,
  }: { type: unknown; description: string; filter: Record<string, FilterField>; where?: Where },
): ListSpec {
  const shared = factFilter((assertion) => ({ assertion }));
  const noun = plural(node);
  return {
    node,
    type,
    model: node,
    description,
    orders: factOrders(),
    filter: filterOf(`${node}Filter`, noun, { ...shared, ...filter }),
    ...(where ? { where } : {}),
  };
}

/**
 * The same list below a parent: `where` names the parent's keys, `parent` the fields that hold them, `description` says
 * which remain.
 */
export function below(
  list: ListSpec,
  description: string,
  where: Where,
  parent: NonNullable<ListSpec["parent"]> = ["id"],
): ListSpec {
  return { ...list, description, where: { AND: [list.where ?? {}, where] }, parent };
}

/** A type's name as words in the plural: QuantityClaim is quantity claims. */
function plural(node: string): string {
  const words = node.replaceAll(/(?<!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
  return words.endsWith("y") ? `${words.slice(0, -1)}ies` : `${words}s`;
}
