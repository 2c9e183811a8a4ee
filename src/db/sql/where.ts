import { fieldMeaning, modelMeaning, type FieldMeaning } from "../meaning.ts";
import { Expressed, ParentKey, type Parameters } from "./parameters.ts";

/** The part of Prisma's `where` that these readers understand; anything else is a fault, never ignored. */
export type Where = Readonly<Record<string, unknown>>;

/** A condition that `where` has no words for, under the key HOLDS: written over the scope it stands in. */
export class Condition {
  readonly compile: (scope: Scope, parameters: Parameters) => string;
  constructor(compile: (scope: Scope, parameters: Parameters) => string) {
    this.compile = compile;
  }
}

/** That assertions are of a kind: written out, so that indexes which begin with it serve whatever the plan. */
export function ofKind(kind: string): Where {
  return { HOLDS: new Condition(({ alias }) => `${alias}."kind" = '${kind}'`) };
}

/** A condition of which few rows may hold, or most: how it is best read depends on its values, and not on their number. */
export function weighed(where: Where): Where {
  const noted = new Condition((_scope, parameters) => {
    parameters.weighed = true;
    return "true";
  });
  return { AND: [{ HOLDS: noted }, where] };
}

/** Where the rows of a model are found in a statement: one alias for each of its joined tables. */
export interface Scope {
  readonly model: string;
  readonly alias: string;
  /** Relations that the statement has joined already, by field. */
  readonly joined?: Readonly<Record<string, Scope>>;
}

const comparisons: Record<string, string> = { equals: "=", gt: ">", gte: ">=", lt: "<", lte: "<=" };

/** A name of the database's, quoted. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * What a model's rows are read from under an alias: its table, or where a statement looks back, its things as they stood
 * then. Captures alone are read as they are: a text that may not be shown any more is not shown by looking back either.
 */
export function tableAs({ model, alias }: Scope, parameters: Parameters): string {
  const { table, fields } = modelMeaning(model);
  if (!looksBack(model, parameters)) return `${quote(table)} ${alias}`;
  const columns = Object.values(fields).flatMap(({ kind, column }) => (kind === "object" ? [] : [quote(column)]));
  const held = columns.map((column) => `s.${column}`).join();
  // By its own id a former thing is found in its index.
  const former = columns.map((column) => (column === '"id"' ? 'f."id"' : `s.${column}`)).join();
  const asOf = `${operandOf(parameters.asOf, parameters)}::int`;
  // What stands is told from what does not stand yet outside of the union, so that each side is read by its own indexes.
  return `((select ${held} from ${quote(table)} s union all
    select ${former} from "former_thing" f cross join lateral jsonb_populate_record(null::public.${quote(table)}, f."row") s
    where f."relation" = ${parameters.add(table)} and f."stood_from" <= ${asOf} and f."stood_to" > ${asOf}) ${alias}
    join (select) ${alias}_stood on coalesce(${alias}."amended_in", ${alias}."created_in") <= ${asOf})`;
}

function looksBack(model: string, { asOf }: Parameters): boolean {
  return asOf !== null && "amendedIn" in modelMeaning(model).fields && model !== "Capture";
}

/** The column of a field, qualified. */
export function columnOf(scope: Scope, field: string): string {
  return `${scope.alias}.${quote(fieldMeaning(scope.model, field).column)}`;
}

/** PostgreSQL's type of a field's values, for casting a parameter that has no other type to take. */
export function typeOf(field: FieldMeaning): string {
  if (field.native === "Uuid") return "uuid";
  const types: Record<string, string> = { Int: "int", DateTime: "timestamptz", Float: "float8", Boolean: "bool" };
  return types[field.type] ?? "text";
}

/**
 * Compiles a Prisma-style `where` over `scope` to an SQL condition. Values become parameters; no text of a caller
 * becomes SQL.
 */
export function compileWhere(where: Where, scope: Scope, parameters: Parameters): string {
  const terms = Object.entries(where)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => compileTerm(key, value, scope, parameters))
    .filter((term) => term !== "true" && term !== "(true)");
  return terms.length === 0 ? "true" : terms.join(" and ");
}

function compileTerm(key: string, value: unknown, scope: Scope, parameters: Parameters): string {
  const each = (list: unknown) => [list].flat().map((w) => `(${compileWhere(w as Where, scope, parameters)})`);
  if (key === "AND") {
    return (
      each(value)
        .filter((term) => term !== "(true)")
        .join(" and ") || "true"
    );
  }
  if (key === "OR") return `(${each(value).join(" or ") || "false"})`;
  if (key === "NOT") return `(${each(value).join(" or ") || "false"}) is not true`;
  if (key === "HOLDS") return (value as Condition).compile(scope, parameters);
  const field = fieldMeaning(scope.model, key);
  if (field.kind === "object") return compileRelation(key, field, value as Where, scope, parameters);
  return compileValue(columnOf(scope, key), field, value, parameters);
}

