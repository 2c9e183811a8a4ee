import { isObjectType, type FieldNode, type GraphQLObjectType } from "graphql";
import { scopeOf } from "../db/sql/page.ts";
import { quote } from "../db/sql/where.ts";
import { modelMeaning } from "../db/meaning.ts";
import { expression, joined, quotedJson, separated, text, type Json } from "./json.ts";
import type { Field, FieldPlanner, Planning, Row } from "./planning.ts";
import { byKind, columnAt, isKind, kindsOf } from "./row.ts";

/**
 * Plans what is selected of a row. What all of its types show alike and first stands once; the rest is told apart by
 * the kind of the row, and reads the detail of that kind alone.
 */
export function planObject(planning: Planning, planField: FieldPlanner, field: Pick<Field, "nodes">, row: Row): Json {
  const types = row.types.map((name) => objectType(planning, name));
  const alike = sharedFields(types);
  const selections = types.map((type) => planning.select(type, field));
  const [first = []] = selections;
  const isShared = ({ name, parent }: Field) => alike.has(name) || (types.length === 1 && !inDetail(row, parent.name));
  let common = 0;
  while (isCommon(selections, common, isShared)) common += 1;
  const members = (fields: readonly Field[], at: Row) =>
    separated(fields.map((each) => [...text(`"${each.key}":`), ...planMember(planning, planField, each, at)]));
  const head = first.slice(0, common);
  if (selections.every(({ length }) => length === common)) return [...text("{"), ...members(head, row), ...text("}")];
  const comma = head.length > 0 ? text(",") : [];
  const rests = groups(selections, common, isShared);
  const branches = rests.map(({ fields, indexes, own }) => {
    const at = { ...row, types: indexes.map((i) => row.types[i] ?? "") };
    const rest =
      fields.length === 0 ? text("") : own ? inDetailOf(planning, at, (d) => members(fields, d)) : members(fields, at);
    return { at, json: fields.length === 0 ? rest : [...comma, ...rest] };
  });
  const cases = branches.flatMap(({ at, json }) => kindsOf(at).map(([kind]) => [kind, joined(json)] as const));
  const [only] = branches;
  const rest = branches.length === 1 && only ? only.json : expression(byKind(row, cases));
  return [...text("{"), ...members(head, row), ...rest, ...text("}")];
}

function planMember(planning: Planning, planField: FieldPlanner, field: Field, row: Row): Json {
  if (field.name !== "__typename") return planField(planning, field, row);
  const [only, ...others] = row.types;
  if (only !== undefined && others.length === 0) return text(`"${field.parent.name}"`);
  return quotedJson(
    byKind(
      row,
      kindsOf(row).map(([kind, type]) => [kind, [`'${type}'`]]),
    ),
  );
}

function objectType(planning: Planning, name: string): GraphQLObjectType {
  const type = planning.schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type`);
  return type;
}

/** The names of the fields that all of some types have of one interface. */
function sharedFields(types: readonly GraphQLObjectType[]): Set<string> {
  const interfaces = types[0]
    ?.getInterfaces()
    .filter((each) => types.every((type) => type.getInterfaces().includes(each)));
  return new Set(["__typename", ...(interfaces ?? []).flatMap((each) => Object.keys(each.getFields()))]);
}

/** Whether the fields of a type stand in a detail that the statement has not joined to the row. */
function inDetail(row: Row, type: string): boolean {
  return row.scope.model === "Assertion" && isKind(type);
}

function isCommon(selections: readonly (readonly Field[])[], at: number, isShared: (field: Field) => boolean): boolean {
  const [mine] = selections;
  const field = mine?.[at];
  if (!field || !isShared(field)) return false;
  return selections.every((others) => {
    const other = others[at];
    return other?.key === field.key && sameNodes(other.nodes, field.nodes);
  });
}

function sameNodes(some: readonly FieldNode[], others: readonly FieldNode[]): boolean {
  return some.length === others.length && some.every((node, i) => node === others[i]);
}

interface Group {
  readonly fields: readonly Field[];
  readonly indexes: number[];
  /** Whether some of the fields are the type's own. */
  readonly own: boolean;
}

/** What is left of each selection, with the types that are left with the same. */
function groups(selections: readonly (readonly Field[])[], from: number, isShared: (field: Field) => boolean): Group[] {
  const found: Group[] = [];
  for (const [index, selection] of selections.entries()) {
    const fields = selection.slice(from);
    const own = !fields.every(isShared);
    const same = found.find(
      (group) =>
        !own &&
        !group.own &&
        group.fields.length === fields.length &&
        group.fields.every((field, i) => field.key === fields[i]?.key && sameNodes(field.nodes, fields[i].nodes)),
    );
    if (same) same.indexes.push(index);
    else found.push({ fields, indexes: [index], own });
  }
  return found;
}

/** Plans on the detail of a row of one kind, which is read beside its assertion. */
function inDetailOf(planning: Planning, row: Row, plan: (detail: Row) => Json): Json {
  const [type = ""] = row.types;
  if (!inDetail(row, type)) return plan(row);
  const detail = scopeOf(type, planning.next());
  const joinedTo = { ...detail, joined: { assertion: row.scope } };
  const at: Row = { ...row, scope: joinedTo };
  const table = `${quote(modelMeaning(type).table)} ${detail.alias}`;
  const where = `${columnAt(at, "assertionId")} = ${columnAt(row, "id")}`;
  return expression("(select ", joined(plan(at)), ` from ${table} where ${where})`);
}
