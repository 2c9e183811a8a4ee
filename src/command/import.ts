import { Refusal } from "../errors.ts";
import { openDatabase } from "../db/open.ts";
import type { Command, Surroundings } from "./command.ts";

/** Enters dossiers into the record, also beside a running server. */
export const importCommand: Command = {
  usage: "import <dossier.yaml> ...",
  summary: "check dossiers and enter each into the record, all or nothing",
  async run(paths, surroundings) {
    if (paths.length === 0) throw new Refusal("CONFIGURATION", "Name a dossier. Usage: chancery import <dossier.yaml>");
    const { config, say } = surroundings;
    const database = await openDatabase({ ...config, log: say, beside: true });
    try {
      for (const path of paths) await enter(database.url, path, surroundings);
    } finally {
      await database.stop();
    }
  },
};

/** SEAM: to read the file at `path` and call `importDossier` of `src/formats/dossier.ts`. */
async function enter(_url: string, path: string, _surroundings: Surroundings): Promise<void> {
  throw new Refusal("DOSSIER_REFUSED", `${path}: dossiers cannot be read yet.`);
}
