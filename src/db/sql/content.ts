import { enumMeaning, modelMeaning, modelNames, type FieldMeaning } from "../meaning.ts";
import { quote } from "./where.ts";

const partsOfDate = /(Edtf|Earliest|Latest|Text|Basis|Precision)$/;
/** Columns that only help to search. */
const derived = ["folded"];

/**
 * What a version says, as JSON by the names that the graph gives its fields, so that versions can be compared: `row` is
 * the alias of an assertion, `documents` a condition on `d`, the documents whose passages count as its evidence.
 */
export function contentJsonOf(row: string, documents: string): string {
  const kinds = Object.keys(enumMeaning("AssertionKind").values).map((kind) => {
    const model = modelNames().find((name) => name.toLowerCase() === kind.replaceAll("_", "").toLowerCase()) ?? "";
    return `when '${kind}' then (${saysOf(model, row)})`;
  });
  const of = (table: string) => `from "${table}" x where x."assertion_id" = ${row}."id"`;
  const event = Object.entries({
    participations: `select jsonb_agg(jsonb_build_array(x."actor_id", x."role") order by x."ordinal") ${of("participation")}`,
    places: `select jsonb_agg(x."place_id" order by x."place_id") ${of("event_place")}`,
    election: `select to_jsonb(x) - 'assertion_id' ${of("election")}`,
    consignment: `select to_jsonb(x) - 'assertion_id' ${of("consignment")}`,
    blockade: `select to_jsonb(x) - 'assertion_id' ${of("blockade")}`,
  });
  return `jsonb_build_object('status', ${row}."status", 'confidence', ${row}."confidence",
    'valid', ${arrayOf(row, datesOf("Assertion", ["start", "end"]))},
    'attribution', (select jsonb_agg(jsonb_build_array(x."actor_id", x."words", x."verb", x."hedge") order by x."ordinal") ${of("attribution")}),
    'evidence', (select jsonb_agg(jsonb_build_array(x."passage_id", x."role", x."proves") order by x."passage_id", x."role") from "evidence" x
      join "passage" s on s."id" = x."passage_id" join "capture" c on c."id" = s."capture_id" join "document" d on d."id" = c."document_id"
      where x."assertion_id" = ${row}."id" and ${documents}))
    || case ${row}."kind" ${kinds.join(" ")} end
    || case when ${row}."kind" = 'EVENT' then jsonb_build_object(${event.map(([name, text]) => `'${name}', (${text})`).join(", ")}) else '{}' end`;
}

function datesOf(model: string, prefixes: readonly string[]): string[] {
  return Object.keys(modelMeaning(model).fields).filter((name) =>
    prefixes.some((prefix) => name.startsWith(prefix) && partsOfDate.test(name)),
  );
}

function arrayOf(row: string, names: readonly string[], model = "Assertion"): string {
  const { fields } = modelMeaning(model);
  return `jsonb_build_array(${names.map((name) => `${row}.${quote(fields[name]?.column ?? "")}`).join(", ")})`;
}

/** What the detail of a kind says: a link by its relation's name, a vague date under one name. */
function saysOf(model: string, row: string): string {
  const { table, fields } = modelMeaning(model);
  const named = new Map<string, string[]>();
  for (const [name, field] of Object.entries(fields)) {
    if (field.kind === "object" || name === "assertionId" || derived.includes(name)) continue;
    const said = saidAs(name, fields);
    named.set(said, [...(named.get(said) ?? []), name]);
  }
  const pairs = [...named].map(([name, columns]) => `'${name}', ${arrayOf("x", columns, model)}`);
  return `select jsonb_build_object(${pairs.join(", ")}) from ${quote(table)} x where x."assertion_id" = ${row}."id"`;
}

function saidAs(name: string, fields: Readonly<Record<string, FieldMeaning>>): string {
  const relation = Object.entries(fields).find(([, { from }]) => from?.[0] === name);
  if (relation) return relation[0];
  const prefix = name.replace(partsOfDate, "");
  return `${prefix}Edtf` in fields ? prefix : name;
}
