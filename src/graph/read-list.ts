import type { GraphQLResolveInfo } from "graphql";
import { countByField, type Facet } from "../db/sql/facet.ts";
import { countRows, selectRows, selectRowsByParent, type Keys, type ListQuery, type Row } from "../db/sql/page.ts";
import type { Where } from "../db/sql/where.ts";
import { canonicalJson } from "../values/json.ts";
import { viewOf, type GraphContext } from "./context.ts";
import { askList, isFact, keysOf, scopeAt, scopeBelow, type ListArgs, type ListSpec } from "./list.ts";
import { withDetails } from "./load.ts";
import { cursorOf, cutPage, expectScope } from "./page.ts";
import { shown, type Shown } from "./row.ts";

/** A page of a list as it was read; the count is read when it is asked for. */
export interface Connection {
  readonly rows: readonly Shown[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly cursor: (row: Shown) => string;
  readonly count: () => Promise<{ count: number; capped: boolean }>;
  readonly facet: (field: string, byMonth: boolean) => Promise<readonly Facet[]>;
}

const countCap = 10_000;

/** Reads a page of a list under a parent. Parents of one level that ask alike are answered by one statement. */
export async function readList(
  spec: ListSpec,
  parent: Shown,
  args: ListArgs,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Connection> {
  const { asked, page, order, where, query, ...told } = askList(spec, args, viewOf(context, info));
  const asking = scopeAt(told);
  const keys = spec.parent && keysOf(spec.parent, parent);
  const scope = scopeBelow(asking, keys);
  expectScope(page, scope);
  const rows = await readRows(context, query, keys, `${asking} ${canonicalJson(page)}`);
  const cut = cutPage(rows, page);
  const whole = { context, model: spec.model, where, keys, asking, asOf: told.view.changeSet };
  return {
    ...cut,
    rows: (await complete(context, spec, cut.rows)).map((row) => shown(shownModel(spec), row, asked)),
    cursor: (row) => cursorOf(row, order, scope),
    count: () => readCount(whole),
    facet: (field, byMonth) => readFacet(whole, field, byMonth),
  };
}

function shownModel({ model }: ListSpec): string {
  return isFact(model) ? "Assertion" : model;
}

function complete(context: GraphContext, { model }: ListSpec, rows: readonly Row[]): Promise<Row[]> | Row[] {
  return model === "Assertion" || model === "Concern" ? withDetails(context, rows) : [...rows];
}

function readRows(
  { db, loaders }: GraphContext,
  query: ListQuery,
  keys: Keys | undefined,
  name: string,
): Promise<Row[]> {
  if (!keys) return selectRows(db.pool, query);
  const load = (parents: readonly Keys[]) => selectRowsByParent(db.pool, query, parents);
  return loaders.get<Keys, Row[]>(name, load).load(keys);
}

interface WholeList {
  readonly context: GraphContext;
  readonly model: string;
  readonly where: Where;
  readonly keys: Keys | undefined;
  readonly asking: string;
  readonly asOf: number | null;
}

async function readCount({ context: { db, loaders }, model, where, keys, asking, asOf }: WholeList) {
  const query = { model, where, cap: countCap + 1, asOf };
  const count = keys
    ? await loaders.get<Keys, number>(`count ${asking}`, (parents) => countRows(db.pool, query, parents)).load(keys)
    : ((await countRows(db.pool, query))[0] ?? 0);
  return { count: Math.min(count, countCap), capped: count > countCap };
}

async function readFacet(list: WholeList, field: string, byMonth: boolean): Promise<readonly Facet[]> {
  const { db, loaders } = list.context;
  const query = { model: list.model, where: list.where, field, byMonth, asOf: list.asOf };
  if (!list.keys) return (await countByField(db.pool, query))[0] ?? [];
  const load = (parents: readonly Keys[]) => countByField(db.pool, query, parents);
  return loaders.get<Keys, Facet[]>(`by ${field} ${byMonth} ${list.asking}`, load).load(list.keys);
}
