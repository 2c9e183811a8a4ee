import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Db } from "../db/client.ts";
import { Refusal } from "../errors.ts";
import { importDossier, type Imported } from "../formats/dossier/import-dossier.ts";

/**
 * Enters the dossier in the file at `path`, whose captures are files beside it, and says what came of it.
 * @throws Refusal DOSSIER_REFUSED beginning with the path, when the file cannot be read or anything in it is wrong.
 */
export async function enterDossierFile(
  db: Db,
  path: string,
  { author, say }: { readonly author: string; readonly say: (line: string) => void },
): Promise<void> {
  const text = readDossierFile(path);
  say(`Importing ${path}`);
  try {
    for (const line of report(await importDossier(db, text, { folder: dirname(resolve(path)), author }))) say(line);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, `${path}: ${error.message}`, error.details, error);
  }
}

/**
 * The text of the dossier at `path`.
 * @throws Refusal CONFIGURATION for what looks like an option, DOSSIER_REFUSED for what is no readable file of UTF-8.
 */
export function readDossierFile(path: string): string {
  if (path.startsWith("-")) {
    throw new Refusal("CONFIGURATION", `There is no option ${path}. Usage: chancery import <dossier.yaml> ...`);
  }
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const reasons: Record<string, string> = { ENOENT: "there is no such file", EISDIR: "it is a folder" };
    const reason = reasons[String(code)] ?? String(error);
    throw new Refusal("DOSSIER_REFUSED", `${path}: ${reason}; name a dossier in YAML.`, {}, error);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Refusal("DOSSIER_REFUSED", `${path} is not UTF-8; store it as UTF-8.`, {}, error);
  }
}

function report({ changeSet, added, unchanged, assertions, quotations }: Imported): string[] {
  const verified = `  ${assertions} assertions, ${quotations} quotations verified`;
  if (changeSet === null) return [verified, "  The record holds all of it already; nothing has changed."];
  const counts = Object.entries(added).filter(([, count]) => count > 0);
  const news = counts.map(([noun, count]) => `${count} ${count === 1 ? singular(noun) : noun}`).join(", ");
  return [verified, `  Entered as change set ${changeSet}: ${news}; ${unchanged} unchanged.`];
}

function singular(noun: string): string {
  return noun === "crises" ? "crisis" : noun.slice(0, -1);
}
