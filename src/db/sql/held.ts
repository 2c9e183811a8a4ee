import type pg from "pg";
import type { Tx } from "../client.ts";
import { sessionOf } from "../session.ts";
import { quote } from "./where.ts";

/** What stands under a key: its id, and its kind where things of its table have one. */
export interface HeldRow {
  readonly id: string;
  readonly key: string;
  /** An empty text where there are no kinds. */
  readonly kind: string;
}

/** What a table of things holds under some keys: one look into its index for each, whatever else it holds. */
export async function heldByKey(tx: Tx, table: string, keys: readonly string[]): Promise<HeldRow[]> {
  if (keys.length === 0) return [];
  const kind = table === "actor" ? `"kind"::text` : "''";
  const text = `select "id", "key", ${kind} as "kind" from ${quote(table)} where "key" = any ($1::text[])`;
  return (await sessionIn(tx).query<HeldRow>(text, [keys])).rows;
}

/** The records that stand under some keys in some crises. */
export async function heldRecords(
  tx: Tx,
  names: readonly { readonly crisis: string; readonly key: string }[],
): Promise<(HeldRow & { readonly crisis: string })[]> {
  if (names.length === 0) return [];
  const { rows } = await sessionIn(tx).query<HeldRow & { crisis: string }>(
    `select r."id", r."key", r."kind"::text, c."key" as "crisis"
      from unnest($1::text[], $2::text[]) w("crisis", "key")
      join "crisis" c on c."key" = w."crisis" join "record" r on r."crisis_id" = c."id" and r."key" = w."key"`,
    [names.map(({ crisis }) => crisis), names.map(({ key }) => key)],
  );
  return rows;
}

function sessionIn(tx: Tx): pg.ClientBase {
  const session = sessionOf(tx);
  if (!session) throw new Error("What is held is looked up in a transaction of inTransaction.");
  return session;
}
