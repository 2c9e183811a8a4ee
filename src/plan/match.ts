import { writeCandidates } from "../db/sql/match.ts";
import { seenIn } from "../graph/load.ts";
import { askMatch, type MatchArgs } from "../graph/match.ts";
import { expression, joined, listOf, orNull, type Json } from "./json.ts";
import { every } from "./link.ts";
import { planMembers } from "./member.ts";
import type { Field, KnownMoment, Planning, Row } from "./planning.ts";
import { bareTableOf, columnAt, condition } from "./row.ts";
import { sql, type Run } from "./run.ts";
import { floatText } from "./value.ts";

/** Plans the actors that each of some names may mean. */
export function planMatch(planning: Planning, field: Field, moment: KnownMoment): Json {
  const args = planning.args(field);
  const asked = planning.once((run) => askMatch(args(run) as unknown as MatchArgs));
  planning.check(asked);
  const n = planning.next();
  const [name, candidate, all] = [`q${n}`, `c${n}`, `m${n}`];
  const { scope, from } = bareTableOf(planning, "Actor", moment);
  const seen = condition(moment, (view) => seenIn("Actor", view), scope);
  const actor: Row = { scope, types: [], moment, asked: null };
  const member = (each: Field): Json =>
    planMembers(planning, each, {
      actor: (one) => planning.object(one, { ...actor, types: planning.types(one) }),
      matched: () => orNull(`to_json(${candidate}."matched")::text`, true),
      score: () => expression("(", floatText(`(${candidate}."score"::float8 / 1000)`), ")"),
      reasons: () => expression(`to_json(${candidate}."reasons")::text`),
    });
  const object = planMembers(planning, field, {
    name: () => expression(`to_json(${name}.name)::text`),
    candidates: (each) => {
      const isOf = `${candidate}."name" = ${name}.n`;
      const tables = sql(` from ${all} ${candidate} join `, from, ` on ${columnAt(actor, "id")} = ${candidate}."id"`);
      const order = `${candidate}."score" desc, ${candidate}."id"`;
      return listOf("select string_agg(", joined(member(each)), `, ',' order by ${order})`, tables, every(isOf, seen));
    },
  });
  const candidates = (run: Run) => {
    const { names, first } = asked(run);
    const wanted = { changeSet: moment.of(run).changeSet, limit: first };
    return `with ${all} as materialized (${writeCandidates(names, wanted, run.parameters)}) `;
  };
  const given = (run: Run) =>
    run.add(
      asked(run).names.map(({ name: words }) => words),
      "text[]",
    );
  const rows = sql(
    joined(object),
    `, ',' order by ${name}.n) from unnest(`,
    given,
    `) with ordinality ${name}(name, n)`,
  );
  return listOf(candidates, "select string_agg(", rows);
}
