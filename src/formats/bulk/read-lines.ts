import { isUtf8 } from "node:buffer";
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

/** What a file held when it was looked through. */
export interface Survey {
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
  readonly lines: number;
}

/**
 * Looks through a file, once, from end to end.
 * @throws Refusal BULK_REFUSED where it cannot be read, is not UTF-8, or has a line that is too long
 */
export async function surveyFile(path: string): Promise<Survey> {
  const hash = createHash("sha256");
  let [ended, open, size] = [0, 0, 0];
  const place = () => ended + 1;
  const see = (bytes: Buffer) => {
    hash.update(bytes);
    size += bytes.length;
  };
  for await (const text of textsOf(path, Infinity, place, see)) {
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      refuseLong(open + at - from, place());
      [ended, open, from] = [ended + 1, 0, at + 1];
    }
    open += text.length - from;
    refuseLong(open, place());
  }
  return { sha256: hash.digest("hex"), bytes: size, lines: open > 0 ? ended + 1 : ended };
}

/**
 * Reads a file line by line, as far as it was surveyed: what was appended since is not of it. Only a piece of it is held
 * at a time.
 * @throws Refusal BULK_REFUSED, before the last line, where it is not what was surveyed
 */
async function* linesOf(path: string, { sha256, bytes }: Survey): AsyncGenerator<Line> {
  const hash = createHash("sha256");
  let [rest, number] = ["", 0];
  for await (const text of textsOf(
    path,
    bytes,
    () => number + 1,
    (piece) => hash.update(piece),
  )) {
    const pieces = (rest + text).split("\n");
    rest = pieces.pop() ?? "";
    for (const line of pieces) yield { number: (number += 1), text: line };
    refuseLong(rest.length, number + 1);
  }
  if (hash.digest("hex") !== sha256) {
    throw refused("the file was changed while it was read; begin it anew after the last line that was entered.");
  }
  if (rest !== "") yield { number: number + 1, text: rest };
}

function refuseLong(length: number, number: number): void {
  if (length > LONGEST) throw refused(`line ${number} has more than ${LONGEST} characters; give it in parts.`);
}

/** The text of the first `most` bytes of a file, piece by piece; `place` tells at which line one stands, for a refusal. */
async function* textsOf(
  path: string,
  most: number,
  place: () => number,
  see: (bytes: Buffer) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let [before, piece]: [Buffer, Buffer] = [Buffer.alloc(0), Buffer.alloc(0)];
  try {
    if (most === 0) return;
    const end = most - 1;
    for await (const bytes of createReadStream(path, { highWaterMark: 1 << 18, end }) as AsyncIterable<Buffer>) {
      see(bytes);
      [before, piece] = [piece, bytes];
      yield decoder.decode(bytes, { stream: true });
    }
    [before, piece] = [piece, Buffer.alloc(0)];
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) {
      const line = place() + linesBeforeFault(before.subarray(-3), piece);
      throw refused(`line ${line} is not UTF-8; store the file as UTF-8.`, error);
    }
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw refused("the file cannot be read; name one with an operation in JSON on each line.", error);
  }
}

/** How many lines of a piece end before the first that is not UTF-8; `before` may begin a character that the piece ends. */
function linesBeforeFault(before: Buffer, piece: Buffer): number {
  let [lines, from] = [0, 0];
  for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, from)) {
    const line = piece.subarray(from, at);
    const begun = lines > 0 ? [] : [1, 2, 3].map((count) => Buffer.concat([before.subarray(-count), line]));
    if (![line, ...begun].some((bytes) => isUtf8(bytes))) return lines;
    [lines, from] = [lines + 1, at + 1];
  }
  return lines;
}

/** The lines of a file after the first `held`, some at a time. */
export async function* chunksOf(path: string, survey: Survey, held: number, size: number): AsyncGenerator<Line[]> {
  let chunk: Line[] = [];
  for await (const line of linesOf(path, survey)) {
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
