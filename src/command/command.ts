import type { Config } from "../config.ts";

/** What every command is given. */
export interface Surroundings {
  readonly config: Config;
  /** Tells the person one line. */
  readonly say: (line: string) => void;
}

/** One word of `chancery <word>`. */
export interface Command {
  /** The word and its arguments, as help shows them. */
  readonly usage: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** Does it. Throws a Refusal for what it will not do. */
  run(args: readonly string[], surroundings: Surroundings): Promise<void>;
}
