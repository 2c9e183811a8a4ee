import { ownColumn, scopeOf } from "../db/sql/page.ts";
import { compileWhere } from "../db/sql/where.ts";
import { actorTypes } from "../graph/actor.ts";
import { uuidOf } from "../graph/node.ts";
import { standingIn } from "../graph/recognition-by-stance.ts";
import { expression, joined, listOf, quotedJson, type Json } from "./json.ts";
import { equal, planSingle } from "./link.ts";
import { planMembers } from "./member.ts";
import type { Field, Planning, Row } from "./planning.ts";
import { askedAt, columnAt, tablesOf } from "./row.ts";
import { sql, type Run } from "./run.ts";
import { planThings } from "./thing.ts";

/** Plans who stands where towards the claimants of an office: each claimant and stance once, in the order of the stances. */
export function planStanceGroups(planning: Planning, field: Field, row: Row): Json {
  const args = planning.args(field);
  const { moment } = row;
  const scope = scopeOf("Recognition", planning.next());
  const group = `g${planning.next()}`;
  const standing = planning.once((run) => {
    const { validAt, claimant } = args(run) as { validAt?: number | null; claimant?: string | null };
    const asked = validAt == null ? (askedAt(moment)?.(run) ?? null) : { from: validAt, to: validAt };
    return standingIn(moment.of(run), asked, claimant == null ? null : uuidOf(claimant, actorTypes));
  });
  planning.check(standing);
  const keys = [columnAt(row, "id")];
  const compile = (run: Run) => run.parameters.below(keys, () => compileWhere(standing(run), scope, run.parameters));
  const object = planMembers(planning, field, {
    claimant: (each) => {
      const match = equal("id", `${group}."claimant"`);
      return planSingle(planning, each, { model: "Actor", types: planning.types(each), moment, match });
    },
    stance: () => quotedJson(`${group}."stance"`),
    count: () => expression(`cardinality(${group}."actors")::text`),
    actors: (each) => planThings(planning, each, { model: "Actor", moment, ids: `${group}."actors"` }),
  });
  const column = (name: string) => ownColumn(scope, name);
  const told = sql(
    `select ${column("claimantId")} c, ${column("stance")} s, ${column("recogniserId")} a, `,
    `row_number() over (order by ${column("sortDay")}, ${column("id")}) n from `,
    tablesOf(moment, scope),
    " where ",
    compile,
  );
  const once = sql("select c, s, a, min(n) n from (", told, ") t group by c, s, a");
  const groups = sql(
    `select c "claimant", s "stance", array_agg(a order by n) "actors", min(n) n from (`,
    once,
    ") t group by c, s",
  );
  const order = ` order by ${group}."stance", ${group}.n`;
  return listOf("select string_agg(", joined(object), `, ','${order}) from (`, groups, `) ${group}`);
}
