import type { Tx } from "../../db/client.ts";
import { readAmendable, type Amendable } from "../amend.ts";
import { dateColumns } from "../date-column.ts";
import { contentOfNew, readContents } from "../held-version.ts";
import type { FuzzyDate } from "../../values/fuzzy-date.ts";
import { modelOf } from "../terms/noun.ts";
import type { GivenAmendment } from "./batch.ts";
import type { Brought } from "./brought.ts";
import type { Entered } from "./enter-operations.ts";
import type { Json, JsonFields } from "./operation.ts";
import type { Placed } from "./placed.ts";
import { columnsInWords, wordsOf } from "./words.ts";

/** What an operation alters, in words. */
export interface Difference {
  /** The name of the operation. */
  readonly operation: string;
  /** The version that it was made for; null where there is none. */
  readonly versionId: string | null;
  /** What it amends or withdraws, and the change set that had last amended that; null where it does neither. */
  readonly amends: { readonly model: string; readonly id: string; readonly amendedIn: number | null } | null;
  /** What it brings in under a key, which another may take meanwhile; null where there is no key. */
  readonly brings: Brought | null;
  readonly fields: readonly { readonly field: string; readonly before: string | null; readonly after: string | null }[];
}

type Words = ReadonlyMap<string, string>;

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What each of some operations alters: against what it was made for, or against nothing. */
export async function differencesOf(tx: Tx, operations: readonly Placed[], entered: Entered): Promise<Difference[]> {
  const before = await readContents(tx, [...entered.targets.values()]);
  const after = new Map([...entered.facts].map(([at, assertion]) => [at, contentOfNew(assertion)]));
  const amended = await amendedColumns(tx, entered.amended);
  const contents = [...before.values(), ...after.values(), JSON.stringify([...amended.values()])].join("\n");
  const names = await namesOf(tx, contents, entered);
  const withdrawn = withdrawnRows(entered);
  const wordsAt = (at: number, input: JsonFields): [held: Words, said: Words] => {
    if (withdrawn.has(at)) {
      const { actor: _, ...part } = input;
      return [flat(part), new Map()];
    }
    const columns = amended.get(at);
    if (columns) return [columnsInWords(columns.held, names), columnsInWords(columns.said, names)];
    const versionId = entered.targets.get(at);
    const held = versionId === undefined ? new Map<string, string>() : wordsOf(before.get(versionId) ?? "{}", names);
    const fact = after.get(at);
    if (fact !== undefined) return [held, wordsOf(fact, names)];
    return [held, versionId === undefined ? flat(input) : new Map<string, string>()];
  };
  return operations.map(({ operation }, at) => {
    const { ref: _, id: __, expectedVersion: ___, reason: ____, ...input } = operation.input;
    const [held, said] = wordsAt(at, input);
    const fields = [...new Set([...held.keys(), ...said.keys()])].flatMap((field) => {
      const change = { field, before: held.get(field) ?? null, after: said.get(field) ?? null };
      return change.before === change.after ? [] : [change];
    });
    const amendment = entered.amended.get(at);
    return {
      operation: operation.name,
      versionId: entered.targets.get(at) ?? null,
      amends: amendment
        ? { model: modelOf(amendment.noun), id: amendment.thingId, amendedIn: amendment.expected }
        : (withdrawn.get(at) ?? null),
      brings: entered.brought.get(at) ?? null,
      fields,
    };
  });
}

/** The names and identifiers that are withdrawn, by which operation it is. */
function withdrawnRows({ withdrawn: { names, identifiers } }: Entered): Map<number, NonNullable<Difference["amends"]>> {
  const rows = (model: string, withdrawn: readonly { at: number; id: string }[]) =>
    withdrawn.map(({ at, id }) => [at, { model, id, amendedIn: null }] as const);
  return new Map([...rows("Name", names), ...rows("Identifier", identifiers)]);
}

type Columns = Readonly<Record<string, unknown>>;

/** The columns that amendments alter, as they are held and as they are to be, by which operation it is. */
async function amendedColumns(
  tx: Tx,
  amended: ReadonlyMap<number, GivenAmendment>,
): Promise<Map<number, { held: Columns; said: Columns }>> {
  const found = new Map<number, { held: Columns; said: Columns }>();
  for (const [at, { noun, thingId, said }] of amended) {
    const row = (await readAmendable(tx, modelOf(noun) as Amendable, [thingId])).get(thingId) ?? {};
    const columns = Object.fromEntries(
      Object.entries(said).flatMap(([name, value]) => {
        if (`${name}Edtf` in row) return Object.entries(dateColumns(name, value as FuzzyDate | null));
        return [[`${name}Id` in row ? `${name}Id` : name, value]];
      }),
    );
    const held = Object.fromEntries(Object.keys(columns).map((column) => [column, (row as Columns)[column]]));
    found.set(at, { held, said: columns });
  }
  return found;
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

/** Everything that an input says, by the way to it. */
function flat(value: Json | undefined, way = ""): Map<string, string> {
  if (value === undefined || value === null) return new Map();
  if (typeof value !== "object") return new Map([[way, String(value)]]);
  const parts = Object.entries(value as Readonly<Record<string, Json>>);
  return new Map(parts.flatMap(([name, each]) => [...flat(each, way === "" ? name : `${way}.${name}`)]));
}
