import { enumMeaning, modelMeaning, modelNames } from "../meaning.ts";
import type { Tx } from "../client.ts";
import { newUuid } from "../../values/ids.ts";

/** Rows to be entered, and the statement that enters them. */
export interface Copy {
  readonly table: string;
  readonly rows: readonly object[];
  readonly write: (rows: object[]) => Promise<unknown>;
}

/** What every table that hangs on a version is read and written by. */
interface Part {
  findMany(query: { where: object; orderBy: object }): Promise<Row[]>;
  createMany(query: { data: object[] }): Promise<unknown>;
}
type Row = Readonly<Record<string, unknown>> & { readonly assertionId: string };

/**
 * Copies everything that hangs on some versions for others, which are to be entered before: whatever model has an
 * `assertionId`, as prisma/models/ tells it. Rows with an id of their own get a new one.
 * @param copies the id of the copy by that of the version it is copied from
 */
export async function copyVersions(tx: Tx, copies: ReadonlyMap<string, string>): Promise<Copy[]> {
  if (copies.size === 0) return [];
  const found: Copy[] = [];
  // One after another: a transaction has one connection.
  for (const model of parts()) {
    const part = partOf(tx, model);
    const { table, fields } = modelMeaning(model);
    const where = { assertionId: { in: [...copies.keys()] } };
    const rows = (await part.findMany({ where, orderBy: { assertionId: "asc" } })).map((row) => ({
      ...row,
      ...("id" in fields ? { id: newUuid() } : {}),
      assertionId: copies.get(row.assertionId),
    }));
    found.push({ table, rows, write: (data) => part.createMany({ data }) });
  }
  return found;
}

/** The models that hang on a version: those that say what a kind asserts first, for others may hang on them. */
function parts(): string[] {
  const kinds = Object.keys(enumMeaning("AssertionKind").values).map((kind) => kind.replaceAll("_", "").toLowerCase());
  const hanging = modelNames().filter((model) => "assertionId" in modelMeaning(model).fields);
  const ofKind = (model: string) => kinds.includes(model.toLowerCase());
  return [...hanging.filter(ofKind), ...hanging.filter((model) => !ofKind(model))];
}

function partOf(tx: Tx, model: string): Part {
  const name = `${model.charAt(0).toLowerCase()}${model.slice(1)}`;
  const part = (tx as unknown as Readonly<Record<string, Part | undefined>>)[name];
  if (!part) throw new Error(`no client for model ${model}`);
  return part;
}
