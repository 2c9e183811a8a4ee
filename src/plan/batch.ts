/** As many characters as a value may have that goes with others, and as many entries as a list. */
const [longestValue, longestList] = [1_000, 20];

/** A value that may go with others. */
type Short = Single | readonly Entry[];
type Single = string | number | boolean | Date | Buffer | null;
type Entry = string | number | boolean | null;

/** Whether a statement with these values may go together with others of its kind: they are short. */
export function areShort(values: readonly unknown[]): boolean {
  return values.every((value) => (Array.isArray(value) ? isShortList(value) : isShort(value)));
}

function isShortList(list: readonly unknown[]): boolean {
  if (list.length > longestList) return false;
  return list.every((entry) => !Buffer.isBuffer(entry) && !(entry instanceof Date) && isShort(entry));
}

function isShort(value: unknown): value is Single {
  if (typeof value === "string" || Buffer.isBuffer(value)) return value.length <= longestValue;
  // A year of more than four digits PostgreSQL reads in another way.
  if (value instanceof Date) return /^\d/.test(value.toISOString());
  return value === null || typeof value === "number" || typeof value === "boolean";
}

/**
 * One statement that selects what `text` does for each of several lists of values, in their order; `types` are those of its
 * parameters. Its values are, for each parameter, the list of what it is for each; and how many there are.
 */
export function writeBatch(text: string, types: readonly string[]): string {
  const each = text.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\d+)/g, (found, number: string | undefined) =>
    number === undefined ? found : `batched.p${number}`,
  );
  const names = types.map((_, i) => `p${i + 1}`);
  const lists = types.map((_, i) => `$${i + 1}::text[]`);
  const values = types.map((type, i) => `g.p${i + 1}::${type} as p${i + 1}`);
  // That there are no more is said for the planner's sake, which thinks of lists as long; and so each is read on its own.
  return `select answer.* from (select ${values.join()}, g.n from unnest(${lists.join()}) with ordinality
    as g(${names.join()}, n) limit $${types.length + 1}) batched cross join lateral (${each}) answer order by batched.n`;
}

/** The values of a batch for several lists of values of one statement. */
export function batchValues(lists: readonly (readonly unknown[])[]): unknown[] {
  const [first = []] = lists;
  return [...first.map((_, i) => lists.map((values) => textOf(values[i] as Short))), lists.length];
}

/** A value as PostgreSQL reads it from a text. */
function textOf(value: Short): string | null {
  if (value === null) return null;
  if (Array.isArray(value)) return `{${(value as readonly Entry[]).map(entryOf).join()}}`;
  if (Buffer.isBuffer(value)) return `\\x${value.toString("hex")}`;
  return value instanceof Date ? value.toISOString() : String(value);
}

/** An entry of an array's text: quoted, whatever it holds, so that none is taken for a brace, a comma or NULL. */
function entryOf(entry: Entry): string {
  return entry === null ? "NULL" : `"${String(entry).replaceAll(/["\\]/g, (sign) => `\\${sign}`)}"`;
}
