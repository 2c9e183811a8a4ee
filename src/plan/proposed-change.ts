import { modelMeaning, modelNames } from "../db/meaning.ts";
import { lengthOfParts } from "../db/sql/proposal.ts";
import { quote } from "../db/sql/where.ts";
import { isKeyed, thingReaders } from "../record/operation/read-thing.ts";
import { modelOf } from "../record/terms/noun.ts";
import { knownIn } from "../record/view.ts";
import { expression, joined, listOf, orNull, type Json } from "./json.ts";
import { every } from "./link.ts";
import { planMembers } from "./member.ts";
import { planOfTypes } from "./node.ts";
import { Unplanned, type Field, type Planning, type Row } from "./planning.ts";
import { atPresent, bareTableOf, columnAt, condition } from "./row.ts";
import { sql, write, type Sql } from "./run.ts";

/** Plans what a proposal alters. What is proposed may be long: nothing is answered that is longer than an answer may be. */
export function planProposedChanges(planning: Planning, field: Field, row: Row): Json {
  if (!row.among) throw new Unplanned(`${field.parent.name}.${field.name}`);
  const n = planning.next();
  const [each, whole] = [`e${n}`, `w${n}`];
  const bytes = sql(
    `(select sum(${lengthOfParts(whole)}) from "proposal" ${whole} where ${whole}."id" in (`,
    row.among,
    "))",
  );
  planning.measure(row.among, bytes, timesTold(planning, field));
  const change = { said: `${each}.said`, outcome: `${each}.outcome`, isOpen: `${columnAt(row, "state")} = 'PROPOSED'` };
  const outcome = `${columnAt(row, "outcomes")} -> (s.n - 1)::int`;
  const rows = `(select s.said, ${outcome} outcome, s.n from jsonb_array_elements(${columnAt(row, "difference")}) with ordinality s(said, n)) ${each}`;
  const object = joined(planProposedChange(planning, field, change));
  return listOf("select string_agg(", object, `, ',' order by ${each}.n) from `, rows);
}

/** How often what a proposal says of a change is told: an answer may ask for the same texts under many names. */
function timesTold(planning: Planning, field: Field): number {
  const texts = planning.fields(field).flatMap((each) => (each.name === "fields" ? planning.fields(each) : [each]));
  return Math.max(1, ...["field", "before", "after"].map((name) => texts.filter((each) => each.name === name).length));
}

/** Where what one operation of a proposal alters stands in the statement, and what it brings in or changes. */
interface Change {
  readonly said: string;
  readonly outcome: string;
  readonly isOpen: string;
}

function planProposedChange(planning: Planning, field: Field, { said, outcome, isOpen }: Change): Json {
  const [type, uuid] = [`(${outcome} ->> 'type')`, `(${outcome} ->> 'id')`];
  return planMembers(planning, field, {
    operation: () => textOf(`${said} ->> 'operation'`, false),
    id: () => textOf(`${type} || ':' || ${uuid}`, false),
    current: (each) => {
      const isOf = (types: readonly string[]) => `${type} in (${types.map((name) => `'${name}'`).join()})`;
      const named = { types: planning.types(each), isOf, uuid: `${uuid}::uuid`, moment: atPresent };
      return ifMayRead(planOfTypes(planning, each, named));
    },
    outdated: () => orNull(sql("(", planOutdated(planning, said, uuid, isOpen), ")::text"), false),
    fields: (each) => {
      const altered = `f${planning.next()}`;
      const object = planMembers(planning, each, {
        field: () => textOf(`${altered}.v ->> 'field'`, false),
        before: () => ifMayRead(textOf(`${altered}.v ->> 'before'`, true)),
        after: () => textOf(`${altered}.v ->> 'after'`, true),
      });
      const rows = `jsonb_array_elements(${said} -> 'fields') with ordinality ${altered}(v, n)`;
      return listOf("select string_agg(", joined(object), `, ',' order by ${altered}.n) from ${rows}`);
    },
  });
}

function textOf(value: string, nullable: boolean): Json {
  return orNull(`to_json(${value})::text`, nullable);
}

/** What is told of the record beside, which is null for who may not read it. */
function ifMayRead(json: Json): Json {
  const shown = joined(json);
  return expression((run) => (run.asker.scopes.has("read") ? write(shown, run) : "'null'"));
}

const amendable = modelNames().filter((name) => "amendedIn" in modelMeaning(name).fields);
const keyed = (Object.keys(thingReaders) as (keyof typeof thingReaders)[]).filter(isKeyed).map(modelOf);

/** Whether the record went on since an operation was proposed, as `isOutdated` tells it. */
function planOutdated(planning: Planning, said: string, uuid: string, isOpen: string): Sql {
  const { scope, from } = bareTableOf(planning, "Assertion", atPresent);
  const row: Row = { scope, types: [], moment: atPresent, asked: null };
  const isIt = `${columnAt(row, "recordId")} = ${uuid}::uuid and ${columnAt(row, "id")} = (${said} ->> 'versionId')::uuid`;
  const stands = sql("exists (select 1 from ", from, every(isIt, condition(atPresent, knownIn, scope)), ")");
  const [key, amended] = [`${said} #>> '{brings,key}'`, `(${said} #>> '{amends,id}')::uuid`];
  const holders = keyed.map(
    (name) => `when '${name}' then exists (select 1 from ${tableOf(name)} where "key" = ${key})`,
  );
  const last = amendable.map(
    (name) => `when '${name}' then (select "amended_in" from ${tableOf(name)} where "id" = ${amended})`,
  );
  return sql(
    `${isOpen} and case when ${said} ->> 'versionId' is not null then not `,
    stands,
    ` when ${said} ->> 'brings' is not null then case ${said} #>> '{brings,model}'
        when 'Record' then exists (select 1 from "record" where "crisis_id" = (${said} #>> '{brings,crisisId}')::uuid and "key" = ${key})
        ${holders.join(" ")} end
      when ${said} ->> 'amends' is not null then case ${said} #>> '{amends,model}' ${last.join(" ")} end
        is distinct from (${said} #>> '{amends,amendedIn}')::int
      else false end`,
  );
}

function tableOf(model: string): string {
  return quote(modelMeaning(model).table);
}
