import type { Cost } from "../limit/count.ts";
import { entry } from "./entry.ts";
import { loadNode, Node } from "./node.ts";
import { badInput } from "./refusal.ts";

const most = 100;

/** Refuses more ids than are answered at once. */
export function expectFewIds(ids: readonly unknown[]): void {
  if (ids.length > most) throw badInput(`nodes was given ${ids.length} ids; it takes ${most} at most.`);
}

entry("node", (t) =>
  t.field({
    type: Node,
    nullable: true,
    description: "Whatever has this id; null where the record shows nothing of that id.",
    args: { id: t.arg.id({ required: true, description: "The id of anything in the record." }) },
    extensions: { computed: "node" },
    resolve: (_root, { id }, context, info) => loadNode(context, info, id),
  }),
);

entry("nodes", (t) =>
  t.field({
    type: [Node],
    nullable: { list: false, items: true },
    description:
      "Whatever has these ids, in their order, null where the record shows nothing of an id; 100 ids at most.",
    extensions: { computed: "nodes", cost: { times: { argument: "ids" } } satisfies Cost },
    args: { ids: t.arg.idList({ required: true, description: "Ids of anything in the record, 100 at most." }) },
    resolve: (_root, { ids }, context, info) => {
      expectFewIds(ids);
      return Promise.all(ids.map((id) => loadNode(context, info, id)));
    },
  }),
);
