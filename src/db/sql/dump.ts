import type { Readable } from "node:stream";
import type pg from "pg";
import { to } from "pg-copy-streams";
import type { Table } from "./catalogue.ts";
import { quote } from "./where.ts";

/** Begins to read the database as it is at one moment, however long that takes, with values in one spelling. */
export async function beginSnapshot(session: pg.ClientBase): Promise<void> {
  await session.query(`begin isolation level repeatable read read only;
    set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = '30s';
    set local client_encoding = 'UTF8'; set local timezone = 'UTC'; set local datestyle = 'ISO';
    set local extra_float_digits = 1; set local bytea_output = 'hex'`);
}

/** The rows of a table as lines of JSON, in the order of its key, as PostgreSQL sends them. */
export function dumpTable(session: pg.ClientBase, { name, columns, key }: Table): Readable & { rowCount: number } {
  const list = columns.map(quote).join(", ");
  const order = key.length > 0 ? `order by ${key.map(quote).join(", ")}` : "";
  // As CSV whose quote and delimiter JSON cannot hold, lines come as they are.
  const text = `copy (select row_to_json(t) from (select ${list} from ${quote(name)} ${order}) t)
    to stdout with (format csv, quote E'\\x01', delimiter E'\\x02', encoding 'UTF8')`;
  return session.query(to(text));
}
