import type pg from "pg";
import { Parameters } from "./parameters.ts";

/** What to search for, as a view shows it. */
export interface SearchQuery {
  /** The words looked for, in any spelling; holds a letter or a digit. */
  readonly text: string;
  /** The sorts of things and facts, by the names of their types: PERSON, UTTERANCE. */
  readonly types: readonly string[];
  /** Only what has to do with this crisis. */
  readonly crisis: string | null;
  /** The moment of knowledge: by reports an instant, by recording the number of a change set, with neither now. */
  readonly knownAt: Date | null;
  readonly changeSet: number | null;
  /** Only facts that held, certainly or possibly, on this day. */
  readonly validAt: number | null;
}

/** Which page of what is found: the nearest first. */
export interface SearchPage {
  readonly backwards: boolean;
  /** The keys `place` and `id` to go on after. */
  readonly after?: readonly (string | number | null)[] | undefined;
  readonly limit: number;
}

/** Something that was found. */
export interface Found {
  /** The name of its type, as in the query. */
  readonly type: string;
  /** Of a fact that of its record. */
  readonly id: string;
  /** The version of a fact that was found; null for a thing. */
  readonly version: string | null;
  /** Which of its texts was found, and that text as it stands. */
  readonly part: string;
  readonly matched: string;
  /** How near it is, in thousandths. */
  readonly score: number;
  /** What it is ordered by: `score`, the greatest first. */
  readonly place: number;
}

/** Everything that is found, as a table: one call of the function that searches, bounded whatever is asked. */
export function foundBy(query: SearchQuery, parameters: Parameters): string {
  const { text, types, crisis, knownAt, changeSet, validAt } = query;
  const given = [
    `${parameters.add(text)}::text`,
    `${parameters.add(types)}::text[]`,
    `${parameters.add(crisis)}::uuid`,
    `${parameters.add(knownAt)}::timestamptz`,
    `${parameters.add(changeSet)}::int`,
    `${parameters.add(validAt)}::int`,
  ];
  return `chancery_search(${given.join(", ")})`;
}

/** Reads a page of what is found, the nearest first, or read backwards the farthest. One statement. */
export async function selectFound(
  pool: pg.Pool,
  query: SearchQuery,
  { backwards, after, limit }: SearchPage,
): Promise<Found[]> {
  const parameters = new Parameters();
  const text = writeFound(query, { backwards, after, limit }, parameters);
  const { rows } = await pool.query<Found>(text, parameters.values);
  return rows;
}

/** Writes the statement of `selectFound`, whose values become parameters. */
export function writeFound(
  query: SearchQuery,
  { backwards, after, limit }: SearchPage,
  parameters: Parameters,
): string {
  const [sign, direction] = backwards ? ["<", "desc"] : [">", "asc"];
  const found = `select f.*, -f."score" "place" from ${foundBy(query, parameters)} f`;
  const beyond = after
    ? `where (f."place", f."id") ${sign} (${parameters.add(after[0])}::int, ${parameters.add(after[1])}::uuid)`
    : "";
  return `select f."type", f."id", f."version", f."part", f."matched", f."score", f."place"
    from (${found}) f ${beyond} order by f."place" ${direction}, f."id" ${direction} limit ${Math.trunc(limit)}`;
}

/** How much is found in all, and whether there was more than is ranked. */
export async function countFound(pool: pg.Pool, query: SearchQuery): Promise<{ count: number; capped: boolean }> {
  const parameters = new Parameters();
  const text = writeFoundCount(query, parameters);
  const { rows } = await pool.query<{ count: number; capped: boolean }>(text, parameters.values);
  return rows[0] ?? { count: 0, capped: false };
}

/** Writes the statement of `countFound`, whose values become parameters. */
export function writeFoundCount(query: SearchQuery, parameters: Parameters): string {
  return `select count(*)::int "count", coalesce(bool_or(f."broad"), false) "capped" from ${foundBy(query, parameters)} f`;
}
