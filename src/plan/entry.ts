import { sourceOf, uuidOf } from "../graph/node.ts";
import { readingOf } from "../graph/reading.ts";
import { openView, type Clock } from "../record/view.ts";
import { planChanges } from "./change.ts";
import { planDelta } from "./delta.ts";
import { planHistoryById } from "./history.ts";
import { planMatch } from "./match.ts";
import { planOwnProposals, planProposal, planProposals } from "./proposal.ts";
import { planSearch } from "./search.ts";
import { separated, text, type Json } from "./json.ts";
import { planMembers } from "./member.ts";
import { planViewer } from "./viewer.ts";
import { planWay } from "./way.ts";
import { planConnection } from "./list.ts";
import { matchId, planEntities, planNode, planNodes, planOfType } from "./node.ts";
import { Unplanned, type EntryPlanner, type Field, type KnownMoment, type Planning, type Row } from "./planning.ts";
import { columnAt } from "./row.ts";
import type { Run } from "./run.ts";

const computations: Readonly<Record<string, EntryPlanner>> = {
  record: planRecord,
  byId: planById,
  byKey: planByKey,
  byNaturalKey: planByNaturalKey,
  node: planNode,
  nodes: planNodes,
  entities: planEntities,
  historyById: planHistoryById,
  connectionBetween: planWay,
  delta: planDelta,
  search: planSearch,
  match: planMatch,
  viewer: planViewer,
  changes: planChanges,
  proposals: planProposals,
  ownProposals: planOwnProposals,
  proposal: planProposal,
};

/** Plans the fields by which the record is entered: of `Query`, or of the record at another moment. */
export function planEntries(planning: Planning, fields: readonly Field[], moment: KnownMoment): Json {
  const members = fields.map((field): Json => [...text(`"${field.key}":`), ...planEntry(planning, field, moment)]);
  return [...text("{"), ...separated(members), ...text("}")];
}

function planEntry(planning: Planning, field: Field, moment: KnownMoment): Json {
  if (field.name === "__typename") return text(`"${field.parent.name}"`);
  const { list, computed, constant } = readingOf(field.definition);
  if (constant) {
    const told = ({ name }: Field) => text(String(constant[name]?.[0]));
    return planMembers(planning, field, Object.fromEntries(Object.keys(constant).map((name) => [name, told])));
  }
  if (list) return planConnection(planning, field, list, moment);
  const planner = computed === undefined ? undefined : computations[computed];
  if (planner) return planner(planning, field, moment);
  throw new Unplanned(`${field.parent.name}.${field.name}`);
}

interface AsOf {
  readonly validAt?: number | null;
  readonly knownAt?: Date | null;
  readonly knownBy: Clock;
}

function planRecord(planning: Planning, field: Field): Json {
  const args = planning.args(field);
  const moment = planning.open((run, db) => {
    const { validAt = null, knownAt = null, knownBy } = args(run)["asOf"] as AsOf;
    return openView(db, { validAt, knownAt, knownBy });
  });
  return planEntries(planning, planning.fields(field), moment);
}

function planById(planning: Planning, field: Field, moment: KnownMoment): Json {
  const args = planning.args(field);
  const types = planning.types(field);
  const uuid = planning.once((run) => run.add(uuidOf(String(args(run)["id"]), types), "uuid"));
  return planOfType(planning, field, { type: onlyType(planning, field), moment, match: matchId(types[0] ?? "", uuid) });
}

function planByKey(planning: Planning, field: Field, moment: KnownMoment): Json {
  const args = planning.args(field);
  const key = planning.once((run) => run.add(args(run)["key"], "text"));
  const match = (row: Row) => (run: Run) => `${columnAt(row, "key")} = ${key(run)}`;
  return planOfType(planning, field, { type: onlyType(planning, field), moment, match });
}

function planByNaturalKey(planning: Planning, field: Field, moment: KnownMoment): Json {
  const args = planning.args(field);
  const match = (row: Row) => (run: Run) => {
    const [name, value] = Object.entries(args(run)["by"] as Record<string, unknown>)[0] ?? [];
    if (name === undefined || typeof value !== "string") throw new Unplanned("no natural key");
    return `${columnAt(row, name)} = ${run.add(value, "text")}`;
  };
  return planOfType(planning, field, { type: onlyType(planning, field), moment, match });
}

/** The one type that a field leads to. */
function onlyType(planning: Planning, field: Field): string {
  const [type = "", ...others] = planning.types(field);
  if (others.length > 0 || sourceOf(type) === undefined) throw new Unplanned(`${field.parent.name}.${field.name}`);
  return type;
}
