import { seenIn } from "../graph/load.ts";
import { sourceOf } from "../graph/node.ts";
import { decodeId } from "../values/ids.ts";
import { expression, joined, text, type Json } from "./json.ts";
import { equal, planFact, planSingle } from "./link.ts";
import { Unplanned, type Field, type Moment, type Planning, type Row } from "./planning.ts";
import { write, type Piece, type Sql } from "./run.ts";

/** As many ids as `nodes` takes. */
const most = 100;

interface Named {
  readonly type: string;
  readonly moment: Moment;
  readonly match: (row: Row) => Piece;
}

/** That a row is the one of an id's uuid: of a fact the version of that record. */
export function matchId(type: string, uuid: Piece): (row: Row) => Piece {
  return equal(sourceOf(type) === "fact" ? "recordId" : "id", uuid);
}

/** Plans the thing or fact of one type that a condition finds; null where it finds one of another. */
export function planOfType(planning: Planning, field: Field, { type, moment, match }: Named): Json {
  const model = sourceOf(type);
  if (model === undefined) throw new Unplanned(`the ids of ${type}`);
  const types = [type];
  if (model === "fact") return planFact(planning, field, { types, moment, match });
  const kind = model === "Actor" ? { kind: type.toUpperCase() } : {};
  return planSingle(planning, field, {
    model,
    types,
    moment,
    match,
    where: (view) => ({ AND: [seenIn(model, view), kind] }),
  });
}

/** Plans `node`: what is read depends on the type that the id names. */
export function planNode(planning: Planning, field: Field, moment: Moment): Json {
  const args = planning.args(field);
  const named = planning.once((run) => decodeId(String(args(run)["id"])));
  const uuid = planning.once((run) => run.add(named(run).uuid, "uuid"));
  const ofType = perType((type) => planOfType(planning, field, { type, moment, match: matchId(type, uuid) }));
  return expression((run) => {
    const { type } = named(run);
    return sourceOf(type) === undefined ? "'null'" : `(${write(ofType(type), run)})`;
  });
}

/** Plans `nodes`: one look-up for each type that the ids name. */
export function planNodes(planning: Planning, field: Field, moment: Moment): Json {
  const args = planning.args(field);
  const ofType = perType((type) => planOfType(planning, field, { type, moment, match: matchId(type, "i.id") }));
  const entries = expression((run) => {
    const ids = args(run)["ids"] as readonly string[];
    if (ids.length > most) throw new Unplanned("too many ids");
    const named = ids.map((id) => decodeId(id));
    const types = [...new Set(named.map(({ type }) => type))].filter((type) => sourceOf(type) !== undefined).sort();
    const cases = types.map((type) => `when '${type}' then ${write(ofType(type), run)}`);
    const [kinds, uuids] = [
      run.add(
        named.map(({ type }) => type),
        "text[]",
      ),
      run.add(
        named.map(({ uuid }) => uuid),
        "uuid[]",
      ),
    ];
    const entry = cases.length === 0 ? "'null'" : `coalesce(case i.t ${cases.join(" ")} end, 'null')`;
    return `coalesce((select string_agg(${entry}, ',' order by i.n) from unnest(${kinds}, ${uuids}) with ordinality i(t, id, n)), '')`;
  });
  return [...text("["), ...entries, ...text("]")];
}

/** What a row of the statement names: of which types it may be, an expression that tells whether it is of some, and its uuid. */
interface Told {
  readonly types: readonly string[];
  readonly isOf: (types: readonly string[]) => string;
  readonly uuid: string;
  readonly moment: Moment;
}

/** Plans the thing or fact of one of several types that a row names: one look-up for those that are found alike. */
export function planOfTypes(planning: Planning, field: Field, { types, isOf, uuid, moment }: Told): Json {
  const bySource = new Map<string, string[]>();
  for (const type of types) {
    const source = sourceOf(type);
    if (source !== undefined) bySource.set(source, [...(bySource.get(source) ?? []), type]);
  }
  const cases = [...bySource].flatMap(([model, some]) => {
    const found =
      model === "fact"
        ? planFact(planning, field, { types: some, moment, match: equal("recordId", uuid) })
        : planSingle(planning, field, { model, types: some, moment, match: equal("id", uuid) });
    return [` when ${isOf(some)} then `, ...joined(found)];
  });
  return expression("case", cases, " else 'null' end");
}

/** Plans for a type when it is first asked for. */
export function perType(plan: (type: string) => Json): (type: string) => Sql {
  const planned = new Map<string, Sql>();
  return (type) => {
    const sql = planned.get(type) ?? joined(plan(type));
    planned.set(type, sql);
    return sql;
  };
}
