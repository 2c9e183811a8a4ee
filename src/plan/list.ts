import { modelMeaning } from "../db/meaning.ts";
import { listClauses, scopeOf } from "../db/sql/page.ts";
import type { Parameters } from "../db/sql/parameters.ts";
import { compileWhere } from "../db/sql/where.ts";
import { askList, scopeAt, type ListAsked, type ListSpec } from "../graph/list.ts";
import { expectScope } from "../graph/page.ts";
import { planFacet } from "./facet.ts";
import { headBelow, headExpression, keysExpression } from "./cursor.ts";
import type { Json } from "./json.ts";
import { keyOf } from "./key.ts";
import { planPages } from "./page.ts";
import type { Field, KnownMoment, Moment, Planning, Row } from "./planning.ts";
import { tablesOf } from "./row.ts";
import { sql, type Run } from "./run.ts";

/**
 * Plans a list that the schema offers as a Relay connection. `specOf` gives that of a request, where it is not the same
 * for all who ask.
 */
export function planConnection(
  planning: Planning,
  field: Field,
  spec: ListSpec,
  moment: KnownMoment,
  specOf: (run: Run) => ListSpec = () => spec,
): Json {
  const args = planning.args(field);
  const asked = planning.once((run) => {
    const read = askList(specOf(run), args(run), moment.of(run));
    expectScope(read.page, scopeAt(read));
    return read;
  });
  const head = planning.once((run) => headExpression(run, scopeAt(asked(run))));
  return planList(planning, field, spec, { moment, asked, head });
}

/** Plans one that hangs on a row. */
export function planConnectionBelow(planning: Planning, field: Field, spec: ListSpec, parent: Row): Json {
  const { moment } = parent;
  const args = planning.args(field);
  const asked = planning.once((run) => askList(spec, args(run), moment.of(run)));
  const keys = spec.parent?.map((each) => keyOf(parent, each));
  if (!keys) throw new Error(`${field.name} hangs on nothing of ${field.parent.name}`);
  const head = planning.once((run) => headBelow(run, asked(run), keys));
  return planList(planning, field, spec, { moment, asked, head, keys });
}

interface Listed {
  readonly moment: Moment;
  readonly asked: (run: Run) => ListAsked;
  readonly head: (run: Run) => string;
  /** The expressions of the keys of a parent. */
  readonly keys?: readonly string[];
}

function planList(planning: Planning, field: Field, spec: ListSpec, { moment, asked, head, keys }: Listed): Json {
  planning.check(asked);
  const scope = scopeOf(spec.model, planning.next());
  const rows = sql("from ", tablesOf(moment, scope), " ");
  const at = (compile: (asked: ListAsked, parameters: Parameters) => string) => (run: Run) =>
    run.parameters.looking(moment.of(run).changeSet, () =>
      run.parameters.below(keys, () => compile(asked(run), run.parameters)),
    );
  // What things concern is read off the assertions that it stands with.
  const shown = (spec.model === "Concern" ? scope.joined?.["version"] : undefined) ?? scope;
  const page = (extra: boolean) =>
    sql(
      rows,
      at(({ query, page: { size } }, parameters) =>
        listClauses({ ...query, limit: extra ? query.limit : size }, scope, parameters),
      ),
    );
  const hasId = "id" in modelMeaning(spec.model).fields;
  const among = !keys && hasId ? { among: sql(`select ${scope.alias}."id" `, page(true)) } : {};
  return planPages(planning, field, {
    page: (run) => asked(run).page,
    head,
    isBelow: keys !== undefined,
    keys: (run) => keysExpression(scope, asked(run).order),
    rows: page,
    node: (nodes) =>
      planning.object(nodes, {
        scope: shown,
        types: planning.types(nodes),
        moment,
        asked: (run) => asked(run).asked,
        ...among,
      }),
    all: sql(
      rows,
      "where ",
      at(({ where }, parameters) => compileWhere(where, scope, parameters)),
    ),
    facet: (facet, all) => planFacet(planning, facet, scope, all),
  });
}
