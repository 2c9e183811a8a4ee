import type { PageRequest } from "../graph/page.ts";
import { cursorExpression } from "./cursor.ts";
import { expression, joined, listOf, missingText, orNull, separated, text, type Json } from "./json.ts";
import type { Field, Planning } from "./planning.ts";
import { sql, type Piece, type Run, type Sql } from "./run.ts";

/** How the pages of a list are read. */
export interface Pages {
  readonly page: (run: Run) => PageRequest;
  /** What the list's cursors begin with. */
  readonly head: (run: Run) => string;
  /** Whether the list hangs on a row, so that only the statement can tell whose cursor one is. */
  readonly isBelow: boolean;
  /** The keys of a row, as a cursor carries them. */
  readonly keys: (run: Run) => string;
  /** From `from` to `limit`: the rows of the page, in order, or in reverse for a page read backwards, and perhaps one more. */
  readonly rows: (extra: boolean) => Sql;
  readonly node: (field: Field) => Json;
  /** From `from` to `where`: the whole list. */
  readonly all: Sql;
  /** The counts, where they are not those of `all` up to as many as are counted. */
  readonly counted?: Readonly<Record<"totalCount" | "totalCountCapped", Sql>>;
  readonly facet: (field: Field, all: Sql) => Json;
}

/** As many entries as are counted. */
const countCap = 10_000;

/** Plans what is selected of a connection. */
export function planPages(planning: Planning, field: Field, pages: Pages): Json {
  const selected = planning.fields(field);
  const read = selected.filter(({ name }) => ["nodes", "edges", "pageInfo"].includes(name));
  const rows = read.filter(({ name }) => name !== "pageInfo");
  const alone = read.length === 1 && rows.length === 1;
  const members = selected.map((each): Json => {
    const at = rows.indexOf(each);
    const value =
      at >= 0 ? (alone ? planAlone(planning, each, pages) : slice(pages, at)) : planMember(planning, each, pages);
    return [...text(`"${each.key}":`), ...value];
  });
  const object: Json = [...text("{"), ...separated(members), ...text("}"), ...planCheck(pages)];
  if (read.length === 0 || alone) return object;
  const entries = rows.map((each, i) => sql(joined(planEntry(planning, each, pages)), ` j${i}, `));
  const inner = sql("select ", ...entries, pages.keys, " k ", pages.rows(true));
  const gathered = [...rows.map((_, i) => `array_agg(x.j${i}) j${i}, `), "array_agg(x.k) k, count(*)::int n"];
  return expression("(select ", joined(object), " from (select ", ...gathered, " from (", inner, ") x) p)");
}

/** The entries of a page of which nothing else is asked. */
function planAlone(planning: Planning, field: Field, pages: Pages): Json {
  const row = sql("(select ", joined(planEntry(planning, field, pages)), " j ", pages.rows(false), ") x");
  const ifBackwards =
    (text: string): Piece =>
    (run) =>
      pages.page(run).backwards ? text : "";
  // Read backwards, they come in reverse.
  return listOf(
    "select string_agg(x.j, ','",
    ifBackwards(" order by x.n desc"),
    ") from ",
    ifBackwards("(select x.j, row_number() over () n from "),
    row,
    ifBackwards(") x"),
  );
}

/** The entries of a page out of those that were gathered. */
function slice(pages: Pages, at: number): Json {
  return [
    ...text("["),
    ...expression((run) => {
      const { size, backwards } = pages.page(run);
      const entries = `p.j${at}[1:${size}]`;
      if (!backwards) return `coalesce(array_to_string(${entries}, ','), '')`;
      return `coalesce((select string_agg(u.e, ',' order by u.o desc) from unnest(${entries}) with ordinality u(e, o)), '')`;
    }),
    ...text("]"),
  ];
}

/** An entry of a page: the node, or the edge that leads to it. */
function planEntry(planning: Planning, field: Field, pages: Pages): Json {
  if (field.name === "nodes") return pages.node(field);
  const members = planning.fields(field).map((each): Json => {
    const value = (): Json => {
      if (each.name === "node") return pages.node(each);
      if (each.name === "cursor") return quoted((run) => cursorExpression(pages.head(run), pages.keys(run)));
      return text(`"${each.parent.name}"`);
    };
    return [...text(`"${each.key}":`), ...value()];
  });
  return [...text("{"), ...separated(members), ...text("}")];
}

function quoted(word: Piece): Json {
  return [...text('"'), ...orNull(word, false), ...text('"')];
}

function planMember(planning: Planning, field: Field, pages: Pages): Json {
  if (pages.counted && (field.name === "totalCount" || field.name === "totalCountCapped")) {
    return expression(pages.counted[field.name]);
  }
  const counted = sql("(select count(*) from (select 1 ", pages.all, ` limit ${countCap + 1}) c)`);
  if (field.name === "totalCount") return expression("least(", counted, `, ${countCap})::text`);
  if (field.name === "totalCountCapped") return expression("(", counted, ` > ${countCap})::text`);
  if (field.name === "pageInfo") return planPageInfo(planning, field, pages);
  if (field.name === "__typename") return text(`"${field.parent.name}"`);
  return pages.facet(field, pages.all);
}

function planPageInfo(planning: Planning, field: Field, pages: Pages): Json {
  const more = (forwards: boolean) =>
    expression((run) => {
      const { size, backwards, keys } = pages.page(run);
      return backwards === forwards ? `'${keys !== undefined}'` : `(p.n > ${size})::text`;
    });
  const cursor = (start: boolean) =>
    orNull((run) => {
      const { size, backwards } = pages.page(run);
      const at = start === backwards ? `least(p.n, ${size})` : "1";
      return `case when p.n = 0 then 'null' else '"' || ${cursorExpression(pages.head(run), `p.k[${at}]`)} || '"' end`;
    }, false);
  const members = planning.fields(field).map(({ key, name, parent }): Json => {
    const value = (): Json => {
      if (name === "hasNextPage") return more(true);
      if (name === "hasPreviousPage") return more(false);
      if (name === "startCursor") return cursor(true);
      if (name === "endCursor") return cursor(false);
      return text(`"${parent.name}"`);
    };
    return [...text(`"${key}":`), ...value()];
  });
  return [...text("{"), ...separated(members), ...text("}")];
}

/** Nothing, unless the page goes on from a cursor of another list. */
function planCheck({ page, head, isBelow }: Pages): Json {
  if (!isBelow) return [];
  return expression((run) => {
    const began = page(run).head;
    return began === undefined
      ? "''"
      : `case when ${head(run)} = ${run.add(Buffer.from(began, "hex"), "bytea")} then '' else ${missingText} end`;
  });
}
