import { fieldMeaning, modelMeaning } from "../db/meaning.ts";
import { ownerOf, scopeOf, type Keys, type ListQuery } from "../db/sql/page.ts";
import { ofKind, typeOf, type Where } from "../db/sql/where.ts";
import {
  documentsIn,
  knownIn,
  now,
  thingsIn,
  validDuring,
  viewKey,
  type KnownView,
  type View,
} from "../record/view.ts";
import { canonicalJson } from "../values/json.ts";
import type { Filter } from "./filter.ts";
import { readPage, type PageArgs, type PageRequest } from "./page.ts";
import { badInput, refusing } from "./refusal.ts";
import { askedBy, kindsByType, type DaySpan, type Shown } from "./row.ts";

/** An order that a list offers: a value of its enum, told in words, and the fields it means. */
export interface Order {
  readonly fields: readonly string[];
  readonly descending?: boolean;
  readonly description: string;
}

/** A condition on rows that may depend on the moment looked at. */
export type ListWhere = Where | ((view: View) => Where);

/** A list as the API offers it. */
export interface ListSpec {
  /** The GraphQL type of what is listed; names the connection, its edges and its order. */
  readonly node: string;
  readonly type: unknown;
  /** The model that is read: of a thing, the detail model of a kind, or Assertion or Concern for all kinds. */
  readonly model: string;
  readonly description: string;
  readonly filter: Filter;
  /** The orders offered, the usual one first. */
  readonly orders: Readonly<Record<string, Order>>;
  /** What is always required of the rows; with ParentKeys where the list hangs on a parent. */
  readonly where?: ListWhere;
  /** That `where` says itself for what time, so that the day of the view does not count. */
  readonly ownTime?: boolean;
  /** The fields of the parent whose values the ParentKeys of `where` stand for. */
  readonly parent?: readonly KeyField[];
}

/** A field of a parent, or several of which the first that is not null counts. */
export type KeyField = string | readonly string[];

/** The arguments of a list, as they are given. */
export type ListArgs = PageArgs & {
  filter?: object | null;
  orderBy?: string | null;
  validAt?: number | null;
  validDuring?: { from: number; to: number } | null;
};

/** Whether rows of this model are assertions, rather than things. */
export function isFact(model: string): boolean {
  const { fields } = modelMeaning(model);
  return model === "Assertion" || (!("id" in fields) && ("assertionId" in fields || "versionId" in fields));
}

/** A list's own condition at a moment. */
function whereOf(where: ListWhere | undefined, view: View): Where {
  return typeof where === "function" ? where(view) : (where ?? {});
}

/** A condition on an assertion as one on the rows of `model`. */
export function onAssertion(model: string, assertion: Where): Where {
  if (model === "Assertion") return assertion;
  return model === "Concern" ? { version: assertion } : { assertion };
}

function spanOf(args: ListArgs, view: View): DaySpan | null {
  if (args.validAt != null && args.validDuring != null) throw badInput("Give validAt or validDuring, not both.");
  if (args.validAt != null) return { from: args.validAt, to: args.validAt };
  if (args.validDuring == null) return askedBy(view);
  if (args.validDuring.from > args.validDuring.to)
    throw badInput("validDuring ends before it begins; give the earlier day as from.");
  return args.validDuring;
}

function visible(model: string, view: View, asked: DaySpan | null): Where {
  if (!isFact(model)) return model === "Document" ? documentsIn(view) : model === "ChangeSet" ? {} : thingsIn(view);
  const spans = [asked, askedBy(view)].filter((span) => span !== null);
  return onAssertion(model, { AND: [knownIn(view), ...spans.map(({ from, to }) => validDuring(from, to))] });
}

/** PostgreSQL's type of a field that a list is ordered by. */
function keyType(model: string, field: string): string {
  return typeOf(fieldMeaning(ownerOf(scopeOf(model), field).model, field));
}

/** What is asked of a list at a moment, whatever the parent. */
export interface ListAsked<LookedAt extends View = View> {
  /** The days that it is asked about. */
  readonly asked: DaySpan | null;
  readonly page: PageRequest;
  /** The fields that it is ordered by. */
  readonly order: readonly string[];
  /** The whole list. */
  readonly where: Where;
  /** The page of it, and one row beyond. */
  readonly query: ListQuery;
  /** A text that tells what is asked; with the moment and the parent's keys behind it, the scope of the list's cursors. */
  readonly asking: string;
  /** The moment that it is asked of. */
  readonly view: LookedAt;
}

/** Reads the arguments of a list. Throws bad input for what cannot be meant. */
export function askList<LookedAt extends View>(spec: ListSpec, args: ListArgs, looked: LookedAt): ListAsked<LookedAt> {
  const view = spec.ownTime ? { ...looked, validAt: null } : looked;
  const asked = spanOf(args, view);
  const order = spec.orders[args.orderBy ?? ""];
  if (!order) throw badInput(`orderBy is null; leave it out, or give one of ${Object.keys(spec.orders).join(", ")}.`);
  const filter = args.filter ? refusing(() => spec.filter.where(args.filter as Record<string, unknown>, view)) : {};
  const asking = canonicalJson({
    list: `${spec.node} ${spec.model} ${JSON.stringify(whereOf(spec.where, now))}`,
    order: args.orderBy,
    filter: JSON.parse(JSON.stringify(args.filter ?? {})) as unknown,
    asked,
  });
  const page = readPage(
    args,
    order.fields.map((field) => keyType(spec.model, field)),
  );
  const kind = kindsByType.get(spec.model);
  const where: Where = {
    AND: [
      whereOf(spec.where, view),
      kind === undefined ? {} : onAssertion(spec.model, ofKind(kind)),
      visible(spec.model, view, asked),
      filter,
    ],
  };
  const query: ListQuery = {
    model: spec.model,
    where,
    order: order.fields,
    descending: (order.descending ?? false) !== page.backwards,
    after: page.keys,
    limit: page.size + 1,
    asOf: view.changeSet,
  };
  return { asked, page, order: order.fields, where, query, asking, view };
}

/** The values of the fields that a list hangs on. */
export function keysOf(fields: readonly KeyField[], row: Shown): Keys {
  return fields.map((field) => {
    const found = [field].flat().find((each) => row[each] != null);
    return found === undefined ? null : (row[found] as string | number);
  });
}

/** What is asked and of what moment: the scope of the cursors of a list that hangs on nothing. */
export function scopeAt({ asking, view }: Pick<ListAsked<KnownView>, "asking" | "view">): string {
  return `${asking} ${viewKey(view)}`;
}

/** The scope of the cursors of a list below a parent with these keys. */
export function scopeBelow(asking: string, keys: Keys | undefined): string {
  return keys ? `${asking} ${keys.join(" ")}` : asking;
}
