import type { Db } from "../../src/db/client.ts";
import { typeOfKind } from "../../src/values/kind-name.ts";
import type { Known } from "./value.ts";

const things = ["Proposal", "Crisis", "Document", "Capture", "Passage", "Place", "Position", "SanctionsProgramme"];
const tables: Readonly<Record<string, string>> = { SanctionsProgramme: "sanctions_programme" };

/** What of a record can be asked about. */
export async function findKnown(db: Db): Promise<Known> {
  const ids: Record<string, string[]> = {};
  const add = (type: string, id: string) => (ids[type] ??= []).push(`${type}:${id}`);
  const read = async <T>(text: string) => (await db.pool.query<T & object>(text)).rows;
  for (const type of things) {
    const table = tables[type] ?? type.toLowerCase();
    for (const { id } of await read<{ id: string }>(`select id from "${table}" order by id`)) add(type, id);
  }
  const actors = await read<{ id: string; kind: string; key: string; name: string }>(
    `select id, kind, key, name from actor order by id`,
  );
  for (const { id, kind } of actors) add(typeOfKind(kind), id);
  const records = await read<{ id: string; kind: string; key: string }>(`select id, kind, key from record order by id`);
  for (const { id, kind } of records) add(typeOfKind(kind), id);
  const keys = await read<{ key: string }>(
    `select key from position union select key from crisis union select key from document union select key from place order by 1`,
  );
  const sets = await read<{ at: Date }>(`select at from change_set order by number`);
  return {
    ids,
    keys: [...keys.map(({ key }) => key), ...actors.map(({ key }) => key), ...records.map(({ key }) => key)],
    names: actors.map(({ name }) => name),
    instants: [
      ...sets.map(({ at }) => at.toISOString()),
      "1894-01-02T12:00:00Z",
      "1894-05-02T00:00:00Z",
      "2019-01-25T00:00:00Z",
      "2019-02-10T00:00:00.5Z",
      "2999-01-01T00:00:00Z",
    ],
  };
}
