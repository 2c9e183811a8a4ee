import { Refusal } from "../errors.ts";
import { excerpt } from "../values/excerpt.ts";

/** PostgreSQL takes at most 65,535 parameters a statement, Prisma half of that; no table here has more than 30 columns. */
const ROWS_AT_ONCE = 1_000;

/** A batch of changes that is being put together, to be written at once. */
export class ChangeSet {
  /** Its place in the order of commits. */
  readonly number: number;
  /** When the record takes it in. */
  readonly at: Date;
  readonly #writes: (() => Promise<unknown>)[] = [];
  readonly #changed = new Set<string>();
  #items = 0;

  constructor(number: number, at: Date) {
    this.number = number;
    this.at = at;
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
        `This change set changes ${excerpt(key)} already. Give its later reports together, as the updates of one entry; what else is to change comes in a change set of its own.`,
      );
    }
    this.#changed.add(recordId);
  }

  /**
   * Takes rows in, to be written after those taken in before.
   * @param table the table they belong to
   * @param items how many of the rows are things or assertions of their own
   */
  enter<Row extends object>(
    _table: string,
    rows: readonly Row[],
    write: (rows: Row[]) => Promise<unknown>,
    items = 0,
  ): void {
    if (rows.length === 0) return;
    this.#items += items;
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      this.#writes.push(() => write(rows.slice(at, at + ROWS_AT_ONCE)));
    }
  }

  /** Writes everything that was taken in. */
  async write(): Promise<void> {
    for (const write of this.#writes) await write();
  }
}
