import type { Tx } from "../db/client.ts";
import { enumMeaning, modelMeaning, modelNames } from "../db/meaning.ts";

/** A row that hangs on a version. */
export type PartRow = Readonly<Record<string, unknown>> & { readonly assertionId: string };

/** What every table that hangs on versions is read and written by. */
export interface PartTable {
  findMany(query: { where: object; orderBy: object }): Promise<PartRow[]>;
  createMany(query: { data: object[] }): Promise<unknown>;
}

/** The rows of one model that hang on some versions. */
export interface Part {
  readonly model: string;
  readonly rows: readonly PartRow[];
  readonly table: PartTable;
}

/**
 * Everything that hangs on some versions: the rows of whatever model has an `assertionId`, as prisma/models/ tells it,
 * in their order. What says what a kind asserts comes first, for others hang on it.
 */
export async function readParts(
  tx: Tx,
  versions: readonly { readonly id: string; readonly kind: string }[],
): Promise<Part[]> {
  if (versions.length === 0) return [];
  const where = { assertionId: { in: versions.map(({ id }) => id) } };
  const parts: Part[] = [];
  // One after another: a transaction has one connection.
  for (const model of partModels(new Set(versions.map(({ kind }) => detailModelOf(kind))))) {
    const ordered = "ordinal" in modelMeaning(model).fields;
    const orderBy = [{ assertionId: "asc" }, ...(ordered ? [{ ordinal: "asc" }] : [])];
    const table = tableOf(tx, model);
    parts.push({ model, table, rows: await table.findMany({ where, orderBy }) });
  }
  return parts;
}

/** The model that says what a kind asserts: EVENT_CODING is EventCoding. */
export function detailModelOf(kind: string): string {
  const found = modelNames().find((model) => model.toLowerCase() === kind.replaceAll("_", "").toLowerCase());
  if (found === undefined) throw new Error(`no model says what ${kind} asserts`);
  return found;
}

function partModels(details: ReadonlySet<string>): string[] {
  const all = new Set(Object.keys(enumMeaning("AssertionKind").values).map(detailModelOf));
  const hanging = modelNames().filter((model) => "assertionId" in modelMeaning(model).fields);
  return [...hanging.filter((model) => details.has(model)), ...hanging.filter((model) => !all.has(model))];
}

function tableOf(tx: Tx, model: string): PartTable {
  const name = `${model.charAt(0).toLowerCase()}${model.slice(1)}`;
  const table = (tx as unknown as Readonly<Record<string, PartTable | undefined>>)[name];
  if (!table) throw new Error(`no client for model ${model}`);
  return table;
}
