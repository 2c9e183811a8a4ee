import { excerpt } from "../../values/excerpt.ts";
import { InvalidValue } from "../../values/invalid-value.ts";
import { isBlank, shortEnough, wellFormed } from "../../values/text.ts";
import { nearestWord, orNearest } from "./nearest-word.ts";
import { describe, type Node } from "./node.ts";
import type { Read, Reading } from "./reading.ts";

/** Characters of a text that is not that of a whole document. */
const LONGEST_TEXT = 20_000;
/** Characters of a text that lists are ordered by. */
const LONGEST_NAME = 300;

/** Reads text of any length that is not blank, kept as it is. */
export const wholeText: Read<string> = (node, { problems }) => {
  if (node.kind !== "scalar" || typeof node.value !== "string") {
    const quoted = node.kind === "scalar" && node.value !== null ? `; put it in quotation marks: "${node.source}"` : "";
    problems.add(node, `Text is needed, not ${describe(node)}${quoted}.`);
    return;
  }
  if (isBlank(node.value)) {
    problems.add(node, "The text is empty; write something that can be seen, or leave the field out.");
    return;
  }
  const { value } = node;
  return attempt(node, problems, () => wellFormed(value, "text"));
};

/** Reads text of `most` characters at most that is not blank, kept as it is. */
function textUpTo(most: number): Read<string> {
  return (node, reading) => {
    const value = wholeText(node, reading);
    return value === undefined ? value : attempt(node, reading.problems, () => shortEnough(value, "text", most));
  };
}

/** Reads text that is not blank and has 20,000 characters at most, kept as it is. */
export const text = textUpTo(LONGEST_TEXT);

/** Reads a text that lists are ordered by, which therefore has 300 characters at most. */
export const shortText = textUpTo(LONGEST_NAME);

/** Reads text that `accepts` answers true for; `form` says what is right, with an example. */
export function textLike(accepts: (value: string) => boolean, form: string): Read<string> {
  return (node, reading) => {
    const value = text(node, reading);
    if (value === undefined || accepts(value)) return value;
    reading.problems.add(node, `${excerpt(value)} will not do: ${form}.`);
  };
}

/** Reads a name in lower case that addresses can hold. */
export const key = textLike(
  (value) => value.length <= 100 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value),
  "a key is 1 to 100 letters a to z and digits, with single hyphens between words, such as juan-guaido",
);

/** Reads an address of the web. */
export const address = textLike(
  (url) => /^https?:\/\//.test(url) && URL.canParse(url),
  "an address beginning with http:// or https:// is needed",
);

/** Reads true or false. */
export const yesOrNo: Read<boolean> = (node, { problems }) => {
  if (node.kind === "scalar" && typeof node.value === "boolean") return node.value;
  problems.add(node, `true or false is needed, not ${describe(node)}.`);
};

/** Reads a number between two others, both included. */
export function number(least: number, most: number, { whole = false } = {}): Read<number> {
  return (node, { problems }) => {
    const value = node.kind === "scalar" ? node.value : undefined;
    const right = typeof value === "number" && value >= least && value <= most && (!whole || Number.isInteger(value));
    if (right) return value;
    const given = node.kind === "scalar" ? excerpt(node.source) : describe(node);
    problems.add(node, `A ${whole ? "whole " : ""}number from ${least} to ${most} is needed, not ${given}.`);
  };
}

/** Reads one of a few words. */
export function oneOf<T extends string>(known: readonly T[]): Read<T> {
  return (node, { problems }) => {
    const given = node.kind === "scalar" ? (node.source === "" ? String(node.value) : node.source) : undefined;
    const found = known.find((word) => word === given);
    if (found !== undefined) return found;
    if (given === undefined) {
      problems.add(node, `One word is needed, not ${describe(node)}: ${known.join(", ")}.`);
      return;
    }
    const nearest = nearestWord(given, known);
    const right = `it is one of ${known.join(", ")}.${orNearest(nearest)}`;
    problems.add(node, `${excerpt(given)} is not known here; ${right}`, { nearest });
  };
}

/** Reads a list of what `read` reads. Nothing of it is left out: one bad item spoils it. */
export function list<T>(read: Read<T>, { least = 0, most = Infinity, distinct = false } = {}): Read<T[]> {
  return (node, reading) => {
    if (node.kind !== "list") {
      reading.problems.add(node, `A list is needed, not ${describe(node)}.`);
      return;
    }
    if (node.items.length < least) {
      reading.problems.add(node, "The list is empty; it needs an item.");
      return;
    }
    if (node.items.length > most) {
      reading.problems.add(node, `The list has ${node.items.length} items, and may have ${most} at most.`);
      return;
    }
    const items = node.items.map((item) => read(item, reading));
    items.forEach((item, at) => {
      const again = distinct && item !== undefined && items.indexOf(item) < at;
      if (again)
        reading.problems.add(node.items[at] ?? node, `${excerpt(String(item))} is in the list twice; leave one.`);
    });
    return items.every((item) => item !== undefined) ? items : undefined;
  };
}

/** Reads what `read` reads, or an explicit nothing. */
export function orNothing<T>(read: Read<T>): Read<T | null> {
  return (node, reading) => (node.kind === "scalar" && node.value === null ? null : read(node, reading));
}

/** What `work` answers; an InvalidValue that it throws becomes a problem of the node. */
export function attempt<T>(node: Node, problems: Reading["problems"], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    problems.add(node, error.message);
    return;
  }
}
