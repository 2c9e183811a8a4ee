import { spotAt } from "../terms/node.ts";
import type { Problems } from "../terms/problem.ts";
import { refuseCycles } from "../terms/reference.ts";
import type { Batch } from "./batch.ts";

/** Tells of places that would be parts of themselves. Places on record cannot be parts of newcomers. */
export function refuseThingCycles({ things }: Batch, problems: Problems): void {
  const parts = things.place.map(({ token, said }) => ({
    key: token,
    partOf: said.partOf,
    node: spotAt(said.spot, "partOf"),
  }));
  refuseCycles(parts, problems);
}
