import { expectDepth, mostActors, mostTies, tieKinds } from "../graph/network.ts";
import { expression, joined, type Json } from "./json.ts";
import type { Field, Planning, Row } from "./planning.ts";
import { columnAt } from "./row.ts";
import { sql, type Run } from "./run.ts";
import { planTied, tiesFrom } from "./tie.ts";

/** How far is gone, and through what. */
interface Steps {
  readonly depth: number;
  readonly through: readonly string[];
}

/** Plans who is tied to an actor over some steps: each step goes on from whom the one before met. */
export function planNetwork(planning: Planning, field: Field, row: Row): Json {
  const args = planning.args(field);
  const n = planning.next();
  const steps = planning.once((run): Steps => {
    const { depth, through } = args(run) as { depth: number; through?: string[] | null };
    expectDepth(depth);
    return { depth, through: through ?? tieKinds };
  });
  planning.check(steps);
  const last = (name: string) => (run: Run) => `${name}${steps(run).depth}_${n}`;
  const tables = (run: Run) => {
    const { depth, through } = steps(run);
    const written = [
      `m0_${n} as (select ${columnAt(row, "id")} id, 0 s, 0::bigint o)`,
      `e0_${n} as (select id from m0_${n})`,
    ];
    for (let k = 1; k <= depth; k += 1) {
      const [met, ties] = [`m${k - 1}_${n}`, `t${k}_${n}`];
      written.push(
        `${ties} as materialized (${tiesFrom(`select id from e${k - 1}_${n}`, through, row.moment, run)})`,
        `c${k}_${n} as materialized (select z.id, min(z.o) o from (select "fromId" id, n * 2 o from ${ties} where n <= ${mostTies}
          union all select "toId", n * 2 + 1 from ${ties} where n <= ${mostTies}) z where z.id not in (select id from ${met}) group by z.id)`,
        `e${k}_${n} as materialized (select id, o from c${k}_${n} order by o limit greatest(0, ${mostActors} - (select count(*) from ${met})))`,
        `m${k}_${n} as (select id, ${k} s, o from e${k}_${n} union all select id, s, o from ${met})`,
      );
    }
    return `with ${written.join(", ")} `;
  };
  const all = (run: Run, each: (k: number) => string, by: string) =>
    Array.from({ length: steps(run).depth }, (_, i) => each(i + 1)).join(by);
  const object = planTied(planning, field, row.moment, {
    actors: sql("(select array_agg(id order by s, o) from ", last("m"), ")"),
    ties: sql(
      `(select "fromId", "toId", "through", "versionId", min(n) n from (`,
      (run) =>
        all(
          run,
          (k) =>
            `select "fromId", "toId", "through", "versionId", n + ${k * 10 * mostTies} n from t${k}_${n} where n <= ${mostTies}`,
          " union all ",
        ),
      `) z where "fromId" in (select id from `,
      last("m"),
      `) and "toId" in (select id from `,
      last("m"),
      ") group by 1, 2, 3, 4)",
    ),
    cut: sql((run) =>
      all(
        run,
        (k) =>
          `exists (select 1 from t${k}_${n} where n > ${mostTies}) or (select count(*) from c${k}_${n}) > (select count(*) from e${k}_${n})`,
        " or ",
      ),
    ),
  });
  return expression("(", tables, "select ", joined(object), ")");
}
