import type pg from "pg";
import { contentJsonOf } from "./content.ts";
import { Parameters } from "./parameters.ts";
import { compileWhere, type Where } from "./where.ts";

/** One of the two moments between which the record is compared. */
export interface Moment {
  /** On the clock of reports an instant, on that of recording the number of a change set. */
  readonly at: Date | number;
  /** Which versions, and which documents, are known then. */
  readonly known: Where;
  readonly documents: Where;
  /** Which versions are asked for. */
  readonly filter: Where;
}

/** What to compare, and which page of the answer to read. */
export interface DeltaQuery {
  readonly from: Moment;
  readonly to: Moment;
  readonly descending: boolean;
  /** The keys, `sortDay` and `recordId`, to go on after. */
  readonly after?: readonly (string | number | null)[] | undefined;
  readonly limit: number;
}

/** A record that the two moments show differently. */
export interface Change {
  readonly recordId: string;
  readonly key: string;
  readonly kind: string;
  /** The versions known at either moment; null where none was. */
  readonly beforeId: string | null;
  readonly afterId: string | null;
  /** Where both were: what they say differently, by the names of the graph. */
  readonly changedFields: readonly string[];
  readonly sortDay: number;
}

/**
 * Reads a page of what the record gained, lost or changed between two moments, in the order of the days it is about.
 * Only records that something befell in between are looked at, and what they say is compared page by page.
 */
export async function selectChanges(pool: pg.Pool, query: DeltaQuery): Promise<Change[]> {
  const parameters = new Parameters();
  const { rows } = await pool.query<Change>(writeChanges(query, parameters), parameters.values);
  return rows;
}

/** How many changes there are in all, counted up to `limit`. */
export async function countChanges(pool: pg.Pool, query: DeltaQuery): Promise<number> {
  const parameters = new Parameters();
  const text = `select count(*)::int as "count" from (${writeChanges(query, parameters)}) counted`;
  const { rows } = await pool.query<{ count: number }>(text, parameters.values);
  return rows[0]?.count ?? 0;
}

/** Writes the statement of `selectChanges`, whose values become parameters. */
export function writeChanges({ from, to, descending, after, limit }: DeltaQuery, parameters: Parameters): string {
  const direction = descending ? "desc" : "asc";
  const order = (alias: string) => `${alias}."sortDay" ${direction}, ${alias}."recordId" ${direction}`;
  const version = (moment: Moment, alias: string) => {
    const known = compileWhere(moment.known, { model: "Assertion", alias }, parameters);
    return `left join "assertion" ${alias} on ${alias}."record_id" = t."record_id" and ${known}`;
  };
  const asked = (moment: Moment, alias: string) =>
    parameters.looking(
      moment.at instanceof Date ? null : moment.at,
      () =>
        `(${alias}."id" is not null and (${compileWhere(moment.filter, { model: "Assertion", alias }, parameters)}))`,
    );
  const content = (moment: Moment, alias: string) =>
    contentJsonOf(alias, compileWhere(moment.documents, { model: "Document", alias: "d" }, parameters));
  const day = `coalesce(a."sort_day", b."sort_day")`;
  const beyond = after
    ? `and (${day}, t."record_id") ${descending ? "<" : ">"} (${parameters.add(after[0])}::int, ${parameters.add(after[1])}::uuid)`
    : "";
  return `select p."recordId", r."key", r."kind"::text "kind", p."beforeId", p."afterId", p."sortDay", coalesce(f."fields", '{}') "changedFields"
    from (select t."record_id" "recordId", b."id" "beforeId", a."id" "afterId", ${day} "sortDay"
      from (${touched(from, to, parameters)}) t ${version(from, "b")} ${version(to, "a")}
      where (${asked(from, "b")} or ${asked(to, "a")}) ${beyond}
      order by 4 ${direction}, 1 ${direction} offset 0) p
    join "record" r on r."id" = p."recordId"
    left join lateral (select array_agg(o."key" order by o."key") "fields"
      from "assertion" b, "assertion" a, lateral jsonb_each(${content(from, "b")}) o
      where b."id" = p."beforeId" and a."id" = p."afterId" and o."value" is distinct from (${content(to, "a")}) -> o."key") f on true
    where p."beforeId" is null or p."afterId" is null or f."fields" is not null
    order by ${order("p")} limit ${Math.trunc(limit)}`;
}

/** The records that something befell after one moment and until the other: a version, an end, or further evidence. */
function touched(from: Moment, to: Moment, parameters: Parameters): string {
  const byReport = from.at instanceof Date;
  const type = byReport ? "timestamptz" : "int";
  const [first, last] = [from.at, to.at].map((at) => `${parameters.add(at)}::${type}`);
  const between = (column: string) => `${column} > ${first} and ${column} <= ${last}`;
  const clock = byReport ? "reported" : "recorded";
  const held = byReport ? `and v."recorded_to" is null` : "";
  const bounds = ["from", "to"].map(
    (end) => `select v."record_id" from "assertion" v where ${between(`v."${clock}_${end}"`)} ${held}`,
  );
  const evidence = `select v."record_id" from "document" d join "capture" c on c."document_id" = d."id"
    join "passage" s on s."capture_id" = c."id" join "evidence" e on e."passage_id" = s."id"
    join "assertion" v on v."id" = e."assertion_id" where ${between(`d."reported_from"`)} ${held}`;
  return [...bounds, ...(byReport ? [evidence] : [])].join(" union ");
}
