import { ascending } from "../db/sql/page.ts";
import { ParentKey } from "../db/sql/parameters.ts";
import { evidenceOf } from "../graph/evidence.ts";
import { enteredIn, historyKinds, mostSteps } from "../graph/history.ts";
import { seenIn } from "../graph/load.ts";
import { uuidOf } from "../graph/node.ts";
import { decodeId } from "../values/ids.ts";
import { joined, listOf, orNull, quotedJson, type Json } from "./json.ts";
import { equal, every, planChildren, planSingle } from "./link.ts";
import { planMembers } from "./member.ts";
import type { Field, Moment, Planning, Row } from "./planning.ts";
import { retractedBy } from "./retraction.ts";
import { askedAt, bareTableOf, columnAt, condition, kindTypes } from "./row.ts";
import { sql, type Piece, type Run } from "./run.ts";

/** Plans the life of the record of a row: its versions in the order in which they were recorded, and its withdrawal. */
export function planHistory(planning: Planning, field: Field, row: Row): Json {
  return planSteps(planning, field, row.moment, columnAt(row, "recordId"));
}

/** Plans the life of the record that an id names; null where it names none that the moment shows. */
export function planHistoryById(planning: Planning, field: Field, moment: Moment): Json {
  const args = planning.args(field);
  const id = (run: Run) => String(args(run)["id"]);
  const uuid = planning.once((run) => run.add(uuidOf(id(run), historyKinds), "uuid"));
  const kind = planning.once((run) => run.add(kindOf(decodeId(id(run)).type), "text"));
  const { scope, from } = bareTableOf(planning, "Record", moment);
  const record: Row = { scope, types: [], moment, asked: null };
  const shown = every(
    equal("id", uuid)(record),
    (run) => `${columnAt(record, "kind")}::text = ${kind(run)}`,
    condition(moment, (view) => seenIn("Record", view), scope),
  );
  const steps = joined(planSteps(planning, field, moment, columnAt(record, "id")));
  return orNull(sql("(select ", steps, " from ", from, shown, ")"), true);
}

function planSteps(planning: Planning, field: Field, moment: Moment, record: string): Json {
  const { scope, from } = bareTableOf(planning, "Assertion", moment);
  const step = `h${planning.next()}`;
  const version: Row = { scope, types: kindTypes, moment, asked: askedAt(moment) };
  const recorded: Row = { ...version, instead: { recordedFrom: `${step}."from"`, recordedTo: `${step}."to"` } };
  const under = (each: Field, row: Row) => planning.object(each, { ...row, types: planning.types(each) });
  const object = planMembers(planning, field, {
    change: () => quotedJson(`${step}."change"`),
    status: () => quotedJson(`${step}."status"`),
    valid: (each) => under(each, version),
    reported: (each) => under(each, version),
    recorded: (each) => under(each, recorded),
    assertion: (each) => planning.object(each, version),
    evidence: (each) => planChildren(planning, each, version, evidenceOf),
    retraction: (each) => {
      const match = equal("recordId", `${step}."withdrawn"`);
      return planSingle(planning, each, { model: "Retraction", types: ["Retraction"], moment, match });
    },
  });
  const order = `(${step}."withdrawn" is not null), ${ascending(scope, ["recordedFrom", "reportedFrom", "id"])}`;
  const rows = sql("(", stepsOf(planning, moment, record), `) ${step} join `, from);
  const joins = ` on ${columnAt(version, "id")} = ${step}."id"`;
  return listOf("select string_agg(", joined(object), `, ',' order by ${order}) from `, rows, joins);
}

/** The versions that a moment may tell of, and the withdrawal that closed them. */
function stepsOf(planning: Planning, moment: Moment, record: string): readonly Piece[] {
  const { scope, from } = bareTableOf(planning, "Assertion", moment);
  const row: Row = { scope, types: [], moment, asked: null };
  const where = every(
    condition(moment, (view) => ({ AND: [{ recordId: new ParentKey() }, enteredIn(view)] }), scope, [record]),
  );
  const latest = ["recordedFrom", "reportedFrom", "id"].map((name) => `${columnAt(row, name)} desc`).join(", ");
  const retraction = bareTableOf(planning, "Retraction", moment);
  const withdrawal: Row = { scope: retraction.scope, types: [], moment, asked: null };
  const closed = columnAt(withdrawal, "changeSetNumber");
  const withdrawn = every(
    `${columnAt(withdrawal, "recordId")} = ${record}`,
    condition(moment, retractedBy, retraction.scope),
  );
  return sql(
    `with v as materialized (select ${scope.alias}.* from `,
    from,
    where,
    ` order by ${latest} limit ${mostSteps}) `,
    `select v."id", v."change"::text "change", v."status"::text "status", v."recorded_from" "from", v."recorded_to" "to", `,
    `null::uuid "withdrawn" from v union all `,
    `(select v."id", 'RETRACTED', 'RETRACTED', ${closed}, null, v."record_id" from v join `,
    retraction.from,
    ` on v."recorded_to" = ${closed}`,
    withdrawn,
    ` order by v."reported_from" desc, v."recorded_from" desc, v."id" desc limit 1)`,
  );
}

/** The kind of a record as the database names it. */
function kindOf(type: string): string {
  return type.replaceAll(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
