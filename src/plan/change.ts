import { writeLog } from "../db/sql/change.ts";
import { Expressed } from "../db/sql/parameters.ts";
import { beginning, changeCursor, changeScope, hashLength, isBeginning } from "../feed/cursor.ts";
import { askChanges } from "../graph/change.ts";
import { changedKinds, modelOfKind } from "../graph/change-filter.ts";
import { typeOfKind } from "../values/kind-name.ts";
import { cursorExpression, headExpression } from "./cursor.ts";
import { expression, missingText, quotedJson, text, type Json } from "./json.ts";
import { equal, planSingle } from "./link.ts";
import { planMembers } from "./member.ts";
import { planOfTypes } from "./node.ts";
import { planPages } from "./page.ts";
import { Unplanned, type Field, type KnownMoment, type Moment, type Planning } from "./planning.ts";
import { sql, type Run } from "./run.ts";
import { planVersion } from "./thing.ts";

/** Plans a page of the log of changes. */
export function planChanges(planning: Planning, field: Field, moment: KnownMoment): Json {
  const args = planning.args(field);
  const asked = planning.once((run) => askChanges(args(run)));
  planning.check(asked);
  const change = `c${planning.next()}`;
  const head = planning.once((run) => headExpression(run, changeScope));
  const connection = planPages(planning, field, {
    page: (run) => asked(run).page,
    head,
    isBelow: false,
    keys: () => keysOf(change),
    rows: (extra) =>
      sql(
        "from (",
        (run) => {
          const { page, filter } = asked(run);
          const after = page.keys && Number(page.keys[1]);
          const stretch = { after, backwards: page.backwards, limit: page.size + (extra ? 1 : 0) };
          return writeLog(filter, stretch, run.parameters);
        },
        `) ${change}`,
      ),
    node: (each) => planChange(planning, each, change, moment),
    all: [],
    facet: (each) => {
      if (each.name !== "head") throw new Unplanned(`${each.parent.name}.${each.name}`);
      return planHead(planning, head);
    },
  });
  return [...connection, ...planPlace((run) => asked(run).page.keys)];
}

/** The keys of a change, as its cursor carries them. */
function keysOf(change: string): string {
  return `'[' || ${change}."change_set_number" || ',' || ${change}."place" || ',"' || left(${change}."hash", ${hashLength}) || '"]'`;
}

/** The place where the log ends. */
function planHead(planning: Planning, head: (run: Run) => string): Json {
  const last = `l${planning.next()}`;
  const from = (run: Run) => `(${writeLog({}, { backwards: true, limit: 1 }, run.parameters)}) ${last}`;
  const found = sql("(select ", (run) => cursorExpression(head(run), keysOf(last)), " from ", from, ")");
  return [...text('"'), ...expression("coalesce(", found, `, '${changeCursor(beginning)}')`), ...text('"')];
}

/** Nothing, unless the page goes on from a place that this log does not have. */
function planPlace(given: (run: Run) => readonly (string | number | null)[] | undefined): Json {
  return expression((run) => {
    const keys = given(run);
    if (!keys || isBeginning(keys)) return "''";
    const [changeSet, place, hash] = [run.add(keys[0], "int"), run.add(keys[1], "int"), run.add(keys[2], "text")];
    return `case when exists (select 1 from "change" l join "change_set" s on s."number" = l."change_set_number"
      where l."place" = ${place} and s."number" = ${changeSet} and left(s."hash", ${hashLength}) = ${hash}) then '' else ${missingText} end`;
  });
}

/** Plans one change of the log; what it leads to is seen as it stood after it. */
function planChange(planning: Planning, field: Field, change: string, present: KnownMoment): Json {
  const column = (name: string) => `${change}."${name}"`;
  const changeSet = column("change_set_number");
  const view = { clock: "RECORDED", at: null, changeSet: new Expressed(changeSet), validAt: null } as const;
  const after: Moment = { fixed: view, of: () => view };
  return planMembers(planning, field, {
    change: () => quotedJson(column("change")),
    kind: () => quotedJson(column("kind")),
    subjectId: () => {
      const types = changedKinds.map((kind) => `when '${kind}' then '${typeOfKind(kind)}:'`);
      return quotedJson(`case ${column("kind")} ${types.join(" ")} end || ${column("subject_id")}`);
    },
    changeSet: (each) =>
      planSingle(planning, each, {
        model: "ChangeSet",
        types: ["ChangeSet"],
        moment: present,
        match: equal("number", changeSet),
      }),
    crisis: (each) =>
      planSingle(planning, each, {
        model: "Crisis",
        types: ["Crisis"],
        moment: after,
        match: equal("id", column("crisis_id")),
      }),
    assertion: (each) => planVersion(planning, each, { id: column("version_id"), moment: after, asked: null }),
    thing: (each) => planThing(planning, each, column, after),
  });
}

/** Plans the thing of a change: which it is of, its kind tells. */
function planThing(planning: Planning, field: Field, column: (name: string) => string, moment: Moment): Json {
  const things = changedKinds.filter((kind) => modelOfKind(kind) !== null);
  const isOf = (types: readonly string[]) => {
    const kinds = things.filter((kind) => types.includes(typeOfKind(kind)));
    return `${column("kind")} in (${kinds.map((kind) => `'${kind}'`).join()})`;
  };
  return planOfTypes(planning, field, { types: things.map(typeOfKind), isOf, uuid: column("subject_id"), moment });
}
