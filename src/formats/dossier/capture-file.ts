import { readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { excerpt } from "../../values/excerpt.ts";
import { wellFormed } from "../../values/text.ts";
import { attempt, text } from "../../record/terms/read-value.ts";
import type { Read } from "../../record/terms/reading.ts";

const LONGEST_BYTES = 20_000_000;

/** Reads the name of a file in the dossier's folder or below, and answers the words in it, byte for byte as UTF-8. */
export const captureFile: Read<string> = (node, reading) => {
  const { problems, folder } = reading;
  const name = text(node, reading);
  if (name === undefined) return undefined;
  if (folder === null) throw new Error("A file is named where there is no folder to look in.");
  const path = resolve(folder, name);
  if (isOutside(folder, path)) {
    problems.add(node, `${excerpt(name)} is outside the dossier's folder; put the file beside the dossier.`);
    return;
  }
  try {
    // A link may lead out of the folder as well.
    if (isOutside(realpathSync(folder), realpathSync(path))) {
      problems.add(node, `${excerpt(name)} leads outside the dossier's folder; put the file itself there.`);
      return;
    }
    const file = statSync(path);
    if (!file.isFile()) {
      problems.add(node, `${excerpt(name)} is no plain file; name one that is.`);
      return;
    }
    if (file.size > LONGEST_BYTES) {
      problems.add(node, `${excerpt(name)} has more than ${LONGEST_BYTES / 1e6} MB.`);
      return;
    }
    const words = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
    if (words.trim() === "") {
      problems.add(node, `${excerpt(name)} is empty; a capture has words.`);
      return;
    }
    return attempt(node, problems, () => wellFormed(words, "file"));
  } catch (error) {
    problems.add(node, `${excerpt(name)} ${reasonOf(error)}.`);
    return;
  }
};

function isOutside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || way === ".." || /^\.\.[/\\]/.test(way) || isAbsolute(way);
}

/** Why a file cannot be read, for the errors that a person can mend; others are thrown on. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR")
    return "is not there; look at the name, which counts from the dossier's folder";
  if (code === "ELOOP") return "is a link that leads back to itself";
  if (code === "ENAMETOOLONG") return "is too long for the name of a file";
  if (code === "EACCES") return "may not be read by this user";
  if (code === "EISDIR") return "is a folder; name a file in it";
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "is not UTF-8; store it as UTF-8";
  throw error;
}
