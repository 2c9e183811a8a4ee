import { isTable } from "../db/sql/copy-rows.ts";
import { Refusal } from "../errors.ts";
import { excerpt } from "../values/excerpt.ts";

/** PostgreSQL takes at most 65,535 parameters a statement, Prisma half of that; no table here has more than 30 columns. */
const ROWS_AT_ONCE = 1_000;

/** From how many rows on COPY is worth its way there and back. */
const COPIED_FROM = 10;
/** How many rows are copied by one statement: the triggers see them all at once. */
const COPIED_AT_ONCE = 50_000;

/** Writes rows into a table as fast as PostgreSQL takes them. */
export type Copy = (table: string, rows: readonly object[]) => Promise<void>;

/** A batch of changes that is being put together, to be written at once. */
export class ChangeSet {
  /** Its place in the order of commits. */
  readonly number: number;
  /** When the record takes it in. */
  readonly at: Date;
  readonly #writes: (() => Promise<unknown>)[] = [];
  readonly #changed = new Set<string>();
  readonly #copy: Copy | null;
  #items = 0;

  /** @param copy writes many rows; left out, they are written as few are */
  constructor(number: number, at: Date, copy: Copy | null = null) {
    this.number = number;
    this.at = at;
    this.#copy = copy;
  }

  get empty(): boolean {
    return this.#writes.length === 0;
  }

  /** How many things and assertions it brings in. */
  get items(): number {
    return this.#items;
  }

  /**
   * Notes that this change set changes a record, which it may do once: a version that it both entered and closed would
   * never have been held.
   * @throws Refusal CONFLICT when it changes the record already
   */
  change(recordId: string, key: string): void {
    if (this.#changed.has(recordId)) {
      throw new Refusal(
        "CONFLICT",
        `This change set changes ${excerpt(key)} already, and may do so once. What else is to change of it comes in a change set of its own.`,
      );
    }
    this.#changed.add(recordId);
  }

  /**
   * Takes rows in, to be written after those taken in before.
   * @param table the table they belong to; any other name for what is no mere insertion
   * @param write writes them where they are few
   * @param items how many of the rows are things or assertions of their own
   */
  enter<Row extends object>(
    table: string,
    rows: readonly Row[],
    write: (rows: Row[]) => Promise<unknown>,
    items = 0,
  ): void {
    if (rows.length === 0) return;
    this.#items += items;
    const copy = rows.length >= COPIED_FROM && isTable(table) ? this.#copy : null;
    if (copy) {
      for (let at = 0; at < rows.length; at += COPIED_AT_ONCE) {
        this.#writes.push(() => copy(table, rows.slice(at, at + COPIED_AT_ONCE)));
      }
      return;
    }
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      this.#writes.push(() => write(rows.slice(at, at + ROWS_AT_ONCE)));
    }
  }

  /** Writes everything that was taken in. */
  async write(): Promise<void> {
    for (const write of this.#writes) await write();
  }
}
