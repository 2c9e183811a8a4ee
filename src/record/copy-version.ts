import type { Tx } from "../db/client.ts";
import { modelMeaning } from "../db/meaning.ts";
import { newUuid } from "../values/ids.ts";
import { readParts } from "./version-part.ts";

/** Rows to be entered, and the statement that enters them. */
export interface Copy {
  readonly table: string;
  readonly rows: readonly object[];
  readonly write: (rows: object[]) => Promise<unknown>;
}

/** A version to be copied, and the id that its copy is entered under. */
export interface Copying {
  readonly id: string;
  readonly kind: string;
  readonly copyId: string;
}

/**
 * Copies everything that hangs on some versions for their copies, which are to be entered before. Rows with an id of
 * their own get a new one.
 */
export async function copyVersions(tx: Tx, copying: readonly Copying[]): Promise<Copy[]> {
  const copies = new Map(copying.map(({ id, copyId }) => [id, copyId]));
  return (await readParts(tx, copying)).map(({ model, rows, table }) => ({
    table: modelMeaning(model).table,
    rows: rows.map((row) => ({
      ...row,
      ...("id" in modelMeaning(model).fields ? { id: newUuid() } : {}),
      assertionId: copies.get(row.assertionId),
    })),
    write: (data) => table.createMany({ data }),
  }));
}
