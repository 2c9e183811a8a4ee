import { expectFew, readEntity } from "../graph/federation/entity.ts";
import { entityKeys } from "../graph/federation/key.ts";
import { seenIn } from "../graph/load.ts";
import { sourceOf, uuidOf } from "../graph/node.ts";
import { expectFewIds } from "../graph/node-entry.ts";
import { decodeId } from "../values/ids.ts";
import { expression, joined, text, type Json } from "./json.ts";
import { equal, planFact, planSingle } from "./link.ts";
import { Unplanned, type Field, type Moment, type Planning, type Row } from "./planning.ts";
import type { Piece, Run } from "./run.ts";

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
  const ofType = planning.later((type) => planOfType(planning, field, { type, moment, match: matchId(type, uuid) }));
  return expression((run) => {
    const { type } = named(run);
    return sourceOf(type) === undefined ? "'null'" : `(${ofType(type, run)})`;
  });
}

/** Plans `nodes`. */
export function planNodes(planning: Planning, field: Field, moment: Moment): Json {
  const args = planning.args(field);
  return planEach(planning, field, moment, (run) => {
    const ids = args(run)["ids"] as readonly string[];
    expectFewIds(ids);
    return ids.map((id) => {
      const { type, uuid } = decodeId(id);
      return { type, field: "id", value: uuid };
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
    return given.map((each) => {
      const { type, key, value } = readEntity(keys, each);
      return { type, field: key, value: key === "id" ? uuidOf(value, [type]) : value };
    });
  });
}

/** What an entry is found by: its type, and the value of a field, which of `id` is the uuid. */
interface Entry {
  readonly type: string;
  readonly field: string;
  readonly value: string;
}

/** Plans entries in their order, null where the moment shows none: one look-up for each type and field. */
function planEach(planning: Planning, list: Field, moment: Moment, entriesOf: (run: Run) => readonly Entry[]): Json {
  // The list may not be null, and each of its entries may.
  const found = { ...list, nullable: true };
  const lookUp = planning.later((place) => {
    const [type = "", name = ""] = place.split(".");
    const match = name === "id" ? matchId(type, "i.id") : equal(name, "i.v");
    return planOfType(planning, found, { type, moment, match });
  });
  const entries = expression((run) => {
    const asked = entriesOf(run);
    const known = asked.filter(({ type }) => sourceOf(type) !== undefined);
    const places = [...new Set(known.map(placeOf))].sort();
    const cases = places.map((place) => `when '${place}' then ${lookUp(place, run)}`);
    const entry = cases.length === 0 ? "'null'" : `coalesce(case i.p ${cases.join(" ")} end, 'null')`;
    const uuids = asked.map(({ field, value }) => (field === "id" ? value : null));
    const values = asked.map(({ field, value }) => (field === "id" ? null : value));
    const columns = [run.add(asked.map(placeOf), "text[]"), run.add(uuids, "uuid[]"), run.add(values, "text[]")];
    return `coalesce((select string_agg(${entry}, ',' order by i.n) from unnest(${columns.join()}) with ordinality i(p, id, v, n)), '')`;
  });
  return [...text("["), ...entries, ...text("]")];
}

function placeOf({ type, field }: Pick<Entry, "type" | "field">): string {
  return `${type}.${field}`;
}

/** What a row of the statement names: of which types it may be, an expression that tells whether it is of some, and its uuid. */
interface Pointer {
  readonly types: readonly string[];
  readonly isOf: (types: readonly string[]) => string;
  readonly uuid: string;
  readonly moment: Moment;
}

/** Plans the thing or fact of one of several types that a row names: one look-up for those that are found alike. */
export function planOfTypes(planning: Planning, field: Field, { types, isOf, uuid, moment }: Pointer): Json {
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
