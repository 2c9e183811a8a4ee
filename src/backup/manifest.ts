import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../errors.ts";
import { faultOf } from "./manifest-fault.ts";
import { measureFile, type Written } from "./file.ts";

/** The file that tells what a backup holds; it is written last. */
export const manifestName = "manifest.json";

/** The way in which backups are written, told in each. */
export const format = 1;

/** What a backup says of itself. */
export interface Manifest {
  readonly format: number;
  /** The version of the program that made it. */
  readonly chancery: string;
  readonly madeAt: string;
  /** What the database had had. */
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[];
  /** The newest change set; null for an empty record. */
  readonly head: { readonly number: number; readonly hash: string } | null;
  readonly tables: readonly (Written & { readonly name: string })[];
}

/** The file that a table's rows stand in. */
export function fileOf(folder: string, table: string): string {
  return join(folder, `${table}.ndjson`);
}

/**
 * Reads what a backup holds, and looks whether each of its files is whole.
 * @throws Refusal BACKUP_REFUSED that names what is wrong with it
 */
export async function readBackup(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder);
  for (const { name, ...expected } of manifest.tables) {
    let found: Written;
    try {
      found = await measureFile(fileOf(folder, name));
    } catch (cause) {
      throw refuse(folder, `${name}.ndjson cannot be read (${(cause as Error).message})`, cause);
    }
    if (found.sha256 !== expected.sha256 || found.rows !== expected.rows) {
      throw refuse(
        folder,
        `${name}.ndjson is not what was written: ${found.rows} rows of ${expected.rows}, SHA-256 ${found.sha256}`,
      );
    }
  }
  return manifest;
}

function readManifest(folder: string): Manifest {
  let told: unknown;
  try {
    told = JSON.parse(readFileSync(join(folder, manifestName), "utf8"));
  } catch (cause) {
    throw refuse(folder, `it has no ${manifestName} that can be read, so it was never finished`, cause);
  }
  const { format: written } = (told ?? {}) as Partial<Manifest>;
  if (typeof written === "number" && written !== format) {
    throw refuse(folder, `it is written in format ${written}, and this version reads ${format}`);
  }
  const fault = faultOf(told);
  if (fault !== null)
    throw refuse(folder, `in its ${manifestName}, the manifest${fault.startsWith(".") ? "" : " "}${fault}`);
  return told as Manifest;
}

function refuse(folder: string, reason: string, cause?: unknown): Refusal {
  return new Refusal("BACKUP_REFUSED", `${folder} is no whole backup: ${reason}. Nothing was changed.`, {}, cause);
}
