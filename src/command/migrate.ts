import { openDatabase } from "../db/open.ts";
import { expectNone } from "./arguments.ts";
import type { Command } from "./command.ts";

/** Brings the database up to date without serving it. */
export const migrateCommand: Command = {
  usage: "migrate",
  summary: "bring the database to the state that this version knows, and stop",
  async run(args, { config, say }) {
    expectNone(this.usage, args);
    const database = await openDatabase({ ...config, log: say, beside: true });
    await database.stop();
    const count = database.applied.length;
    say(count === 0 ? "The database is up to date." : `Applied ${count} migration${count === 1 ? "" : "s"}.`);
  },
};
