import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** A .prisma file, as the schema engine takes it. */
export interface ModelFile {
  readonly path: string;
  readonly content: string;
}

/** Reads every .prisma file of a folder and the folders in it, by name. Default: those of this project. */
export function readModelFiles(folder: string = import.meta.dirname): ModelFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".prisma"))
    .sort()
    .map((name) => ({ path: join(folder, name), content: readFileSync(join(folder, name), "utf8") }));
}
