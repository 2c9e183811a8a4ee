import { Refusal } from "../errors.ts";

/** Refuses arguments for a command that takes none. */
export function expectNone(usage: string, args: readonly string[]): void {
  if (args.length > 0) {
    throw new Refusal("CONFIGURATION", `"${args.join(" ")}" is not understood. Usage: chancery ${usage}`);
  }
}
