import {
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { Scope as Permission } from "../access/scope.ts";
import type { Db } from "../db/client.ts";
import { scopeOf } from "../graph/scope.ts";
import { fragmentsOf } from "../limit/shape.ts";
import type { KnownView } from "../record/view.ts";
import { planField } from "./field.ts";
import { marked } from "./finish.ts";
import { joined, type Json } from "./json.ts";
import { planObject } from "./object.ts";
import { Unplanned, type Field, type KnownMoment, type Planning, type Row } from "./planning.ts";
import { lengthOf, write, type Finisher, type Run, type Sql } from "./run.ts";
import { Selector } from "./select.ts";

/** As many tables as one statement may name; a question of more is executed in many statements, one after another. */
const mostTables = 300;

/** As many characters as a plan keeps of the parts that it plans late. */
export const keptLate = 120_000;

/** A part that was planned late: what is written, and how many tables that names. */
interface Late {
  readonly sql: Sql;
  readonly tables: number;
}

function expectTables(count: number): void {
  if (count > mostTables) throw new Unplanned(`more than ${mostTables} tables`);
}

/** The making of a plan: what is asked of it, and what is planned once somebody asks for it. */
export class Making implements Planning {
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
  /** Parts that were planned late, those that were asked for lately; how many tables each has that ever was, and its block of aliases. */
  readonly #late = new LRUCache<string, Late>({
    maxSize: keptLate,
    maxEntrySize: keptLate,
    sizeCalculation: ({ sql }) => lengthOf(sql) + 1,
  });
  readonly #sizes = new Map<string, number>();
  readonly #blocks = new Map<string, number>();
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
    const block = this.#blocks.get(key) ?? this.#blocks.size;
    this.#blocks.set(key, block);
    this.#base = this.#early + block * mostTables;
    this.#tables = 0;
    try {
      const made = { sql: joined(plan()), tables: this.#tables };
      this.#late.set(key, made);
      return made;
    } finally {
      // Of what is too much, one more than may be.
      this.#sizes.set(key, this.#tables);
    }
  }

  get hasLate(): boolean {
    return this.#places > 0;
  }

  /** What holds for the whole answer is told before any of it is written. */
  #expectEarly(): void {
    if (this.#isSettled) throw new Error("this is told too late");
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
    this.#expectEarly();
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
    this.#expectEarly();
    this.isPersonal = true;
  }

  require(permission: Permission): void {
    this.#expectEarly();
    this.permissions.add(permission);
  }

  measure(what: object, bytes: Sql, times: number): void {
    this.#expectEarly();
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
