import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Refusal } from "../../errors.ts";
import { deeds, type JsonFields, type Operation } from "../../record/operation/operation.ts";
import { excerpt } from "../../values/excerpt.ts";
import { InvalidValue } from "../../values/invalid-value.ts";
import { readJson } from "../../values/json-text.ts";

/** The longest line, in characters: a capture's text stands in one. */
const LONGEST = 16_000_000;

/** A line of a file, with its number, from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The SHA-256 of a file, as 64 hexadecimal digits, and how many lines it has. It is read once, from end to end.
 * @throws Refusal BULK_REFUSED where it cannot be read, is not UTF-8, or has a line that is too long
 */
export async function surveyFile(path: string): Promise<{ sha256: string; lines: number }> {
  const hash = createHash("sha256");
  let [ended, open] = [0, 0];
  const place = () => ended + 1;
  for await (const text of textsOf(path, place, (bytes) => hash.update(bytes))) {
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      refuseLong(open + at - from, place());
      [ended, open, from] = [ended + 1, 0, at + 1];
    }
    open += text.length - from;
    refuseLong(open, place());
  }
  return { sha256: hash.digest("hex"), lines: open > 0 ? ended + 1 : ended };
}

/** Reads a file line by line; only a piece of it is held at a time. */
async function* linesOf(path: string): AsyncGenerator<Line> {
  let [rest, number] = ["", 0];
  for await (const text of textsOf(path, () => number + 1)) {
    const pieces = (rest + text).split("\n");
    rest = pieces.pop() ?? "";
    for (const line of pieces) yield { number: (number += 1), text: line };
    refuseLong(rest.length, number + 1);
  }
  if (rest !== "") yield { number: number + 1, text: rest };
}

function refuseLong(length: number, number: number): void {
  if (length > LONGEST) throw refused(`line ${number} has more than ${LONGEST} characters; give it in parts.`);
}

/** The text of a file, piece by piece; `place` tells at which line one stands, for a refusal. */
async function* textsOf(
  path: string,
  place: () => number,
  see: (bytes: Buffer) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
      see(bytes);
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw refused(`line ${place()} is not UTF-8; store the file as UTF-8.`, error);
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw refused("the file cannot be read; name one with an operation in JSON on each line.", error);
  }
}

/** The lines of a file after the first `held`, some at a time. */
export async function* chunksOf(path: string, held: number, size: number): AsyncGenerator<Line[]> {
  let chunk: Line[] = [];
  for await (const line of linesOf(path)) {
    if (line.number <= held) continue;
    chunk.push(line);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/**
 * The operation on a line: an object with the name of one as its only field, and its input, as `changeSetSubmit` takes it.
 * Null for a line that is blank.
 * @throws Refusal BULK_REFUSED, which names the line
 */
export function readOperation({ number, text }: Line): Operation | null {
  if (text.trim() === "") return null;
  let value: unknown;
  try {
    value = readJson(text, "operation");
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    throw refused(`line ${number}: ${error.message}`, error);
  }
  const entries = isFields(value) ? Object.entries(value) : [];
  const [name, input] = entries[0] ?? ["", null];
  if (entries.length !== 1 || !isFields(input)) {
    throw refused(`line ${number} is no operation; one looks like {"personCreate":{"key":"flavia","name":"Flavia"}}.`);
  }
  if (!deeds.has(name)) {
    throw refused(
      `line ${number} has the operation ${excerpt(name)}, which there is not; those of changeSetSubmit are.`,
    );
  }
  return { name, input };
}

function isFields(value: unknown): value is JsonFields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A refusal of a file of operations. */
export function refused(message: string, cause?: unknown): Refusal {
  return new Refusal("BULK_REFUSED", message, {}, cause);
}
