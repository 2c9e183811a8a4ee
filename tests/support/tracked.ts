import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of this clone. */
export const root = join(import.meta.dirname, "../..");

/** A file that git tracks, and its text. */
export interface Tracked {
  readonly path: string;
  readonly text: string;
}

/**
 * Every text file that git tracks, as it stands on disk; one just deleted and any that holds a zero byte are left out.
 * Throws where there is no git repository: a list of files guessed in another way might miss some.
 */
export function trackedFiles(): readonly Tracked[] {
  // A clone may belong to another user than the one who runs the tests; reading its list of files does no harm.
  const listed = execFileSync("git", ["-c", "safe.directory=*", "ls-files", "-z"], { cwd: root, encoding: "utf8" });
  return listed
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))
    .filter(({ text }) => !text.includes("\0"));
}
