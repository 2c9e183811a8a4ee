import { openDatabase } from "../db/open.ts";
import { Refusal } from "../errors.ts";
import { verifyRecord } from "../record/verify.ts";
import type { Command } from "./command.ts";

/** Looks whether anything of the record was edited, added or removed behind the server's back. */
export const verifyCommand: Command = {
  usage: "verify [hash]",
  summary: "prove the record against its seals, and that a change set with this hash is in it",
  async run(args, { config, say }) {
    const [hash, ...others] = args;
    if (others.length > 0 || (hash !== undefined && !/^[0-9a-f]{64}$/.test(hash))) {
      throw new Refusal(
        "CONFIGURATION",
        `"${args.join(" ")}" is not understood: give the hash of a change set, 64 hexadecimal digits, or nothing. Usage: chancery ${this.usage}`,
      );
    }
    const database = await openDatabase({ ...config, log: say, beside: true });
    try {
      await sayVerified(database.url, hash, say);
    } finally {
      await database.stop();
    }
  },
};

/**
 * Says what a look at the whole record at `url` found, line by line.
 * @throws Refusal RECORD_ALTERED where it is not as it was entered, or no change set has the hash
 */
export async function sayVerified(url: string, hash: string | undefined, say: (line: string) => void): Promise<void> {
  const { faults, known, changeSets, rows, number, hash: head } = await verifyRecord(url, hash);
  for (const { what, table, key, subject, changeSet } of faults) {
    const of = subject === null ? "" : ` of ${subject}`;
    const sealed = changeSet === null ? "no change set entered it" : `change set ${changeSet}`;
    say(`${what}: ${table} ${key}${of} (${sealed})`);
  }
  if (!known) say(`No change set has the hash ${hash}: the chain was made anew since it was noted.`);
  if (faults.length > 0 || !known) {
    throw new Refusal("RECORD_ALTERED", "The record is not as it was entered: what differs is named above.");
  }
  say(`The record is as it was entered: ${changeSets} change sets, ${rows} rows.`);
  if (number !== null) say(`Change set ${number} has the hash ${head}. Note it elsewhere, to prove it later.`);
}
