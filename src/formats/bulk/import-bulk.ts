import type { Db } from "../../db/client.ts";
import { bulkLines, noteBulk } from "../../record/bulk-import.ts";
import { inChangeSet } from "../../record/change-set.ts";
import type { Operation } from "../../record/operation/operation.ts";
import { enterOperations, type Entered } from "../../record/operation/enter-operations.ts";
import { Known } from "../../record/operation/known.ts";
import type { Placed } from "../../record/operation/placed.ts";
import { readAhead, type Ahead } from "../../record/operation/read-ahead.ts";
import { OperationsRefused } from "../../record/operation/refused.ts";
import { chunksOf, readOperation, refused, surveyFile, type Line } from "./read-lines.ts";

/** How many lines a change set takes in: what is held in memory, twice, and what is done again after a stop. */
const LINES_AT_ONCE = 2_500;
const MOST_LISTED = 20;

/** Whose file it is, and who is told of the progress. */
export interface BulkOptions {
  /** They count as the reader who made the assertions. */
  readonly author: string;
  readonly say: (line: string) => void;
  /** What is wrong with an operation by its form, as the API would find it, before the record is asked; null where nothing is. */
  readonly unfitness: (operation: Operation) => string | null;
  /** How many lines a change set takes in. */
  readonly linesAtOnce?: number;
}

/** What an import did. */
export interface BulkImported {
  /** How many lines the file has, and how many of them the record held before. */
  readonly lines: number;
  readonly held: number;
  /** How many change sets were entered, and how many of them as they had been read ahead: others were read once more. */
  readonly changeSets: number;
  readonly ahead: number;
}

/**
 * Enters a file of operations, one a line, in change sets of some thousand lines, each whole or not at all and noted with
 * what it entered. Stopped at any moment, it goes on from the last that was entered when it is run again with the same
 * file; a file that was entered to its end changes nothing. References by `ref` hold within a change set, those by key
 * everywhere. While the database enters one change set, the next is read.
 * @throws Refusal BULK_REFUSED with the lines that will not do: what stood before their change set stays entered
 */
export async function importBulk(db: Db, path: string, options: BulkOptions): Promise<BulkImported> {
  const { say, author, unfitness, linesAtOnce = LINES_AT_ONCE } = options;
  const survey = await surveyFile(path);
  const { sha256, lines } = survey;
  const held = await bulkLines(db.prisma, sha256);
  if (held > 0 && held < lines) say(`  goes on after line ${held} of ${lines}`);
  const began = performance.now();
  const known = new Known();
  let [changeSets, ahead] = [0, 0];
  const enter = async (chunk: Promise<Chunk>) => {
    const { last } = await chunk;
    const entered = await enterChunk(db, await chunk, { author, sha256, known });
    if (entered) changeSets += 1;
    if (entered?.ahead) ahead += 1;
    const rate = ((last - held) * 1000) / (performance.now() - began);
    say(`  line ${last} of ${lines}, ${Math.round(rate)} lines a second`);
  };
  let entering = Promise.resolve();
  try {
    for await (const each of chunksOf(path, survey, held, linesAtOnce)) {
      const chunk = prepare(each, unfitness);
      // What is wrong with it is told when everything before it is entered.
      chunk.catch(() => undefined);
      await entering;
      entering = enter(chunk);
      entering.catch(() => undefined);
    }
  } finally {
    await entering;
  }
  return { lines, held, changeSets, ahead };
}

/** Lines that are entered together, read. */
interface Chunk {
  readonly first: number;
  readonly last: number;
  readonly placed: readonly Placed[];
  readonly read: Ahead | null;
}

async function prepare(lines: readonly Line[], unfitness: BulkOptions["unfitness"]): Promise<Chunk> {
  const placed = lines.flatMap((line): Placed[] => {
    const operation = readOperation(line);
    const wrong = operation && unfitness(operation);
    if (wrong != null) throw refused(`line ${line.number}: ${wrong}`);
    return operation ? [{ operation, path: `line ${line.number}: ${operation.name}` }] : [];
  });
  const [first, last] = [lines[0]?.number ?? 0, lines.at(-1)?.number ?? 0];
  return { first, last, placed, read: await readAhead(placed) };
}

/** Enters some lines in one change set; null where there was nothing in them. */
async function enterChunk(
  db: Db,
  { first, last, placed, read }: Chunk,
  { author, sha256, known }: { author: string; sha256: string; known: Known },
): Promise<Entered | null> {
  const reason = `Bulk import of ${sha256.slice(0, 12)}, lines ${first} to ${last}`;
  try {
    const { result } = await inChangeSet(db, { author, reason }, async (tx, set) => {
      const held = await bulkLines(tx, sha256);
      if (held >= first) throw refused("the same file is being entered by somebody else; let them finish.");
      if (placed.length === 0) return null;
      const entered = await enterOperations(tx, set, placed, { author, ahead: { read, known } });
      noteBulk(tx, set, { sha256, lines: last });
      return entered;
    });
    if (result) known.learn(result.allotted, result.kindOf);
    return result;
  } catch (error) {
    if (!(error instanceof OperationsRefused)) throw error;
    const { problems } = error;
    const listed = problems.slice(0, MOST_LISTED).map(({ spot, message }) => `  ${spot.path}: ${message}`);
    if (problems.length > MOST_LISTED) listed.push(`  and ${problems.length - MOST_LISTED} more`);
    const entered = first > 1 ? `What stands before line ${first} is entered` : "Nothing was entered";
    throw refused(`${problems.length} problems in lines ${first} to ${last}. ${entered}.\n${listed.join("\n")}`, error);
  }
}
