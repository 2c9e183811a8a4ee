import type { Tx } from "../../db/client.ts";
import { contentOfNew, readContents } from "../held-version.ts";
import type { Entered } from "./enter-operations.ts";
import type { Json } from "./operation.ts";
import type { Placed } from "./placed.ts";
import { wordsOf } from "./words.ts";

/** What an operation alters, in words. */
export interface Difference {
  /** The name of the operation. */
  readonly operation: string;
  /** The version that it was made for; null where there is none. */
  readonly versionId: string | null;
  readonly fields: readonly { readonly field: string; readonly before: string | null; readonly after: string | null }[];
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What each of some operations alters: against the version that it was made for, or against nothing. */
export async function differencesOf(tx: Tx, operations: readonly Placed[], entered: Entered): Promise<Difference[]> {
  const versions = [...entered.targets.values()];
  const before = await readContents(tx, versions);
  const after = new Map([...entered.facts].map(([at, assertion]) => [at, contentOfNew(assertion)]));
  const names = await namesOf(tx, [...before.values(), ...after.values()].join("\n"), entered);
  return operations.map(({ operation }, at) => {
    const versionId = entered.targets.get(at) ?? null;
    const held = versionId === null ? new Map<string, string>() : wordsOf(before.get(versionId) ?? "{}", names);
    const fact = after.get(at);
    const { ref: _, id: __, expectedVersion: ___, reason: ____, ...input } = operation.input;
    const said =
      fact !== undefined
        ? wordsOf(fact, names)
        : versionId === null
          ? flat(input, operation.name.endsWith("Amend"))
          : new Map<string, string>();
    const fields = [...new Set([...held.keys(), ...said.keys()])].flatMap((field) => {
      const change = { field, before: held.get(field) ?? null, after: said.get(field) ?? null };
      return change.before === change.after ? [] : [change];
    });
    return { operation: operation.name, versionId, fields };
  });
}

/** What ids stand for, in words: keys, and the words of passages. */
async function namesOf(tx: Tx, contents: string, { words, nameOf }: Entered): Promise<(id: string) => string> {
  const ids = [...new Set(contents.match(UUID))];
  const where = { id: { in: ids } };
  const select = { id: true, key: true };
  const passages = await tx.passage.findMany({ where, select: { id: true, exact: true } });
  const found = new Map<string, string>(passages.map(({ id, exact }) => [id, exact]));
  for (const rows of [
    await tx.actor.findMany({ where, select }),
    await tx.position.findMany({ where, select }),
    await tx.place.findMany({ where, select }),
    await tx.sanctionsProgramme.findMany({ where, select }),
    await tx.record.findMany({ where, select }),
  ]) {
    for (const { id, key } of rows) found.set(id, key);
  }
  return (id) => found.get(id) ?? words.get(id) ?? nameOf(id);
}

/** Everything that an input says, by the way to it; what it `clears` has the value "nothing". */
function flat(value: Json | undefined, clears: boolean, way = ""): Map<string, string> {
  if (value === undefined) return new Map();
  if (value === null) return new Map(clears ? [[way, "nothing"]] : []);
  if (typeof value !== "object") return new Map([[way, String(value)]]);
  const parts = Object.entries(value as Readonly<Record<string, Json>>);
  return new Map(parts.flatMap(([name, each]) => [...flat(each, clears, way === "" ? name : `${way}.${name}`)]));
}
