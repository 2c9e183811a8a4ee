import { tableOf, type Tx } from "../db/client.ts";
import { enumMeaning, modelMeaning, modelNames } from "../db/meaning.ts";
import { typeOfKind } from "../values/kind-name.ts";

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
  for (const model of partModels(new Set(versions.map(({ kind }) => typeOfKind(kind))))) {
    const ordered = "ordinal" in modelMeaning(model).fields;
    const orderBy = [{ assertionId: "asc" }, ...(ordered ? [{ ordinal: "asc" }] : [])];
    const table = tableOf(tx, model) as PartTable;
    parts.push({ model, table, rows: await table.findMany({ where, orderBy }) });
  }
  return parts;
}

function partModels(details: ReadonlySet<string>): string[] {
  const all = new Set(Object.keys(enumMeaning("AssertionKind").values).map(typeOfKind));
  const hanging = modelNames().filter((model) => "assertionId" in modelMeaning(model).fields);
  return [...hanging.filter((model) => details.has(model)), ...hanging.filter((model) => !all.has(model))];
}
