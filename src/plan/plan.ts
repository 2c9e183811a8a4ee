import {
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { Scope as Permission } from "../access/scope.ts";
import type { Db } from "../db/client.ts";
import { scopeOf } from "../graph/scope.ts";
import { bounds } from "../limit/bound.ts";
import { fragmentsOf } from "../limit/shape.ts";
import type { KnownView } from "../record/view.ts";
import { planEntries } from "./entry.ts";
import { planField } from "./field.ts";
import { finish, marked } from "./finish.ts";
import { joined, missingText, type Json } from "./json.ts";
import { planObject } from "./object.ts";
import { Unplanned, type Field, type KnownMoment, type Planning, type Row } from "./planning.ts";
import { atPresent } from "./row.ts";
import { sql, write, type Finisher, type Run, type Sql } from "./run.ts";
import { Selector } from "./select.ts";

/** One operation as one statement. */
export interface Plan {
  /** What its asker must hold. */
  readonly permissions: ReadonlySet<Permission>;
  /** Whether its answer tells of who asks. */
  readonly isPersonal: boolean;
  /** Whether it looks at any moment but the present. */
  readonly opens: boolean;
  /** Opens the moments that a request looks at, and throws where what it asks cannot be meant. */
  open(run: Run, db: Db): Promise<void>;
  /** Selects the answer as JSON, the number of the newest change set, and how many ms that took. */
  readonly statement: Sql;
  /** Whether parts of it are planned when they are asked for: twice as many tables as one statement may name are kept of them. */
  readonly hasLate: boolean;
  /** What the answer becomes when what the statement left to do is done. */
  finish(answer: string, run: Run): string;
}

/** What an operation is planned from: `variables` decide what is skipped and included. */
export interface Planned {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Seen by the same statement, so that an answer is known to be as of it. */
const head = `(select coalesce(max("number"), 0) from "change_set") as "head"`;

/** What stands last is worked out last. */
const ms = `extract(epoch from clock_timestamp() - statement_timestamp()) * 1000 as "ms"`;

/** Plans a query. Throws `Unplanned` for what no plan can express. */
export function planOperation({ schema, document, operation, variables }: Planned): Plan {
  const query = schema.getQueryType();
  if (operation.operation !== "query" || !query) throw new Unplanned("no query");
  const making = new Making(schema, document, variables);
  const fields = making.select(query, { nodes: [operation as never] });
  for (const { definition, name } of fields) {
    const scope = scopeOf(definition);
    if (name !== "__typename" && scope !== null) making.require(scope ?? "read");
  }
  const data = joined(planEntries(making, fields, atPresent));
  const statement = sql("select ", unlessTooLong(data, [...making.measured.values()]), ` as "data", ${head}, ${ms}`);
  making.settle();
  const { hasLate, permissions, openers, checks } = making;
  return {
    permissions,
    isPersonal: making.isPersonal,
    statement,
    hasLate,
    opens: openers.length > 0,
    finish,
    open: async (run, db) => {
      for (const opener of openers) run.views.push(await opener(run, db));
      for (const look of checks) look(run);
    },
  };
}

/** What is answered, unless what is measured is longer than an answer may be: ordinary execution says what then. */
function unlessTooLong(data: Sql, measured: readonly { readonly bytes: Sql; readonly times: number }[]): Sql {
  if (measured.length === 0) return data;
  const told = measured.flatMap(({ bytes, times }) => [` + ${times} * coalesce(`, ...bytes, ", 0)"]);
  return sql("case when 0", told, ` > ${bounds.answerBytes} then ${missingText} else `, data, " end");
}

/** As many tables as one statement may name; a question of more is executed in many statements, one after another. */
const mostTables = 300;

/** A part that was planned late: what is written, and how many tables that names. */
interface Late {
  readonly sql: Sql;
  readonly tables: number;
}

function expectTables(count: number): void {
  if (count > mostTables) throw new Unplanned(`more than ${mostTables} tables`);
}

class Making implements Planning {
  readonly schema: GraphQLSchema;
  readonly permissions = new Set<Permission>();
  readonly openers: ((run: Run, db: Db) => Promise<KnownView>)[] = [];
  readonly measured = new Map<object, { readonly bytes: Sql; readonly times: number }>();
  readonly checks: ((run: Run) => unknown)[] = [];
  isPersonal = false;
  readonly #selector: Selector;
  #tables = 0;
  /** The number before the first alias of what is planned. */
  #base = 0;
  /** How many tables there were when all was planned that is not planned late. */
  #early = 0;
  /** Parts that were planned late, those that were asked for lately; and how many tables each has that ever was. */
  readonly #late = new LRUCache<string, Late>({ maxSize: 2 * mostTables, sizeCalculation: ({ tables }) => tables + 1 });
  readonly #sizes = new Map<string, number>();
  #isSettled = false;
  #places = 0;
  #slots = 0;

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Readonly<Record<string, unknown>>) {
    this.schema = schema;
    this.#selector = new Selector(schema, fragmentsOf(document), variables);
  }

  next(): number {
    this.#tables += 1;
    expectTables(this.#tables);
    return this.#base + this.#tables;
  }

  later(plan: (name: string) => Json): (name: string, run: Run) => string {
    const place = (this.#places += 1);
    return (name, run) => {
      const key = `${place} ${name}`;
      // What would be too much is not planned to see it again.
      expectTables(this.#early + run.tables + (this.#sizes.get(key) ?? 0));
      const made = this.#late.get(key) ?? this.#planLate(key, () => plan(name));
      run.tables += made.tables;
      expectTables(this.#early + run.tables);
      return write(made.sql, run);
    };
  }

  /** Plans a part, with aliases that are its own: planned again, it is written as before. */
  #planLate(key: string, plan: () => Json): Late {
    if (!this.#sizes.has(key)) this.#sizes.set(key, mostTables + 1);
    this.#base = [...this.#sizes.keys()].indexOf(key) * mostTables + this.#early;
    this.#tables = 0;
    const sql = joined(plan());
    const made = { sql, tables: this.#tables };
    this.#sizes.set(key, made.tables);
    this.#late.set(key, made);
    return made;
  }

  get hasLate(): boolean {
    return this.#places > 0;
  }

  /** Says that what comes now is planned late. */
  settle(): void {
    this.#early = this.#tables;
    this.#isSettled = true;
  }

  once<T>(find: (run: Run) => T): (run: Run) => T {
    this.#slots += 1;
    const slot = this.#slots;
    return (run) => run.once(slot, () => find(run));
  }

  args({ definition, nodes }: Field): (run: Run) => Readonly<Record<string, unknown>> {
    const [node] = nodes;
    if (!node) throw new Error(`${definition.name} is selected by nothing`);
    return this.once((run) => getArgumentValues(definition, node, run.variables));
  }

  open(opener: (run: Run, db: Db) => Promise<KnownView>): KnownMoment {
    const place = this.openers.push(opener) - 1;
    return {
      fixed: null,
      of: (run) => {
        const view = run.views[place];
        if (!view) throw new Error("a moment was not opened");
        return view;
      },
    };
  }

  check(look: (run: Run) => unknown): void {
    // A part that is planned late is written at once, and looks then.
    if (!this.#isSettled) this.checks.push(look);
  }

  tellAsker(): void {
    this.isPersonal = true;
  }

  require(permission: Permission): void {
    this.permissions.add(permission);
  }

  measure(what: object, bytes: Sql, times: number): void {
    this.measured.set(what, { bytes, times: times + (this.measured.get(what)?.times ?? 0) });
  }

  finish(content: Json, finisher: Finisher): Json {
    return marked(content, finisher);
  }

  select(type: GraphQLObjectType, { nodes }: Pick<Field, "nodes">): readonly Field[] {
    const fields = this.#selector.select(type, nodes);
    for (const { definition } of fields) {
      const scope = scopeOf(definition);
      if (scope) this.require(scope);
    }
    return fields;
  }

  fields(field: Field): readonly Field[] {
    if (!isObjectType(field.type)) throw new Unplanned(`${field.parent.name}.${field.name}`);
    return this.select(field.type, field);
  }

  types({ type, parent, name }: Field): readonly string[] {
    const named = getNamedType(type);
    if (isObjectType(named)) return [named.name];
    if (isAbstractType(named)) return this.schema.getPossibleTypes(named).map((each) => each.name);
    throw new Unplanned(`${parent.name}.${name}`);
  }

  object(field: Pick<Field, "nodes">, row: Row) {
    return planObject(this, planField, field, row);
  }
}
