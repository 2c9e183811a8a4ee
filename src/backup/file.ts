import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { Transform, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** What a file of lines holds. */
export interface Written {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

const newline = 0x0a;

/** Counts and hashes what passes through. */
function measure(): { passage: Transform; measured: () => Written } {
  const hash = createHash("sha256");
  let [rows, bytes] = [0, 0];
  const passage = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1)) rows += 1;
      done(null, chunk);
    },
  });
  return { passage, measured: () => ({ rows, bytes, sha256: hash.digest("hex") }) };
}

/** Writes lines into a new file that only its owner may read, and does not answer before they are on the disk. */
export async function writeLines(path: string, lines: Readable): Promise<Written> {
  const file = await open(path, "wx", 0o600);
  try {
    const { passage, measured } = measure();
    await pipeline(lines, passage, async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) await writeAll(file, chunk);
    });
    await file.sync();
    return measured();
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
}

/** Writes a text into a new file as `writeLines` does. */
export async function writeText(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes sure that the names in a folder are on the disk. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The same for the folder that a path lies in. */
export function syncParent(path: string): Promise<void> {
  return syncFolder(dirname(path));
}

/** Counts and hashes a file. */
export async function measureFile(path: string): Promise<Written> {
  const { passage, measured } = measure();
  await pipeline(createReadStream(path), passage, async (chunks: AsyncIterable<Buffer>) => {
    for await (const _chunk of chunks) continue;
  });
  return measured();
}
