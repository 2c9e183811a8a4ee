import type { Tx } from "../../db/client.ts";
import { spotAt } from "../terms/node.ts";
import type { Problems } from "../terms/problem.ts";
import { refuseCycles } from "../terms/reference.ts";
import type { Batch } from "./batch.ts";

/** Tells of places that would be parts of themselves, whether they are brought in or amended. */
export async function refuseThingCycles(tx: Tx, { things, amended }: Batch, problems: Problems): Promise<void> {
  const parts = things.place.map(({ token, said: { partOf, spot } }) => ({ token, partOf, spot }));
  const moved = amended.flatMap(({ noun, token, said, spot }) =>
    noun === "place" && "partOf" in said ? [{ token, partOf: said["partOf"] as string | null, spot }] : [],
  );
  const all = [...parts, ...moved].map(({ token, partOf, spot }) => {
    return { key: token, partOf, node: spotAt(spot, "partOf") };
  });
  // Only a place on record that is moved can close a circle with others on record.
  const above =
    moved.length === 0
      ? []
      : await heldWholes(
          tx,
          all.flatMap(({ partOf }) => partOf ?? []),
        );
  const replaced = new Set(moved.map(({ token }) => token));
  refuseCycles(all, problems, { above: above.filter(([key]) => !replaced.has(key)) });
}

/** What places on record are parts of, and what those are parts of, to the top. */
async function heldWholes(tx: Tx, keys: readonly string[]): Promise<(readonly [string, string])[]> {
  const wholes = new Map<string, string>();
  for (let left = [...keys]; left.length > 0;) {
    const rows = await tx.place.findMany({
      where: { key: { in: left } },
      select: { key: true, partOf: { select: { key: true } } },
    });
    left = rows
      .flatMap(({ key, partOf }) => (partOf && !wholes.has(key) ? [[key, partOf.key] as const] : []))
      .map(([key, whole]) => {
        wholes.set(key, whole);
        return whole;
      });
  }
  return [...wholes];
}
