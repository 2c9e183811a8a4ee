import type { Tx } from "../../db/client.ts";
import { typeOf } from "../terms/noun.ts";
import type { Noun } from "../terms/reading.ts";
import type { Json, Operation } from "./operation.ts";

/** Something that the record holds, and operations may lead to. */
export interface HeldThing {
  readonly noun: Noun;
  readonly id: string;
  /** What it is called while operations are read: its key; with the crisis before it for a record; its id without one. */
  readonly token: string;
  /** The kind of an actor or a record; else an empty text. */
  readonly kind: string;
  /** The GraphQL type of its id. */
  readonly type: string;
}

/** The name of a record while operations are read. */
export function recordToken(crisis: string, key: string): string {
  return `${crisis}/${key}`;
}

/** Everything that the record holds under an id or a key that stands in some operations. */
export async function lookUp(tx: Tx, operations: readonly Operation[]): Promise<HeldThing[]> {
  const said = { ids: new Set<string>(), keys: new Set<string>() };
  for (const { input } of operations) gather(input, said);
  const [keys, ids] = [[...said.keys], [...said.ids]];
  const where = { OR: [{ key: { in: keys } }, { id: { in: ids } }] };
  const select = { id: true, key: true };
  const held: HeldThing[] = [];
  const take = (noun: Noun, rows: readonly { id: string; key: string; kind?: string }[]) => {
    for (const { id, key, kind = "" } of rows) held.push({ noun, id, token: key, kind, type: typeOf(noun, kind) });
  };
  take("crisis", await tx.crisis.findMany({ where, select }));
  take("document", await tx.document.findMany({ where, select }));
  take("place", await tx.place.findMany({ where, select }));
  take("actor", await tx.actor.findMany({ where, select: { ...select, kind: true } }));
  take("position", await tx.position.findMany({ where, select }));
  take("programme", await tx.sanctionsProgramme.findMany({ where, select }));
  const named = held.filter(({ noun }) => noun === "crisis").map(({ id }) => id);
  // A record to be changed is named by id, and what it is linked to by keys in its crisis, which is named nowhere.
  const changed = await tx.record.findMany({ where: { id: { in: ids } }, select: { crisisId: true } });
  const crises = [...new Set([...named, ...changed.map(({ crisisId }) => crisisId)])];
  const records = await tx.record.findMany({
    where: { OR: [{ id: { in: ids } }, { key: { in: keys }, crisisId: { in: crises } }] },
    select: { ...select, kind: true, crisis: { select } },
  });
  take(
    "record",
    records.map(({ crisis, ...row }) => ({ ...row, key: recordToken(crisis.key, row.key) })),
  );
  const byId = { where: { id: { in: ids } }, select: { id: true } };
  take("capture", (await tx.capture.findMany(byId)).map(withToken("Capture")));
  take("passage", (await tx.passage.findMany(byId)).map(withToken("Passage")));
  const others = records.filter(({ crisis }) => !named.includes(crisis.id)).map(({ crisis }) => crisis);
  take("crisis", [...new Map(others.map((crisis) => [crisis.id, crisis])).values()]);
  return held;
}

function withToken(type: string) {
  return ({ id }: { id: string }) => ({ id, key: `${type}:${id}` });
}

const KEY = /^[A-Za-z0-9-]{1,100}$/;
const ID = /^[A-Z][A-Za-z0-9]*:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Gathers every text that may be an id or a key. */
function gather(value: Json | undefined, said: { ids: Set<string>; keys: Set<string> }): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, each] of Object.entries(value as Readonly<Record<string, Json>>)) {
    if (typeof each !== "string") gather(each, said);
    else if (name === "key" && KEY.test(each)) said.keys.add(each);
    else if (name === "id") {
      const uuid = ID.exec(each)?.[1];
      if (uuid !== undefined) said.ids.add(uuid);
    }
  }
}
