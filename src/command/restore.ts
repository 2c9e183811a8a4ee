import { resolve } from "node:path";
import { isValid } from "../access/key.ts";
import { listKeys } from "../access/register.ts";
import { readBackup, type Manifest } from "../backup/manifest.ts";
import { restore } from "../backup/restore.ts";
import { openDb } from "../db/client.ts";
import { expectKnown, migrate } from "../db/migrate.ts";
import { openDatabase } from "../db/open.ts";
import { onlyFolder } from "./backup.ts";
import type { Command } from "./command.ts";
import { describeKey } from "./key-table.ts";

/** Enters a backup into a database that holds nothing yet, then brings it up to date. */
export const restoreCommand: Command = {
  usage: "restore <folder>",
  summary: "enter a backup into an empty database, all or nothing",
  async run(args, { config, say }) {
    const folder = resolve(onlyFolder(this.usage, args));
    // Before a database is made for it.
    const manifest: Manifest = await readBackup(folder);
    expectKnown(manifest.migrations);
    const only = new Set(manifest.migrations.map(({ name }) => name));
    const database = await openDatabase({ ...config, log: say, beside: true, only });
    try {
      const { rows, indexesChecked } = await restore(database.ownerUrl, folder, manifest);
      await migrate(database.ownerUrl, { log: say });
      const { head } = manifest;
      say(
        `Restored ${rows} rows: the record as it stood after change set ${head?.number ?? 0} (${head?.hash ?? "none"}).`,
      );
      say(
        `  Every file, count, foreign key and change set is as it was${indexesChecked ? ", and every index was looked through" : ""}.`,
      );
      await sayKeys(database.url, say);
    } finally {
      await database.stop();
    }
  },
};

/** Says which keys are let in, for what was revoked since the backup is valid again. */
export async function sayKeys(url: string, say: (line: string) => void): Promise<void> {
  const db = openDb(url);
  try {
    const keys = (await listKeys(db)).filter((key) => isValid(key));
    if (keys.length === 0) {
      say("No key is valid.");
      return;
    }
    say("These keys are valid, also where they were revoked since the backup; chancery key revoke <id> ends one:");
    for (const key of keys) say(`  ${describeKey(key)}`);
  } finally {
    await db.close();
  }
}
