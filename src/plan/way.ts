import { actorTypes } from "../graph/actor.ts";
import { seenIn } from "../graph/load.ts";
import { expectSteps, mostTies, tieKinds } from "../graph/network.ts";
import { uuidOf } from "../graph/node.ts";
import { decodeId } from "../values/ids.ts";
import { joined, orNull, type Json } from "./json.ts";
import { every } from "./link.ts";
import type { Field, Moment, Planning, Row } from "./planning.ts";
import { bareTableOf, columnAt, condition } from "./row.ts";
import { sql, type Run, type Sql } from "./run.ts";
import { planTied, tiesFrom } from "./tie.ts";

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly maxDepth: number;
  readonly through?: readonly string[] | null;
}

/** Plans a shortest way from one actor to another: step by step until the other is met, and then back. */
export function planWay(planning: Planning, field: Field, moment: Moment): Json {
  const args = planning.args(field);
  const n = planning.next();
  const asked = planning.once((run) => {
    const given = args(run) as unknown as Asked;
    expectSteps(given.maxDepth);
    for (const end of [given.from, given.to]) uuidOf(end, actorTypes);
    return given;
  });
  planning.check(asked);
  const end = (name: "from" | "to") => planning.once((run) => run.add(uuidOf(asked(run)[name], actorTypes), "uuid"));
  const [from, to] = [end("from"), end("to")];
  const each = (run: Run, write: (k: number) => string) =>
    Array.from({ length: asked(run).maxDepth }, (_, i) => write(i + 1));
  const last = (run: Run) => `m${asked(run).maxDepth}_${n}`;
  const none = `null::uuid "prev", null::uuid "fromId", null::uuid "toId", null::text "through", null::uuid "versionId"`;
  const columns = `id, "prev", "fromId", "toId", "through", "versionId"`;
  const tables = (run: Run) => {
    const steps = each(run, (k) => {
      const [met, edge, ties] = [`m${k - 1}_${n}`, `e${k - 1}_${n}`, `t${k}_${n}`];
      const going = `select id from ${edge} where not exists (select 1 from ${met} where id = ${to(run)})`;
      const behind = `"fromId" in (select id from ${edge})`;
      return `${ties} as materialized (${tiesFrom(going, asked(run).through ?? tieKinds, moment, run)}),
        e${k}_${n} as materialized (select distinct on (id) ${columns} from (
          select case when ${behind} then "toId" else "fromId" end id, case when ${behind} then "fromId" else "toId" end "prev",
            "fromId", "toId", "through", "versionId", n from ${ties} where n <= ${mostTies}) z
          where id not in (select id from ${met}) order by id, n),
        m${k}_${n} as (select ${columns} from e${k}_${n} union all select ${columns} from ${met})`;
    });
    return `with recursive e0_${n} as (select ${from(run)} id, ${none}), m0_${n} as (select ${columns} from e0_${n}), ${steps.join(", ")},
      w_${n} as (select m.*, 0 d from ${last(run)} m where m.id = ${to(run)}
        union all select m.*, w.d + 1 from ${last(run)} m join w_${n} w on m.id = w."prev") `;
  };
  const cut: Sql = [(run) => each(run, (k) => `exists (select 1 from t${k}_${n} where n > ${mostTies})`).join(" or ")];
  const object = planTied(planning, field, moment, {
    actors: [`(select array_agg(id order by d desc) from w_${n})`],
    ties: [`(select "fromId", "toId", "through", "versionId", - d n from w_${n} where "prev" is not null)`],
    cut,
  });
  const shown = [
    planEnd(planning, moment, from, (run) => asked(run).from),
    planEnd(planning, moment, to, (run) => asked(run).to),
  ];
  const found = sql(`(exists (select 1 from w_${n}) or `, cut, ")", ...shown.flatMap((one) => [" and ", one]));
  return orNull(sql("(", tables, "select ", joined(object), " where ", found, ")"), field.nullable);
}

/** That the moment shows an actor of the type that its id names. */
function planEnd(planning: Planning, moment: Moment, uuid: (run: Run) => string, id: (run: Run) => string): Sql {
  const { scope, from } = bareTableOf(planning, "Actor", moment);
  const actor: Row = { scope, types: [], moment, asked: null };
  const isIt = (run: Run) =>
    `${columnAt(actor, "id")} = ${uuid(run)} and ${columnAt(actor, "kind")}::text = ${run.add(decodeId(id(run)).type.toUpperCase(), "text")}`;
  const seen = condition(moment, (view) => seenIn("Actor", view), scope);
  return sql("exists (select 1 from ", from, every(isIt, seen), ")");
}
