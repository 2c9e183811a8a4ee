import { backupCommand } from "./command/backup.ts";
import type { Command } from "./command/command.ts";
import { makeHelp } from "./command/help.ts";
import { importCommand } from "./command/import.ts";
import { keyCommand } from "./command/key.ts";
import { migrateCommand } from "./command/migrate.ts";
import { restoreCommand } from "./command/restore.ts";
import { serveCommand } from "./command/serve.ts";
import { verifyCommand } from "./command/verify.ts";
import { versionCommand } from "./command/version.ts";
import { readConfig } from "./config.ts";
import { Refusal } from "./errors.ts";

/** What service managers take as "wrongly configured, starting again will not help". */
const EXIT_CONFIG = 78;

const help = makeHelp(() => Object.values(commands));
const commands: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  import: importCommand,
  key: keyCommand,
  migrate: migrateCommand,
  verify: verifyCommand,
  backup: backupCommand,
  restore: restoreCommand,
  version: versionCommand,
  help,
};

process.exit(await main(process.argv.slice(2)));

async function main([word = "help", ...args]: readonly string[]): Promise<number> {
  let debug = false;
  try {
    const config = readConfig();
    debug = config.debug;
    await commandOf(word).run(args, { config, say: console.log });
    return 0;
  } catch (error) {
    console.error(debug ? error : `chancery: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof Refusal && error.code === "DATABASE_TOO_NEW" ? EXIT_CONFIG : 1;
  }
}

function commandOf(word: string): Command {
  const name = word.replace(
    /^--?(help|version|h|v)$/,
    (_flag, long: string) => ({ h: "help", v: "version" })[long] ?? long,
  );
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command;
  throw new Refusal(
    "CONFIGURATION",
    `There is no command "${word}". There are: ${Object.keys(commands).join(", ")}. "chancery help" explains them.`,
  );
}
