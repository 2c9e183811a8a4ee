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

/** A version to be copied, and the id that its copy is entered under. */
export interface Copying {
  readonly id: string;
  readonly kind: string;
  readonly copyId: string;
}

/**
 * Copies everything that hangs on some versions for their copies, which are to be entered before: whatever model has an
 * `assertionId`, as prisma/models/ tells it. Rows with an id of their own get a new one.
 */
export async function copyVersions(tx: Tx, copying: readonly Copying[]): Promise<Copy[]> {
  if (copying.length === 0) return [];
  const copies = new Map(copying.map(({ id, copyId }) => [id, copyId]));
  const where = { assertionId: { in: [...copies.keys()] } };
  const found: Copy[] = [];
  // One after another: a transaction has one connection.
  for (const model of partsOf(new Set(copying.map(({ kind }) => detailOf(kind))))) {
    const part = partOf(tx, model);
    const { table, fields } = modelMeaning(model);
    const rows = (await part.findMany({ where, orderBy: { assertionId: "asc" } })).map((row) => ({
      ...row,
      ...("id" in fields ? { id: newUuid() } : {}),
      assertionId: copies.get(row.assertionId),
    }));
    found.push({ table, rows, write: (data) => part.createMany({ data }) });
  }
  return found;
}

/** The models that hang on versions of some kinds: those that say what a kind asserts first, for others hang on them. */
function partsOf(details: ReadonlySet<string>): string[] {
  const all = Object.keys(enumMeaning("AssertionKind").values).map(detailOf);
  const hanging = modelNames().filter((model) => "assertionId" in modelMeaning(model).fields);
  const said = hanging.filter((model) => details.has(model.toLowerCase()));
  return [...said, ...hanging.filter((model) => !all.includes(model.toLowerCase()))];
}

/** The name of the model that says what a kind asserts, in lower case: EVENT_CODING is as EventCoding. */
function detailOf(kind: string): string {
  return kind.replaceAll("_", "").toLowerCase();
}

function partOf(tx: Tx, model: string): Part {
  const name = `${model.charAt(0).toLowerCase()}${model.slice(1)}`;
  const part = (tx as unknown as Readonly<Record<string, Part | undefined>>)[name];
  if (!part) throw new Error(`no client for model ${model}`);
  return part;
}
