/** As many characters as a value may have that goes with others. */
const longestValue = 1_000;

/** A value that may go with others. */
type Short = string | number | boolean | Date | Buffer | null;

/** Whether a statement with these values may go together with others of its kind: they are short, and no lists. */
export function areShort(values: readonly unknown[]): boolean {
  return values.every(isShort);
}

function isShort(value: unknown): value is Short {
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
  if (Buffer.isBuffer(value)) return `\\x${value.toString("hex")}`;
  return value instanceof Date ? value.toISOString() : String(value);
}
