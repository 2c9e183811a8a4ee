import type pg from "pg";
import { modelMeaning, modelNames } from "../db/meaning.ts";
import { readTables, type Table } from "../db/sql/catalogue.ts";

/** Tables that a backup leaves out, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  allowance: "What was spent of a minute's allowance is past by the time that anything is restored.",
  _prisma_migrations: "The manifest names the migrations; a restored database has had them.",
  guard: "What guards the record is written down by whoever migrates.",
  idempotency: "Answers that are kept for a day, for who asks twice; a restored record gives new ones.",
};

/**
 * The tables that a backup holds: those of models, but for the ones left out.
 * @throws Error for a table of which nobody has decided whether it does
 */
export async function keptTables(session: pg.ClientBase): Promise<Table[]> {
  const modelled = new Set(modelNames().map((name) => modelMeaning(name).table));
  const kept = (await readTables(session)).filter(({ name }) => !(name in leftOut));
  const undecided = kept.filter(({ name }) => !modelled.has(name));
  if (undecided.length === 0) return kept;
  const names = undecided.map(({ name }) => name).join(", ");
  throw new Error(`It is not decided whether a backup holds ${names}: say so in src/backup/table.ts.`);
}
