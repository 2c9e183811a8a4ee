import { resolve } from "node:path";
import { backUp } from "../backup/back-up.ts";
import { openDatabase } from "../db/open.ts";
import { Refusal } from "../errors.ts";
import type { Command } from "./command.ts";
import { readVersion } from "./version.ts";

/** Writes everything into a folder, also beside a running server. */
export const backupCommand: Command = {
  usage: "backup <folder>",
  summary: "write the whole record, and the digests of keys, into a new folder",
  async run(args, { config, say }) {
    const folder = resolve(onlyFolder(this.usage, args));
    const database = await openDatabase({ ...config, log: say, beside: true });
    try {
      const { head, tables } = await backUp(database.ownerUrl, folder, readVersion());
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      const state = head ? `as it stood after change set ${head.number} (${head.hash})` : "which holds nothing yet";
      say(`Wrote ${rows} rows of ${tables.length} tables into ${folder}: the record ${state}.`);
    } finally {
      await database.stop();
    }
  },
};

/** The one folder that a command takes. */
export function onlyFolder(usage: string, [folder, ...more]: readonly string[]): string {
  if (folder !== undefined && more.length === 0 && !folder.startsWith("-")) return folder;
  throw new Refusal("CONFIGURATION", `Name one folder. Usage: chancery ${usage}`);
}
