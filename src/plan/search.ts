import { writeFound, writeFoundCount } from "../db/sql/search.ts";
import { expectScope } from "../graph/page.ts";
import { askSearch, type SearchArgs, type SearchAsked } from "../graph/search.ts";
import { typeOfKind } from "../values/kind-name.ts";
import { headExpression } from "./cursor.ts";
import { expression, orNull, quotedJson, type Json } from "./json.ts";
import { planMembers } from "./member.ts";
import { matchId, planOfType } from "./node.ts";
import { planPages } from "./page.ts";
import { Unplanned, type Field, type KnownMoment, type Planning } from "./planning.ts";
import { sql, type Run } from "./run.ts";
import { floatText } from "./value.ts";

/** Plans what has some words in one of its texts. */
export function planSearch(planning: Planning, field: Field, moment: KnownMoment): Json {
  const args = planning.args(field);
  const asked = planning.once((run): SearchAsked => {
    const read = askSearch(args(run) as unknown as SearchArgs, moment.of(run));
    expectScope(read.page, read.scope);
    return read;
  });
  planning.check(asked);
  const found = `f${planning.next()}`;
  const node = (each: Field): Json => {
    const ofType = planning.later((type) =>
      planOfType(planning, each, { type, moment, match: matchId(type, `${found}."id"`) }),
    );
    // Only what may be found is planned for.
    return orNull((run) => {
      const cases = asked(run).query.types.map((sort) => ` when '${sort}' then ${ofType(typeOfKind(sort), run)}`);
      return cases.length === 0 ? "null" : `case ${found}."type"${cases.join("")} end`;
    }, each.nullable);
  };
  const member = (hit: Field): Json =>
    planMembers(planning, hit, {
      node,
      part: () => quotedJson(`${found}."part"`),
      matched: () => expression(`to_json(${found}."matched")::text`),
      score: () => expression("(", floatText(`(${found}."score"::float8 / 1000)`), ")"),
    });
  const counted = (column: string) => (run: Run) =>
    `(select ${column}::text from (${writeFoundCount(asked(run).query, run.parameters)}) c)`;
  return planPages(planning, field, {
    page: (run) => asked(run).page,
    head: planning.once((run) => headExpression(run, asked(run).scope)),
    isBelow: false,
    keys: () => `'[' || ${found}."place" || ',"' || ${found}."id" || '"]'`,
    rows: (extra) =>
      sql((run) => {
        const { query, page } = asked(run);
        const wanted = { backwards: page.backwards, after: page.keys, limit: page.size + (extra ? 1 : 0) };
        return `from (${writeFound(query, wanted, run.parameters)}) ${found}`;
      }),
    node: member,
    all: [],
    counted: { totalCount: [counted(`c."count"`)], totalCountCapped: [counted(`c."capped"`)] },
    facet: (each) => {
      throw new Unplanned(`${each.parent.name}.${each.name}`);
    },
  });
}
