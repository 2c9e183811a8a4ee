import type { GraphQLResolveInfo } from "graphql";
import { modelMeaning } from "../db/meaning.ts";
import { selectRows, type ListQuery, type Row } from "../db/sql/page.ts";
import type { Where } from "../db/sql/where.ts";
import { documentsBehind, documentsIn, knownIn, thingsIn, viewKey, type View } from "../record/view.ts";
import { typeOfKind } from "../values/kind-name.ts";
import { viewOf, type GraphContext } from "./context.ts";
import { askedBy, shown, type Shown } from "./row.ts";

/** The most rows that are loaded by their keys at once, or that hang on one row as a plain list. */
const most = 10_000;

/** Reads rows that are bounded by their keys. Throws a fault rather than leave any out. */
async function selectAll({ db }: GraphContext, query: ListQuery): Promise<Row[]> {
  const rows = await selectRows(db.pool, query);
  if (rows.length > most) throw new Error(`more than ${most} rows of ${query.model} hang on what was loaded at once`);
  return rows;
}

/** Which rows of a model that is no list a view shows. */
export function seenIn(model: string, view: View): Where {
  if (model === "Document") return documentsIn(view);
  if (model === "ChangeSet") return view.changeSet === null ? {} : { number: { lte: view.changeSet } };
  if (model === "Capture") return { ...thingsIn(view), document: documentsBehind(view) };
  if (model === "Passage") return { ...thingsIn(view), capture: { document: documentsBehind(view) } };
  return "createdIn" in modelMeaning(model).fields ? thingsIn(view) : {};
}

/** The thing of `model` with this id as the field's view shows it; null where it shows none. */
export function loadThing(
  context: GraphContext,
  info: GraphQLResolveInfo,
  model: string,
  id: string,
): Promise<Shown | null> {
  return loadThingBy(context, info, model, "id", id);
}

/**
 * The thing of `model` whose unique `field` has this value, as the field's view shows it; null where it shows none, or
 * where it is not one of `those`.
 */
export function loadThingBy(
  context: GraphContext,
  info: GraphQLResolveInfo,
  model: string,
  field: string,
  value: string | number,
  those?: Where,
): Promise<Shown | null> {
  const view = viewOf(context, info);
  const loader = context.loaders.get<string | number, Shown | null>(
    `${model}.${field}|${viewKey(view)}${those ? JSON.stringify(those) : ""}`,
    async (values) => {
      const where = { AND: [{ [field]: { in: [...values] } }, seenIn(model, view), those ?? {}] };
      const query = { model, where, order: [field], descending: false, limit: most + 1, asOf: view.changeSet };
      const rows = await selectAll(context, query);
      const found = new Map(rows.map((row) => [row[field], shown(model, row)]));
      return values.map((each) => found.get(each) ?? null);
    },
  );
  return loader.load(value);
}

/** The record under a key of a crisis, withdrawn or not; null where there is none. */
export function loadRecordByKey(
  context: GraphContext,
  { crisisId, key }: { readonly crisisId: string; readonly key: string },
): Promise<Row | null> {
  const loader = context.loaders.get<readonly [crisisId: string, key: string], Row | null>(
    "record-key",
    async (asked) => {
      const where = { OR: asked.map(([crisisId, key]) => ({ crisisId: { equals: crisisId }, key: { equals: key } })) };
      const query = { model: "Record", where, order: ["id"], descending: false, limit: most + 1 };
      const rows = await selectAll(context, query);
      const found = new Map(rows.map((row) => [`${String(row["crisisId"])} ${String(row["key"])}`, row]));
      return asked.map((each) => found.get(each.join(" ")) ?? null);
    },
  );
  return loader.load([crisisId, key]);
}

/** The version of a record that the field's view shows; null where it shows none. */
export function loadFact(context: GraphContext, info: GraphQLResolveInfo, recordId: string): Promise<Shown | null> {
  const view = viewOf(context, info);
  const loader = context.loaders.get<string, Shown | null>(`record|${viewKey(view)}`, async (ids) => {
    const where = { AND: [{ recordId: { in: [...ids] } }, knownIn(view)] };
    const rows = await selectAll(context, {
      model: "Assertion",
      where,
      order: ["id"],
      descending: false,
      limit: most + 1,
    });
    const facts = await withDetails(context, rows);
    const found = new Map(facts.map((fact) => [fact["recordId"], shown("Assertion", fact, askedBy(view))]));
    return ids.map((id) => found.get(id) ?? null);
  });
  return loader.load(recordId);
}

/** A version by its own id, whatever any view shows; for readers who were told of it by the record's log. */
export function loadVersion(context: GraphContext, id: string): Promise<Shown> {
  const loader = context.loaders.get<string, Shown>("version", async (ids) => {
    const where = { id: { in: [...ids] } };
    const query = { model: "Assertion", where, order: ["id"], descending: false, limit: most + 1 };
    const facts = await withDetails(context, await selectAll(context, query));
    const found = new Map(facts.map((fact) => [fact["id"], shown("Assertion", fact)]));
    return ids.map((each) => found.get(each) ?? new Error(`version ${each} is missing`));
  });
  return loader.load(id);
}

/** Assertions with the columns of their kind added, in the same order: one statement a kind, however many lists ask. */
export async function withDetails(context: GraphContext, rows: readonly Row[]): Promise<Row[]> {
  const loader = context.loaders.get<readonly [kind: string, id: string], Row>("details", async (versions) => {
    const details = new Map<unknown, Row>();
    const kinds = [...new Set(versions.map(([kind]) => kind))];
    await Promise.all(
      kinds.map(async (kind) => {
        const ids = versions.filter((version) => version[0] === kind).map(([, id]) => id);
        const where = { assertionId: { in: ids } };
        const query = { model: typeOfKind(kind), where, order: ["assertionId"], descending: false, limit: most + 1 };
        for (const row of await selectAll(context, query)) details.set(row["id"], row);
      }),
    );
    return versions.map(([kind, id]) => details.get(id) ?? new Error(`version ${id} of kind ${kind} says nothing`));
  });
  const details = await loader.loadMany(rows.map((row) => [String(row["kind"]), String(row["id"])] as const));
  return rows.map((row, i) => {
    const detail = details[i];
    if (detail instanceof Error) throw detail;
    return { ...row, ...detail };
  });
}

/**
 * The rows of `model` whose `field` names this parent, in the order of `order`; for short lists only. Of things as they
 * stood after the change set `asOf`.
 */
export function loadChildren(
  context: GraphContext,
  {
    model,
    field,
    order,
    where = {},
    asOf = null,
  }: { model: string; field: string; order: readonly string[]; where?: Where; asOf?: number | null },
  parentId: string,
): Promise<Shown[]> {
  const loader = context.loaders.get<string, Shown[]>(
    `${model}.${field}[] ${order.join()} ${JSON.stringify(where)} ${String(asOf)}`,
    async (ids) => {
      const query = {
        model,
        where: { AND: [{ [field]: { in: [...ids] } }, where] },
        order,
        descending: false,
        limit: most + 1,
        asOf,
      };
      const lists = new Map<unknown, Shown[]>(ids.map((id) => [id, []]));
      for (const row of await selectAll(context, query)) lists.get(row[field])?.push(shown(model, row));
      return ids.map((id) => lists.get(id) ?? []);
    },
  );
  return loader.load(parentId);
}
