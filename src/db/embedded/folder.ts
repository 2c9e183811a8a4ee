import { chmodSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { Refusal } from "../../errors.ts";
import { isDraft, layout } from "./cluster.ts";

/**
 * Makes the data folder, or opens it: it holds what an embedded PostgreSQL left there, or nothing.
 * @throws Refusal CONFIGURATION when it cannot be made or is not ours, and when other files lie in it
 */
export function openFolder(folder: string): void {
  const root = process.getuid?.() === 0;
  try {
    makeFolder(folder);
    // Root keeps the folder and lets PostgreSQL's account pass through to the cluster, which is that account's alone.
    chmodSync(folder, root ? 0o711 : 0o700);
  } catch (cause) {
    throw new Refusal(
      "CONFIGURATION",
      `The data folder ${folder} cannot be used (${(cause as Error).message}). It must belong to you: start as its owner, or name another with CHANCERY_DATA=<folder>.`,
      {},
      cause,
    );
  }
  refuseStrange(folder);
}

/** Makes a folder and those above it. Node's own way to do so never ends below a folder that takes none, such as /proc. */
function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let here = folder; !existsSync(here); here = dirname(here)) missing.unshift(here);
  for (const each of missing) mkdirSync(each);
}

function refuseStrange(folder: string): void {
  const paths = layout(folder);
  if (existsSync(paths.cluster)) return;
  const ours = new Set([...Object.values(paths).map((path) => basename(path)), "lost+found"]);
  const strange = readdirSync(folder).find((name) => !ours.has(name) && !isDraft(name));
  if (strange === undefined) return;
  const message = `The data folder ${folder} holds ${strange}, which is none of Chancery's. Name an empty folder, or one that is not there yet, with CHANCERY_DATA=<folder>.`;
  throw new Refusal("CONFIGURATION", message, { strange });
}
