import type { GraphQLResolveInfo } from "graphql";
import { countRows, selectRows, selectRowsByParent, type ListQuery, type Row } from "../db/sql/page.ts";
import type { Where } from "../db/sql/where.ts";
import { documentsIn, knownIn, thingsIn, validDuring, viewKey, type View } from "../record/view.ts";
import { canonicalJson } from "../values/json.ts";
import { builder, type Types } from "./builder.ts";
import { connectionType, type Connection } from "./connection-type.ts";
import { viewOf, type GraphContext } from "./context.ts";
import type { Filter } from "./filter.ts";
import { withDetails } from "./load.ts";
import { cursorOf, cutPage, readPage, type PageArgs } from "./page.ts";
import { badInput, refusing } from "./refusal.ts";
import { askedBy, shown, type DaySpan, type Shown } from "./row.ts";

/** An order that a list offers: a value of its enum, told in words, and the fields it means. */
export interface Order {
  readonly fields: readonly string[];
  readonly descending?: boolean;
  readonly description: string;
}

/** A list as the API offers it. */
export interface ListSpec {
  /** The GraphQL type of what is listed; names the connection, its edges and its order. */
  readonly node: string;
  readonly type: unknown;
  /** The model that is read: of a thing, or the detail model of a kind, or Assertion for all kinds. */
  readonly model: string;
  readonly description: string;
  readonly filter: Filter;
  /** The orders offered, the usual one first. */
  readonly orders: Readonly<Record<string, Order>>;
  /** What is always required of the rows; with ParentKeys where the list hangs on a parent. */
  readonly where?: Where;
  /** The keys that the ParentKeys of `where` stand for. */
  readonly parent?: (row: Shown) => readonly string[];
}

type ListArgs = PageArgs & {
  filter?: object | null;
  orderBy?: string | null;
  validAt?: number | null;
  validDuring?: { from: number; to: number } | null;
};

const countCap = 10_000;

const DuringInput = builder.inputType("DaySpanInput", {
  description: "A span of days, both included.",
  fields: (t) => ({
    from: t.field({ type: "Date", required: true, description: "The first day." }),
    to: t.field({ type: "Date", required: true, description: "The last day; not before the first." }),
  }),
});

const orderEnums = new Map<string, unknown>();

function orderEnum({ node, orders }: ListSpec): unknown {
  const name = `${node}Order`;
  let made = orderEnums.get(name);
  if (!made) {
    const values = Object.fromEntries(
      Object.entries(orders).map(([value, { description }]) => [value, { description }]),
    );
    made = builder.enumType(name, { description: `The order in which a list of ${node} is read.`, values });
    orderEnums.set(name, made);
  }
  return made;
}

function isFact(model: string): boolean {
  return (
    model === "Assertion" ||
    !["Crisis", "Document", "Capture", "Actor", "Place", "Position", "ChangeSet", "SanctionsProgramme"].includes(model)
  );
}

/** Adds a list as a Relay connection, pages both ways, filtered and ordered, seen at the view's moment. */
export function connection(
  t: { field: (options: never) => unknown; arg: unknown },
  spec: ListSpec,
): PothosSchemaTypes.FieldRef<Types> {
  const builderOfArgs = t.arg as (options: object) => unknown;
  const usual = Object.keys(spec.orders)[0];
  const fact = isFact(spec.model);
  return t.field({
    type: connectionType(spec.node, spec.type),
    description: spec.description,
    args: {
      first: builderOfArgs({
        type: "Int",
        description: "How many to read forwards, 1 to 100; 20 where neither first nor last is given.",
      }),
      after: builderOfArgs({ type: "String", description: "Read on after this cursor of the same list." }),
      last: builderOfArgs({ type: "Int", description: "How many to read backwards from the end, 1 to 100." }),
      before: builderOfArgs({ type: "String", description: "Read back before this cursor of the same list." }),
      filter: builderOfArgs({ type: spec.filter.type, description: "Which to list; left out, all." }),
      orderBy: builderOfArgs({
        type: orderEnum(spec),
        required: true,
        defaultValue: usual,
        description: "In which order.",
      }),
      ...(fact
        ? {
            validAt: builderOfArgs({
              type: "Date",
              description: "Only those that held, certainly or possibly, on this day; `certainty` tells which.",
            }),
            validDuring: builderOfArgs({
              type: DuringInput,
              description: "Only those that held, certainly or possibly, on some day of this span.",
            }),
          }
        : {}),
    },
    extensions: { list: spec },
    resolve: (parent: Shown, args: ListArgs, context: GraphContext, info: GraphQLResolveInfo) =>
      readList(spec, parent, args, context, info),
  } as never) as PothosSchemaTypes.FieldRef<Types>;
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
  const spans = [...new Set([asked, askedBy(view)])].filter((span) => span !== null);
  const assertion = { AND: [knownIn(view), ...spans.map(({ from, to }) => validDuring(from, to))] };
  return model === "Assertion" ? assertion : { assertion };
}

