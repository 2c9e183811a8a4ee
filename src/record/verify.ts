import type pg from "pg";
import { withSession } from "../db/connect.ts";
import {
  selectBrokenLinks,
  selectByHash,
  selectHead,
  selectMisquoted,
  selectStray,
  type Head,
} from "../db/sql/verify-chain.ts";
import { selectMisnoted } from "../db/sql/verify-noted.ts";
import { selectSealedTables, selectUnlike, selectUnsealed, type Fault } from "../db/sql/verify.ts";

/** What a look at the whole record found. */
export interface Verified extends Head {
  /** What was edited, added or removed behind the server's back, at most a hundred of each table; none where all is well. */
  readonly faults: readonly Fault[];
  /** Whether some change set has the hash that was asked for; true where none was. */
  readonly known: boolean;
}

/**
 * Reads the whole record in the database at `url`, as of one moment: works out the hash of every row anew and compares
 * it with its seal, and looks for rows without one; works out every digest and hash of the chain; finds every quotation in
 * its capture; and works out what was noted beside the record: the log, what concerns what, the words. PostgreSQL does the reading, so that this process holds nothing but what is wrong.
 * @param hash of a change set that is known to have been there, noted elsewhere: it proves that the chain was not made
 * anew since
 */
export async function verifyRecord(url: string, hash?: string): Promise<Verified> {
  return withSession(url, async (session) => {
    await session.query("begin isolation level repeatable read read only");
    const faults = await findFaults(session);
    const known = hash === undefined || (await selectByHash(session, hash)) !== null;
    return { ...(await selectHead(session)), faults, known };
  });
}

/** What `verifyRecord` looks for, in the transaction of a session. */
export async function findFaults(session: pg.Client): Promise<readonly Fault[]> {
  await session.query("set local datestyle = 'ISO'; set local extra_float_digits = 1; set local timezone = 'UTC'");
  const faults: Fault[] = await selectBrokenLinks(session);
  for (const table of await selectSealedTables(session)) {
    faults.push(...(await selectUnlike(session, table)), ...(await selectUnsealed(session, table)));
  }
  faults.push(...(await selectStray(session)));
  const named = new Set(faults.map(({ table, key }) => `${table} ${key}`));
  faults.push(...(await selectMisquoted(session)).filter(({ table, key }) => !named.has(`${table} ${key}`)));
  // Notes follow from what is sealed: of what is not as it was, nothing follows.
  return faults.length > 0 ? faults : selectMisnoted(session);
}
