import { listClauses, scopeOf } from "../db/sql/page.ts";
import { compileWhere, type Parameters } from "../db/sql/where.ts";
import { askList, type ListAsked, type ListSpec } from "../graph/list.ts";
import { expectScope } from "../graph/page.ts";
import { planFacet } from "./facet.ts";
import { headExpression, keysExpression } from "./cursor.ts";
import type { Json } from "./json.ts";
import { keyOf } from "./key.ts";
import { planPages } from "./page.ts";
import type { Field, Moment, Planning, Row } from "./planning.ts";
import { tablesOf } from "./row.ts";
import { sql, type Run } from "./run.ts";

/** Plans a list that the schema offers as a Relay connection, of all or below a parent. */
export function planConnection(planning: Planning, field: Field, spec: ListSpec, moment: Moment, parent?: Row): Json {
  const args = planning.args(field);
  const keys = parent && spec.parent?.map((each) => keyOf(parent, each));
  const asked = planning.once((run): ListAsked => {
    const read = askList(spec, args(run), moment.of(run));
    if (!keys) expectScope(read.page, read.asking);
    return read;
  });
  planning.check(asked);
  const scope = scopeOf(spec.model, planning.next());
  const rows = sql("from ", tablesOf(moment, scope), " ");
  const at = (compile: (asked: ListAsked, parameters: Parameters) => string) => (run: Run) =>
    run.parameters.looking(moment.of(run).changeSet, () =>
      run.parameters.below(keys, () => compile(asked(run), run.parameters)),
    );
  // What things concern is read off the assertions that it stands with.
  const shown = (spec.model === "Concern" ? scope.joined?.["version"] : undefined) ?? scope;
  return planPages(planning, field, {
    page: (run) => asked(run).page,
    head: planning.once((run) => headExpression(run, asked(run).asking, keys)),
    isBelow: keys !== undefined,
    keys: (run) => keysExpression(scope, asked(run).order),
    rows: (extra) =>
      sql(
        rows,
        at(({ query, page }, parameters) =>
          listClauses({ ...query, limit: extra ? query.limit : page.size }, scope, parameters),
        ),
      ),
    node: (nodes) =>
      planning.object(nodes, {
        scope: shown,
        types: planning.types(nodes),
        moment,
        asked: (run) => asked(run).asked,
      }),
    all: sql(
      rows,
      "where ",
      at(({ where }, parameters) => compileWhere(where, scope, parameters)),
    ),
    facet: (facet, all) => planFacet(planning, facet, scope, all),
  });
}
