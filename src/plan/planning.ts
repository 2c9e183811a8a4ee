import type { FieldNode, GraphQLField, GraphQLNamedType, GraphQLObjectType, GraphQLSchema } from "graphql";
import type { Scope as Permission } from "../access/scope.ts";
import type { Db } from "../db/client.ts";
import type { Scope } from "../db/sql/where.ts";
import type { DaySpan } from "../graph/row.ts";
import type { KnownView, View } from "../record/view.ts";
import type { Json } from "./json.ts";
import type { Finisher, Run, Sql } from "./run.ts";

/** That a plan cannot express something, so that the operation is executed in the ordinary way. */
export class Unplanned extends Error {}

/** A moment at which rows are looked at: known when the plan is made, or opened for each request. */
export interface Moment<Looked extends View = View> {
  readonly fixed: Looked | null;
  readonly of: (run: Run) => Looked;
}

/** One that each request knows before it is answered. */
export type KnownMoment = Moment<KnownView>;

/** Where a row stands in the statement, and how it is looked at. */
export interface Row {
  readonly scope: Scope;
  /** The object types that it may be of. */
  readonly types: readonly string[];
  readonly moment: Moment;
  /** The days that it was asked for; null where any time would do. */
  readonly asked: ((run: Run) => DaySpan | null) | null;
  /** Selects the ids of all rows that are answered with it, its own included; where nothing stands above them. */
  readonly among?: Sql;
  /** Expressions in the place of columns. */
  readonly instead?: Readonly<Record<string, string>>;
}

/** A field as it is selected, once or several times under one key. */
export interface Field {
  readonly key: string;
  readonly name: string;
  readonly parent: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly nodes: readonly FieldNode[];
  /** The type it leads to, without its wrappers. */
  readonly type: GraphQLNamedType;
  readonly nullable: boolean;
}

/** The making of one plan. What is asked of everything it answers is told while it is made, and not while it is written. */
export interface Planning {
  readonly schema: GraphQLSchema;
  /** A number for the aliases of one more table. */
  next(): number;
  /**
   * Lets what a request names be planned once one names it, by its name, and stand in the statement of those that do. What
   * a statement is made of counts together, as it does where all is planned at once.
   */
  later(plan: (name: string) => Json): (name: string, run: Run) => string;
  /** Works something out once a request. */
  once<T>(find: (run: Run) => T): (run: Run) => T;
  /** The arguments of a field. */
  args(field: Field): (run: Run) => Readonly<Record<string, unknown>>;
  /** Opens a moment before the statement is written. */
  open(opener: (run: Run, db: Db) => Promise<KnownView>): KnownMoment;
  /** Looks, before the statement is written, whether what is asked can be meant: throws where it cannot. */
  check(look: (run: Run) => unknown): void;
  /** Lets the answer tell of who asks: it is no other's then. */
  tellAsker(): void;
  /** Lets only those who hold it be answered. */
  require(permission: Permission): void;
  /**
   * Lets the statement answer only where all that is measured is no more bytes together than an answer may have: those of
   * `what`, as often as it is told. What is the same is measured once.
   */
  measure(what: object, bytes: Sql, times: number): void;
  /** Lets a part of the answer be worked out from what the statement gives in its place. */
  finish(content: Json, finisher: Finisher): Json;
  /** The fields that are selected on an object of a type, in their order. */
  select(type: GraphQLObjectType, field: Pick<Field, "nodes">): readonly Field[];
  /** The fields that are selected on the one object type that a field leads to. */
  fields(field: Field): readonly Field[];
  /** The object types that a field may lead to. */
  types(field: Field): readonly string[];
  /** The JSON of a row under what a field selects of it. */
  object(field: Pick<Field, "nodes">, row: Row): Json;
}

/** Plans one kind of field on a row. */
export type FieldPlanner = (planning: Planning, field: Field, row: Row) => Json;
/** Plans one kind of field by which the record is entered. */
export type EntryPlanner = (planning: Planning, field: Field, moment: KnownMoment) => Json;
