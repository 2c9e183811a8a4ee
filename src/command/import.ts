import { openDb, type Db } from "../db/client.ts";
import { openDatabase } from "../db/open.ts";
import { Refusal } from "../errors.ts";
import { enterBulkFile, isBulk } from "./bulk-file.ts";
import type { Command, Surroundings } from "./command.ts";
import { enterDossierFile, readDossierFile } from "./dossier-file.ts";
import { whoami } from "./user.ts";

/** Enters dossiers and bulk data into the record, also beside a running server. */
export const importCommand: Command = {
  usage: "import <file> ...",
  summary: "enter dossiers (.yaml), all or nothing, and bulk data (.ndjson)",
  async run(paths, surroundings) {
    if (paths.length === 0)
      throw new Refusal("CONFIGURATION", "Name a file. Usage: chancery import <dossier.yaml or data.ndjson> ...");
    const { config, say } = surroundings;
    // Before a database is made for it.
    for (const path of paths.filter((each) => !isBulk(each))) readDossierFile(path);
    const database = await openDatabase({ ...config, log: say, beside: true });
    try {
      const db = openDb(database.url);
      try {
        await enterAll(db, paths, surroundings);
      } finally {
        await db.close();
      }
    } finally {
      await database.stop();
    }
  },
};

async function enterAll(db: Db, paths: readonly string[], { say }: Surroundings): Promise<void> {
  for (const path of paths)
    await (isBulk(path) ? enterBulkFile : enterDossierFile)(db, path, { author: whoami(), say });
}
