import { writeChanges } from "../db/sql/delta.ts";
import { askDelta, type DeltaArgs, type DeltaAsked } from "../graph/delta.ts";
import { expectScope } from "../graph/page.ts";
import { openView } from "../record/view.ts";
import { headExpression } from "./cursor.ts";
import { expression, orNull, quotedJson, type Json } from "./json.ts";
import { planMembers } from "./member.ts";
import { planPages } from "./page.ts";
import { Unplanned, type Field, type Planning } from "./planning.ts";
import { sql, type Run } from "./run.ts";
import { planVersion } from "./thing.ts";

/** Plans what the record gained, lost or changed between two moments. */
export function planDelta(planning: Planning, field: Field): Json {
  const args = planning.args(field);
  const [from, to] = (["from", "to"] as const).map((end) =>
    planning.open((run, db) => {
      const given = args(run) as unknown as DeltaArgs;
      return openView(db, { knownAt: given[end], knownBy: given.by });
    }),
  );
  if (!from || !to) throw new Error("a moment is missing");
  const asked = planning.once((run): DeltaAsked => {
    const read = askDelta(args(run) as unknown as DeltaArgs, from.of(run), to.of(run));
    expectScope(read.page, read.scope);
    return read;
  });
  planning.check(asked);
  const changes = (limit: (asked: DeltaAsked) => object) => (run: Run) =>
    writeChanges({ ...asked(run).query, ...limit(asked(run)) }, run.parameters);
  const table = `d${planning.next()}`;
  const version = (each: Field, end: typeof from, id: string) =>
    planVersion(planning, each, { id: `${table}."${id}"`, moment: end, asked: null });
  const change = `case when ${table}."beforeId" is null then 'GAINED' when ${table}."afterId" is null then 'LOST' else 'CHANGED' end`;
  const member = (node: Field): Json =>
    planMembers(planning, node, {
      change: () => quotedJson(change),
      key: () => expression(`to_json(${table}."key")::text`),
      assertionKind: () => quotedJson(`${table}."kind"`),
      before: (each) => version(each, from, "beforeId"),
      after: (each) => version(each, to, "afterId"),
      changedFields: () => orNull(`to_json(${table}."changedFields")::text`, false),
    });
  return planPages(planning, field, {
    page: (run) => asked(run).page,
    head: planning.once((run) => headExpression(run, asked(run).scope)),
    isBelow: false,
    keys: () => `'[' || ${table}."sortDay" || ',"' || ${table}."recordId" || '"]'`,
    rows: (extra) =>
      sql(
        "from (",
        changes(({ page }) => (extra ? {} : { limit: page.size })),
        `) ${table}`,
      ),
    node: member,
    all: sql(
      "from (",
      changes(() => ({ after: undefined, limit: 10_001 })),
      `) ${table}`,
    ),
    facet: (each) => {
      throw new Unplanned(`${each.parent.name}.${each.name}`);
    },
  });
}
