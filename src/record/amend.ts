import { tableOf, type Tx } from "../db/client.ts";
import { modelMeaning } from "../db/meaning.ts";
import { Refusal } from "../errors.ts";
import { excerpt } from "../values/excerpt.ts";
import type { ChangeSet } from "./entry.ts";

/** A thing to be amended, and what it is to say; what is left out stays as it is. */
export interface Amendment<Change> {
  readonly id: string;
  /** The change set that the author took to have amended it last, null for none; left out where it does not matter. */
  readonly expected?: number | null;
  readonly change: Change;
}

/** The models of things that can be amended. Their tables name the columns in which. */
export type Amendable =
  "Actor" | "Capture" | "Crisis" | "Document" | "Identifier" | "Name" | "Place" | "Position" | "SanctionsProgramme";

type Row = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly key?: string;
  readonly amendedIn: number | null;
};

interface Table {
  findMany(query: { where: object; omit: object }): Promise<Row[]>;
  update(query: { where: { id: string }; data: object; select: { id: true } }): Promise<unknown>;
}

/**
 * Amends things: each row is replaced, and the database keeps how it stood, for those who look at the record as it was.
 * A thing is amended once in a change set, and not by the one that enters it. One that already says what it is to say is
 * left as it is.
 * @param changes what each is to say, as columns
 * @throws Refusal BAD_USER_INPUT for a thing that does not exist; CONFLICT for one that this change set amends already,
 * or that another one amended meanwhile, told as `amendedIn`
 */
export async function amendThings(
  tx: Tx,
  set: ChangeSet,
  model: Amendable,
  changes: readonly Amendment<object>[],
): Promise<void> {
  const table = tableOf(tx, model) as Table;
  if (changes.length === 0) return;
  const held = await readAmendable(
    tx,
    model,
    changes.map(({ id }) => id),
  );
  const amended = changes.flatMap(({ id, expected, change }) => {
    const row = held.get(id);
    if (!row) throw missing(model, id);
    const name = row.key ?? id;
    set.change(id, name);
    if (expected !== undefined && expected !== row.amendedIn) throw amendedMeanwhile(name, row.amendedIn);
    const other = Object.entries(change).filter(([column, value]) => differ(value, row[column]));
    return other.length === 0 ? [] : [{ ...Object.fromEntries(other), id, amendedIn: set.number }];
  });
  set.enter(`amended ${modelMeaning(model).table}`, amended, async (batch) => {
    // One after another: a transaction has one connection.
    for (const { id, ...data } of batch) await table.update({ where: { id }, data, select: { id: true } });
  });
}

/** The rows of things as they stand, by id, without the long text of captures. */
export async function readAmendable(tx: Tx, model: Amendable, ids: readonly string[]): Promise<Map<string, Row>> {
  const where = { id: { in: [...ids] } };
  const rows = await (tableOf(tx, model) as Table).findMany({ where, omit: model === "Capture" ? { text: true } : {} });
  return new Map(rows.map((row) => [row.id, row]));
}

function differ(value: unknown, held: unknown): boolean {
  return value !== undefined && JSON.stringify(value) !== JSON.stringify(held);
}

function missing(model: string, id: string): Refusal {
  return new Refusal(
    "BAD_USER_INPUT",
    `There is no ${model} ${excerpt(id)} to amend; name one that was entered before.`,
  );
}

function amendedMeanwhile(name: string, amendedIn: number | null): Refusal {
  return new Refusal(
    "CONFLICT",
    `${excerpt(name)} was amended meanwhile. Read it again, and amend it as it stands now.`,
    { amendedIn },
  );
}
