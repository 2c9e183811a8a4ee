import { fieldMeaning } from "../db/meaning.ts";
import { columnOf } from "../db/sql/where.ts";
import { scopeOf } from "../db/sql/page.ts";
import { namedKnown, tallyKeys } from "../graph/named-recognition.ts";
import { planCertainty, planCertaintyOn } from "./certainty.ts";
import { planAllContests, planContest } from "./contest.ts";
import { planHistory } from "./history.ts";
import { planNetwork } from "./network.ts";
import { retractedBy } from "./retraction.ts";
import { planProposedChanges } from "./proposed-change.ts";
import { planStanceGroups } from "./stance-group.ts";
import { keyOf } from "./key.ts";
import { expression, orNull, text, type Json } from "./json.ts";
import { equal, every, planSingle } from "./link.ts";
import type { Field, FieldPlanner, Planning, Row } from "./planning.ts";
import { assertionScope, bareTableOf, byKind, columnAt, condition, isKind, kindsOf, tablesOf } from "./row.ts";
import { sql, write } from "./run.ts";
import { columnJson } from "./value.ts";

/** How what the schema calls computed is worked out in the statement. */
export const computations: Readonly<Record<string, FieldPlanner>> = {
  id: planId,
  versionId: (_planning, _field, row) => [
    ...text('"Version:'),
    ...expression(`${columnAt(row, "id")}::text`),
    ...text('"'),
  ],
  recordKey: planRecordKey,
  certainty: planCertainty,
  certaintyOn: planCertaintyOn,
  reportedTo: planReportedTo,
  recordedFrom: (planning, field, row) => planChangeSet(planning, field, row, "recordedFrom"),
  recordedTo: (planning, field, row) => planChangeSet(planning, field, row, "recordedTo"),
  retractedIn: (planning, field, row) => planChangeSet(planning, field, row, "changeSetNumber"),
  enteredBy: (planning, field, row) => planChangeSet(planning, field, row, "changeSetNumber"),
  detail: planDetail,
  review: planReview,
  proposedChanges: planProposedChanges,
  retraction: planRetraction,
  history: planHistory,
  contest: planContest,
  contests: planAllContests,
  recognitionsByStance: planStanceGroups,
  network: planNetwork,
  named: planNamed,
};

/** The id of a row, with the name of its type: for a fact that of its record. */
function planId(_planning: Planning, _field: Field, row: Row): Json {
  const [only = "", ...others] = row.types;
  const ofFact = isKind(only);
  const uuid = ofFact ? columnOf(assertionScope(row), "recordId") : columnAt(row, "id");
  const name =
    others.length === 0
      ? text(`${only}:`)
      : expression(
          "(",
          byKind(
            row,
            kindsOf(row).map(([kind, type]) => [kind, [`'${type}:'`]]),
          ),
          ")",
        );
  return [...text('"'), ...name, ...expression(`${uuid}::text`), ...text('"')];
}

function planRecordKey(planning: Planning, _field: Field, row: Row): Json {
  const { scope, from } = bareTableOf(planning, "Record", row.moment);
  const record = columnOf(assertionScope(row), "recordId");
  const found = sql(
    `(select to_json(${columnOf(scope, "key")})::text from `,
    from,
    ` where ${columnOf(scope, "id")} = ${record})`,
  );
  return orNull(found, false);
}

/** The end of being the latest report, unless the moment comes before it. */
function planReportedTo(_planning: Planning, _field: Field, row: Row): Json {
  const column = columnAt(row, "reportedTo");
  const shown = columnJson(column, "Assertion", "reportedTo");
  if (row.moment.fixed && !row.moment.fixed.at) return shown;
  return expression((run) => {
    const { at } = row.moment.of(run);
    const words = write(
      shown.flatMap((part) => ("sql" in part ? part.sql : [])),
      run,
    );
    return at ? `case when ${column} > ${run.add(at, "timestamptz")} then 'null' else ${words} end` : words;
  });
}

/** The change set that a column numbers, as far as the moment shows it. */
function planChangeSet(planning: Planning, field: Field, row: Row, column: string): Json {
  const value = columnAt(row, column);
  const { moment } = row;
  return planSingle(planning, field, {
    model: "ChangeSet",
    types: ["ChangeSet"],
    moment,
    match: equal("number", value),
  });
}

/** What there is to say of an event as one of a special kind. */
function planDetail(planning: Planning, field: Field, row: Row): Json {
  const model = field.type.name;
  const value = columnAt(row, "id");
  return planSingle(planning, field, { model, types: [model], moment: row.moment, match: equal("assertionId", value) });
}

/** That a change set was proposed and accepted. */
function planReview(planning: Planning, field: Field, row: Row): Json {
  const match = equal("changeSetNumber", columnAt(row, "number"));
  return planSingle(planning, field, { model: "Proposal", types: planning.types(field), moment: row.moment, match });
}

/** Why the record of a row was withdrawn, if it was by the moment. */
function planRetraction(planning: Planning, field: Field, row: Row): Json {
  const { moment } = row;
  return planSingle(planning, field, {
    model: "Retraction",
    types: ["Retraction"],
    moment,
    match: equal("recordId", columnAt(row, "recordId")),
    where: retractedBy,
  });
}

/** How many recognisers the record can name beside a tally. */
function planNamed(planning: Planning, _field: Field, row: Row): Json {
  const scope = scopeOf("Recognition", planning.next());
  const keys = tallyKeys.map((each) => keyOf(row, each));
  const known = every(condition(row.moment, namedKnown, scope, keys));
  const { column } = fieldMeaning("Recognition", "recogniserId");
  const counted = `(select count(distinct ${scope.alias}."${column}")::text from `;
  return expression(counted, tablesOf(row.moment, scope), known, ")");
}
