import { seenIn } from "../graph/load.ts";
import { expectFew, readEntity, type NamedEntity } from "../graph/federation/entity.ts";
import { entityKeys } from "../graph/federation/key.ts";
import { sourceOf, uuidOf } from "../graph/node.ts";
import { decodeId } from "../values/ids.ts";
import { expression, joined, text, type Json } from "./json.ts";
import { equal, planFact, planSingle } from "./link.ts";
import { Unplanned, type Field, type Moment, type Planning, type Row } from "./planning.ts";
import { write, type Piece, type Run, type Sql } from "./run.ts";

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

/** Plans `nodes`. */
export function planNodes(planning: Planning, field: Field, moment: Moment): Json {
  const args = planning.args(field);
  return planEach(planning, field, moment, (run) => {
    const ids = args(run)["ids"] as readonly string[];
    if (ids.length > most) throw new Unplanned("too many ids");
    return ids.map((id) => {
      const { type, uuid } = decodeId(id);
      return { type, key: "id", value: uuid };
    });
  });
}

/** Plans `_entities`. */
export function planEntities(planning: Planning, field: Field, moment: Moment): Json {
  const args = planning.args(field);
  const keys = entityKeys(planning.schema);
  return planEach(planning, field, moment, (run) => {
    const given = (args(run)["representations"] ?? []) as readonly unknown[];
    expectFew(given);
    return given.map((each): NamedEntity => {
      const { type, key, value } = readEntity(keys, each);
      return { type, key, value: key === "id" ? uuidOf(value, [type]) : value };
    });
  });
}

/** Plans what is named by types and keys, of an id by its uuid, in their order: one look-up for each type and key. */
function planEach(
  planning: Planning,
  field: Field,
  moment: Moment,
  namedBy: (run: Run) => readonly NamedEntity[],
): Json {
  const lookUp = perType((place) => {
    const [type = "", key = ""] = place.split(".");
    const match = key === "id" ? matchId(type, "i.id") : equal(key, "i.v");
    // An entry may be null, whatever the list.
    return planOfType(planning, { ...field, nullable: true }, { type, moment, match });
  });
  const entries = expression((run) => {
    const named = namedBy(run).map((one) => ({ ...one, place: `${one.type}.${one.key}` }));
    const known = named.filter(({ type }) => sourceOf(type) !== undefined);
    const places = [...new Set(known.map(({ place }) => place))].sort();
    const cases = places.map((place) => `when '${place}' then ${write(lookUp(place), run)}`);
    const entry = cases.length === 0 ? "'null'" : `coalesce(case i.p ${cases.join(" ")} end, 'null')`;
    const columns = [
      run.add(
        named.map(({ place }) => place),
        "text[]",
      ),
      run.add(
        named.map(({ key, value }) => (key === "id" ? value : null)),
        "uuid[]",
      ),
      run.add(
        named.map(({ key, value }) => (key === "id" ? null : value)),
        "text[]",
      ),
    ];
    return `coalesce((select string_agg(${entry}, ',' order by i.n) from unnest(${columns.join()}) with ordinality i(p, id, v, n)), '')`;
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
