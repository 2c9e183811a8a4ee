import { readFileSync } from "node:fs";
import { expectNone } from "./arguments.ts";
import type { Command } from "./command.ts";

/** Prints this program's version. */
export const versionCommand: Command = {
  usage: "version",
  summary: "print the version",
  run(args, { say }) {
    expectNone(this.usage, args);
    say(readVersion());
    return Promise.resolve();
  },
};

/** This program's version, as package.json has it. */
export function readVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
