import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withSession } from "../src/db/connect.ts";
import { readMigrations } from "../src/db/migration.ts";
import { sqlFromDatabaseToModels } from "./diff.ts";
import type { ModelFile } from "./model-file.ts";
import { outline } from "./outline.ts";

/** What a draft is made of. */
export interface DraftOptions {
  /** A database with every migration of `folder`, nothing in it, to be thrown away: the draft is tried on it. */
  readonly url: string;
  readonly files: readonly ModelFile[];
  /** Where the migrations are. */
  readonly folder: string;
  /** What the migration is about: lower-case words with hyphens or underscores between. */
  readonly noun: string;
  /** When it is drafted. */
  readonly at: Date;
}

/** A migration that was written. */
export interface Draft {
  readonly path: string;
  /** The tables it makes. */
  readonly tables: readonly string[];
}

/**
 * Writes a new migration that brings the database to what the models say, and touches no other. New tables are made
 * append-only, as the record's are; further checks and triggers are for a person to add.
 * @returns undefined where there is nothing to draft.
 * @throws Error when the noun is none, when a later migration exists, or when PostgreSQL refuses the SQL: then nothing
 *   is written.
 */
export async function draftMigration({ url, files, folder, noun, at }: DraftOptions): Promise<Draft | undefined> {
  if (!/^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/.test(noun)) {
    throw new Error(`"${noun}" names no migration. Say what it is about in lower-case words, such as: sanction-list.`);
  }
  const name = `${at.toISOString().slice(0, 19).replace(/\D/g, "")}_${noun.replaceAll("-", "_")}`;
  const last = readMigrations(folder).at(-1)?.name;
  if (last !== undefined && last >= name) throw new Error(`${name} would come before ${last}. Is the clock right?`);

  const difference = withEnumOrder(await sqlFromDatabaseToModels(url, files), files);
  if (difference === "") return undefined;
  const tables = [...difference.matchAll(/CREATE TABLE "([^"]+)"/g)].map(([, table = ""]) => table);
  const sql = [difference, ...tables.map(appendOnly)].join("\n\n");
  await withSession(url, (session) => session.query(sql)).catch((cause: unknown) => {
    throw new Error(`PostgreSQL refuses the draft: ${(cause as Error).message}\n\n${sql}`, { cause });
  });

  mkdirSync(join(folder, name));
  const path = join(folder, name, "migration.sql");
  writeFileSync(path, `${sql}\n`);
  return { path, tables };
}

/** Puts each new value of an enum where the models have it: Prisma's engine adds it at the end. */
function withEnumOrder(sql: string, files: readonly ModelFile[]): string {
  const values = new Map(outline(files).map(({ table, members }) => [table, members.map(({ column }) => column)]));
  return sql.replace(/ALTER TYPE "([^"]+)" ADD VALUE '([^']+)'/g, (statement, type: string, value: string) => {
    const order = values.get(type) ?? [];
    const place = order.indexOf(value);
    return `${statement} ${place > 0 ? `AFTER '${order[place - 1]}'` : `BEFORE '${order[1]}'`}`;
  });
}

function appendOnly(table: string): string {
  const triggers = [
    ["append_only", "before update or delete", "row"],
    ["not_emptied", "before truncate", "statement"],
  ] as const;
  const lines = triggers.flatMap(([end, when, each]) => [
    `create trigger "${table}_${end}" ${when} on "${table}" for each ${each} execute function chancery_append_only();`,
    `alter table "${table}" enable always trigger "${table}_${end}";`,
  ]);
  return [`-- ${table} grows and is never rewritten.`, ...lines].join("\n");
}
