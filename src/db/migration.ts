import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** One step of the database's making, as it lies in the project. */
export interface Migration {
  /** Name of its folder: `yyyymmddhhmmss_words`. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file in hexadecimal, as Prisma records it. */
  readonly checksum: string;
}

/**
 * Reads the migrations of a folder laid out as Prisma lays it out, oldest first.
 * @throws Error when a folder is misnamed or lacks its migration.sql.
 */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const path = join(folder, name, "migration.sql");
      if (!/^\d{14}_\w+$/.test(name)) throw new Error(`${join(folder, name)}: call it yyyymmddhhmmss_words.`);
      if (!existsSync(path)) throw new Error(`${path} is missing.`);
      const bytes = readFileSync(path);
      return { name, sql: bytes.toString("utf8"), checksum: createHash("sha256").update(bytes).digest("hex") };
    });
}
