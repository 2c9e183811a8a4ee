import { parseArgs, type ParseArgsConfig } from "node:util";
import { readExpiry } from "../access/expiry.ts";
import { createKey, listKeys, revokeKey } from "../access/register.ts";
import { scopes, type Scope } from "../access/scope.ts";
import { openDb, type Db } from "../db/client.ts";
import { openDatabase } from "../db/open.ts";
import { Refusal } from "../errors.ts";
import type { Command, Surroundings } from "./command.ts";
import { describeKey, tableOf } from "./key-table.ts";
import { whoami } from "./user.ts";

const usages = {
  create: "key create <name> --scope <scope> ... [--expires 90d|2027-01-31] [--quiet]",
  list: "key list",
  revoke: "key revoke <id or name>",
} as const;

/** Makes, shows and revokes keys, also beside a running server. */
export const keyCommand: Command = {
  usage: "key create|list|revoke",
  summary: "make a key for the API, list the keys, revoke one",
  async run([action = "", ...args], surroundings) {
    switch (action) {
      case "create":
        return create(args, surroundings);
      case "list":
        return list(args, surroundings);
      case "revoke":
        return revoke(args, surroundings);
      default:
        throw misused(action === "" ? "Say what to do with keys" : `"${action}" is not understood`);
    }
  },
};

async function create(args: readonly string[], { config, say }: Surroundings): Promise<void> {
  const options = {
    scope: { type: "string", multiple: true },
    expires: { type: "string" },
    quiet: { type: "boolean" },
  } as const;
  const { values, positionals } = read(args, options, "create");
  const [name, ...more] = positionals;
  if (name === undefined) throw misused("Name the key", "create");
  if (more.length > 0)
    throw misused(`"${more.join(" ")}" is too much; put a name of several words in quotes`, "create");
  const order = {
    name,
    scopes: (values.scope ?? []).map(checkScope),
    expiresAt: values.expires === undefined ? null : readExpiry(values.expires),
    createdBy: whoami(),
  };
  if (order.scopes.length === 0) throw misused(`Give the key a --scope: ${scopes.join(", ")}`, "create");
  // What scripts take is the last line of standard output, or all of it.
  const tell = values.quiet ? console.error : say;
  await onDatabase({ config, say: tell }, async (db) => {
    const { key, secret } = await createKey(db, order);
    tell(`${describeKey(key)}. Keep this; it is not shown again:`);
    say(secret);
  });
}

async function list(args: readonly string[], surroundings: Surroundings): Promise<void> {
  const { positionals } = read(args, {}, "list");
  if (positionals.length > 0) throw misused(`"${positionals.join(" ")}" is too much`, "list");
  await onDatabase(surroundings, async (db) => {
    const keys = await listKeys(db);
    if (keys.length === 0) surroundings.say(`There are no keys. Usage: chancery ${usages.create}`);
    else for (const line of tableOf(keys)) surroundings.say(line);
  });
}

async function revoke(args: readonly string[], surroundings: Surroundings): Promise<void> {
  const { positionals } = read(args, {}, "revoke");
  const [named, ...more] = positionals;
  if (named === undefined) throw misused("Name the key, or give its id", "revoke");
  if (more.length > 0) throw misused("Revoke one key at a time; put a name of several words in quotes", "revoke");
  await onDatabase(surroundings, async (db) => {
    surroundings.say(`${describeKey(await revokeKey(db, named))}. Servers refuse it within 5 s.`);
  });
}

/** Runs `work` on the database, of a running server or by itself. */
async function onDatabase({ config, say }: Surroundings, work: (db: Db) => Promise<void>): Promise<void> {
  const database = await openDatabase({ ...config, log: say, beside: true });
  try {
    const db = openDb(database.url);
    try {
      await work(db);
    } finally {
      await db.close();
    }
  } finally {
    await database.stop();
  }
}

function read<const O extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: O,
  action: keyof typeof usages,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const { message } = error as Error;
    throw misused(message.split(/\. (?=To )/)[0]?.replace(/\.$/, "") ?? message, action);
  }
}

function checkScope(given: string): Scope {
  const scope = scopes.find((each) => each === given);
  if (scope === undefined) throw misused(`There is no scope "${given}"; there are ${scopes.join(", ")}`, "create");
  return scope;
}

function misused(what: string, action?: keyof typeof usages): Refusal {
  const right = action === undefined ? Object.values(usages).map((usage) => `\n  chancery ${usage}`) : [usages[action]];
  const lead = action === undefined ? "Usage:" : "Usage: chancery ";
  return new Refusal("CONFIGURATION", `${what}. ${lead}${right.join("")}`);
}