function compileValue(column: string, field: FieldMeaning, value: unknown, parameters: Parameters): string {
  if (value === null) return `${column} is null`;
  if (typeof value !== "object" || [Date, ParentKey, Expressed].some((one) => value instanceof one)) {
    return `${column} = ${operandOf(value, parameters)}`;
  }
  const terms = Object.entries(value).map(([operator, operand]: [string, unknown]) => {
    if (operand === undefined) throw new Error(`no operand of ${operator} on ${field.column}`);
    if (operator === "in") return `${column} = any(${parameters.add(operand)})`;
    if (operator === "has") return `${parameters.add(operand)} = any(${column})`;
    if (operator === "not")
      return operand === null ? `${column} is not null` : `${column} is distinct from ${parameters.add(operand)}`;
    if (operator === "contains") return `${column} like ${pattern("%", operand, parameters)}`;
    if (operator === "containsAnyCase") return `${column} ilike ${pattern("%", operand, parameters)}`;
    if (operator === "startsWith") return `${column} like ${pattern("", operand, parameters)}`;
    const sign = comparisons[operator];
    if (!sign || operand === null) throw new Error(`no operator ${operator} on ${field.column}`);
    // What an expression will give the planner cannot know: it shall not take an index for it, and read half of the table.
    const compared = operand instanceof Expressed ? `${column} + 0` : column;
    return `${compared} ${sign} ${operandOf(operand, parameters)}`;
  });
  return terms.join(" and ") || "true";
}

function operandOf(value: unknown, parameters: Parameters): string {
  if (value instanceof Expressed) return value.sql;
  return value instanceof ParentKey ? parameters.key(value.index) : parameters.add(value);
}

/** The pattern of LIKE for what has a text in it, behind whatever `before` stands for. */
function pattern(before: string, text: unknown, parameters: Parameters): string {
  parameters.weighed = true;
  parameters.letters += 1;
  return parameters.add(`${before}${String(text).replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
}

function compileRelation(key: string, field: FieldMeaning, value: Where, scope: Scope, parameters: Parameters): string {
  const there = scope.joined?.[key];
  if (there) return compileWhere(value, there, parameters);
  const [[quantifier, inner] = [], ...others] = field.list ? Object.entries(value) : [["some", value] as const];
  if (others.length > 0) throw new Error(`several quantifiers on ${key}`);
  if (quantifier !== "some" && quantifier !== "none") throw new Error(`no quantifier ${quantifier} on ${key}`);
  const target: Scope = { model: field.type, alias: parameters.alias() };
  const [theirs, ours] = relationJoin(key, field, scope, target);
  const before = parameters.letters;
  const condition = compileWhere(inner as Where, target, parameters);
  // There is one thing of a key, or none: it is looked up once, and not for each row. Of records each crisis has its own.
  const [held] = field.from ?? [];
  if (held !== undefined && Object.keys(inner as Where).join() === "key" && target.model !== "Record") {
    return `${columnOf(scope, held)} = (select ${target.alias}."id" from ${tableAs(target, parameters)} where ${condition})`;
  }
  // A foreign key that is never null always leads somewhere.
  if (condition === "true" && quantifier === "some" && isHeld(field, scope)) return "true";
  const back = looksBack(target.model, parameters);
  // Letters are looked for once, in their index, and not again for each row.
  if (back && parameters.letters > before) {
    const found = `${ours} in (select ${theirs} from ${tableAs(target, parameters)} where ${condition})`;
    return quantifier === "none" ? `(${found}) is not true` : found;
  }
  // A union is looked into by its key only where it is not made one join with what it hangs on.
  const apart = back ? " offset 0" : "";
  const exists = `exists (select 1 from ${tableAs(target, parameters)} where ${theirs} = ${ours} and ${condition}${apart})`;
  return quantifier === "none" ? `not ${exists}` : exists;
}

/** Whether this side holds the relation, and always does. */
function isHeld({ from }: FieldMeaning, { model }: Scope): boolean {
  return from?.[0] !== undefined && fieldMeaning(model, from[0]).required;
}

/** The columns, of `target` and of `scope`, by whose equality a row is the one, or one of those, that a relation names. */
function relationJoin(key: string, field: FieldMeaning, scope: Scope, target: Scope): readonly [string, string] {
  const [held] = field.from ?? [];
  if (held !== undefined) return [`${target.alias}."id"`, columnOf(scope, held)];
  const back = Object.entries(modelMeaning(target.model).fields).find(
    ([name, other]) => other.relation === field.relation && (other.from ?? []).length > 0 && name !== key,
  );
  const holder = back?.[1].from?.[0];
  if (holder === undefined) throw new Error(`relation ${key} of ${scope.model} has no other side`);
  const key_ =
    "assertionId" in modelMeaning(scope.model).fields && !("id" in modelMeaning(scope.model).fields)
      ? "assertionId"
      : "id";
  return [columnOf(target, holder), columnOf(scope, key_)];
}
