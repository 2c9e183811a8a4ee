import type pg from "pg";
import { modelMeaning } from "../meaning.ts";
import { Parameters } from "./parameters.ts";
import { quote } from "./where.ts";

/** A change of the record, as the log has it. */
export interface LoggedChange {
  readonly place: number;
  readonly changeSet: number;
  /** The hash of that change set. */
  readonly hash: string;
  readonly change: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly versionId: string | null;
  readonly crisisId: string | null;
}

/** The row of a model with this key, if it is among `ids`, where they are given. */
export interface Keyed {
  readonly model: string;
  readonly key: string;
  readonly ids: readonly string[] | undefined;
}

/**
 * Which changes are asked for: each list that is given holds what will do, and all of them are to hold. Things are named
 * by their ids, or where `Named` says so, by a key that they have now.
 */
export interface ChangeFilter<Named extends readonly string[] | Keyed = readonly string[]> {
  readonly changes?: readonly string[];
  readonly kinds?: readonly string[];
  readonly crises?: Named;
  /** Lists of things, by one of each of which a change is concerned. */
  readonly concerns?: readonly Named[];
}

/** One whose keys need not have been looked up. */
export type AskedFilter = ChangeFilter<readonly string[] | Keyed>;

/** A stretch of the log: beyond a place, which is not itself read, upwards or downwards, and how far. */
export interface LogStretch {
  readonly after?: number | undefined;
  readonly backwards?: boolean;
  readonly limit: number;
}

/** What the log is read by: the index of one condition, so that its order is had without sorting. */
interface Path {
  readonly from: string;
  readonly place: string;
  readonly condition: string;
  readonly values: readonly string[] | Keyed;
  readonly type: string;
}

function pathsOf({ changes, kinds, crises, concerns = [] }: AskedFilter): Path[] {
  const log = `"change" l`;
  const by = (column: string, type: string, values: Path["values"] | undefined): Path[] =>
    values ? [{ from: log, place: `l."place"`, condition: `l."${column}" =`, values, type }] : [];
  const [first] = concerns;
  const concerned = `"change_concern" g join ${log} on l."place" = g."place"`;
  return [
    ...(first
      ? [{ from: concerned, place: `g."place"`, condition: `g."thing_id" =`, values: first, type: "uuid" }]
      : []),
    ...by("crisis_id", "uuid", crises),
    ...by("kind", "text", kinds),
    ...by("change", "change_kind", changes),
  ];
}

/** The expression of an array of values of a type, or of the id of what is named by its key. */
function arrayOf(values: Path["values"], type: string, parameters: Parameters): string {
  if (!("key" in values)) return `${parameters.add([...values])}::${type}[]`;
  const { model, key, ids } = values;
  const among = ids ? ` and "id" = any(${parameters.add([...ids])}::uuid[])` : "";
  return `array(select "id" from ${quote(modelMeaning(model).table)} where "key" = ${parameters.add(key)}${among})`;
}

/**
 * Writes a query of a stretch of the log in its order (downwards where it is read backwards): the changes for which the
 * filter holds, each once, with the hashes of their change sets. It follows an index from the place on.
 */
export function writeLog(
  filter: AskedFilter,
  { after, backwards = false, limit }: LogStretch,
  parameters: Parameters,
): string {
  const order = backwards ? "desc" : "asc";
  const [path, ...others] = pathsOf(filter);
  const place = path?.place ?? `l."place"`;
  const conditions = [
    ...(path ? [`${path.condition} v.v`] : []),
    ...(after === undefined ? [] : [`${place} ${backwards ? "<" : ">"} ${parameters.add(after)}::int`]),
    ...others.map(({ condition, values, type }) => `${condition} any(${arrayOf(values, type, parameters)})`),
    ...(filter.concerns ?? [])
      .slice(1)
      .map(
        (things) =>
          `exists (select 1 from "change_concern" c where c."place" = l."place" and c."thing_id" = any(${arrayOf(things, "uuid", parameters)}))`,
      ),
  ];
  const stretch = `select l.* from ${path?.from ?? `"change" l`} where ${conditions.join(" and ") || "true"}
    order by ${place} ${order} limit ${Math.trunc(limit)}`;
  const found = path
    ? `(select distinct x.* from unnest(${arrayOf(path.values, path.type, parameters)}) v(v) cross join lateral (${stretch}) x)`
    : `(${stretch})`;
  return `select x.*, s."hash" from ${found} x join "change_set" s on s."number" = x."change_set_number"
    order by x."place" ${order} limit ${Math.trunc(limit)}`;
}

/** Reads a stretch of the log, in its order; downwards where it is read backwards. One statement. */
export async function selectLog(pool: pg.Pool, filter: ChangeFilter, stretch: LogStretch): Promise<LoggedChange[]> {
  const parameters = new Parameters();
  const written = writeLog(filter, stretch, parameters);
  const { rows } = await pool.query<LoggedChange>(
    `select "place", "change_set_number" as "changeSet", "hash", "change"::text, "kind", "subject_id" as "subjectId",
      "version_id" as "versionId", "crisis_id" as "crisisId" from (${written}) c order by "place" ${stretch.backwards ? "desc" : "asc"}`,
    parameters.values,
  );
  return rows;
}

/** The last change of the log, as it stands; undefined where nothing was ever changed. */
export async function selectLastChange(pool: pg.Pool): Promise<LoggedChange | undefined> {
  return (await selectLog(pool, {}, { backwards: true, limit: 1 }))[0];
}

/** The things that each of some changes concerns, by place. */
export async function selectConcerns(pool: pg.Pool, places: readonly number[]): Promise<Map<number, Set<string>>> {
  const { rows } = await pool.query<{ place: number; things: string[] }>(
    `select "place", array_agg("thing_id"::text) as "things" from "change_concern" where "place" = any($1::int[]) group by "place"`,
    [places],
  );
  return new Map(rows.map(({ place, things }) => [place, new Set(things)]));
}
