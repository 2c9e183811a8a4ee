import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { withSession } from "../../src/db/connect.ts";

/** In this order, what rows lead to stands before them. */
const order = [
  "actor",
  "name",
  "identifier",
  "crisis",
  "crisis_state",
  "place",
  "place_state",
  "position",
  "sanctions_programme",
  "document",
  "capture",
  "passage",
  "record",
  "assertion",
];

/** What is laid aside while rows are copied. */
export const limits = {
  "COPY, everything on": [],
  "COPY, no triggers": ["triggers"],
  "COPY, no triggers, keys or indexes": ["triggers", "indexes"],
} as const satisfies Readonly<Record<string, readonly ("triggers" | "indexes")[]>>;

/** Writes the rows of tables into files of a folder, as if one change set had entered them. */
export async function writeRows(url: string, tables: Iterable<string>, folder: string): Promise<string[]> {
  const sorted = [...tables].filter((name) => name !== "bulk_import").sort((a, b) => rank(a) - rank(b));
  await withSession(url, async (session) => {
    for (const name of sorted) {
      const { rows } = await session.query<{ name: string }>(
        `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
        [name],
      );
      const columns = rows.map((column) =>
        ["created_in", "recorded_from"].includes(column.name) ? "1" : `"${column.name}"`,
      );
      const stream = session.query(copyTo(`copy (select ${columns.join(", ")} from "${name}") to stdout`));
      await pipeline(stream, createWriteStream(join(folder, name)));
    }
  });
  return sorted;
}

function rank(name: string): number {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
}

/** Copies the rows in the files of a folder into an empty record, in one change set; answers the seconds it took. */
export async function copyRows(
  url: string,
  tables: readonly string[],
  folder: string,
  aside: readonly string[],
): Promise<number> {
  return withSession(url, async (session) => {
    if (aside.includes("triggers")) {
      for (const name of [...tables, "change_set"]) await session.query(`alter table "${name}" disable trigger user`);
    }
    if (aside.includes("indexes")) await dropIndexes(session);
    const began = performance.now();
    await session.query("begin");
    await session.query("select set_config('chancery.change_set', '1', true)");
    for (const name of tables) {
      await pipeline(createReadStream(join(folder, name)), session.query(copyFrom(`copy "${name}" from stdin`)));
    }
    // Triggers work out the digest and the hash; without them they are given.
    await session.query(`insert into "change_set" ("number", "at", "author", "reason", "items", "digest", "hash")
      values (1, clock_timestamp(), 'bench', 'The limit', 1, repeat('0', 64), repeat('0', 64))`);
    await session.query("commit");
    return (performance.now() - began) / 1000;
  });
}

async function dropIndexes(session: pg.ClientBase): Promise<void> {
  const { rows } = await session.query<{ statement: string }>(
    `select format('alter table %s drop constraint %I cascade', conrelid::regclass, conname) as statement
      from pg_constraint where connamespace = 'public'::regnamespace and contype in ('f', 'p', 'u', 'x') order by contype = 'f' desc`,
  );
  for (const { statement } of rows)
    await session.query(statement.replace("drop constraint", "drop constraint if exists"));
  const { rows: indexes } = await session.query<{ name: string }>(
    `select indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'public'::regnamespace`,
  );
  for (const { name } of indexes) await session.query(`drop index ${name}`);
}