/** Reads a page of a list under a parent. Parents of one level that ask alike are answered by one statement. */
export async function readList(
  spec: ListSpec,
  parent: Shown,
  args: ListArgs,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Connection> {
  const view = viewOf(context, info);
  const asked = spanOf(args, view);
  if (args.filter === null) throw badInput("filter is null; leave it out to list all.");
  const order = spec.orders[args.orderBy ?? ""];
  if (!order) throw badInput(`orderBy is null; leave it out, or give one of ${Object.keys(spec.orders).join(", ")}.`);
  const filter = args.filter ? refusing(() => spec.filter.where(args.filter as Record<string, unknown>)) : {};
  const keys = spec.parent?.(parent);
  const asking = canonicalJson({
    list: `${spec.node} ${JSON.stringify(spec.where ?? {})}`,
    order: args.orderBy,
    filter: args.filter ?? {},
    asked,
    view: viewKey(view),
  });
  const scope = keys ? `${asking} ${keys.join(" ")}` : asking;
  const page = readPage(args, scope);
  const where: Where = { AND: [spec.where ?? {}, visible(spec.model, view, asked), filter] };
  const query: ListQuery = {
    model: spec.model,
    where,
    order: order.fields,
    descending: (order.descending ?? false) !== page.backwards,
    after: page.keys,
    limit: page.size + 1,
  };
  const rows = await readRows(context, query, keys, `${asking} ${canonicalJson(page)}`);
  const cut = cutPage(rows, page);
  return {
    ...cut,
    rows: (await complete(context, spec, cut.rows)).map((row) => shown(modelOf(spec), row, asked)),
    cursor: (row) => cursorOf(row, order.fields, scope),
    count: () => readCount(context, spec.model, where, keys, asking),
  };
}

function modelOf({ model }: ListSpec): string {
  return isFact(model) ? "Assertion" : model;
}

function complete(context: GraphContext, { model }: ListSpec, rows: readonly Row[]): Promise<Row[]> | Row[] {
  return model === "Assertion" ? withDetails(context, rows) : [...rows];
}

function readRows(
  { db, loaders }: GraphContext,
  query: ListQuery,
  keys: readonly string[] | undefined,
  name: string,
): Promise<Row[]> {
  if (!keys) return selectRows(db.pool, query);
  const load = (parents: readonly (readonly string[])[]) => selectRowsByParent(db.pool, query, parents);
  return loaders.get<readonly string[], Row[]>(name, load).load(keys);
}

async function readCount(
  { db, loaders }: GraphContext,
  model: string,
  where: Where,
  keys: readonly string[] | undefined,
  name: string,
) {
  const query = { model, where, cap: countCap + 1 };
  const count = keys
    ? await loaders
        .get<readonly string[], number>(`count ${name}`, (parents) => countRows(db.pool, query, parents))
        .load(keys)
    : ((await countRows(db.pool, query))[0] ?? 0);
  return { count: Math.min(count, countCap), capped: count > countCap };
}
