import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Refusal } from "../../errors.ts";
import { deeds, type JsonFields, type Operation } from "../../record/operation/operation.ts";
import { excerpt } from "../../values/excerpt.ts";

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
  let lines = 0;
  for await (const { number } of linesOf(path, (bytes) => hash.update(bytes))) lines = number;
  return { sha256: hash.digest("hex"), lines };
}

/** Reads a file line by line; only a piece of it is held at a time. */
export async function* linesOf(path: string, see: (bytes: Buffer) => void = () => undefined): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let [rest, number] = ["", 0];
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
      see(bytes);
      const pieces = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = pieces.pop() ?? "";
      for (const text of pieces) yield { number: (number += 1), text };
      if (rest.length > LONGEST)
        throw refused(`line ${number + 1} has more than ${LONGEST} characters; give it in parts.`);
    }
    rest += decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw refused(`line ${number + 1} is not UTF-8; store the file as UTF-8.`, error);
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw refused("the file cannot be read; name one with an operation in JSON on each line.", error);
  }
  if (rest !== "") yield { number: number + 1, text: rest };
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
    value = JSON.parse(text);
  } catch (error) {
    throw refused(`line ${number} is no JSON: ${(error as Error).message}`, error);
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
