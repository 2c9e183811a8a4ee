import type { LineCounter } from "yaml";
import { Refusal } from "../../errors.ts";
import type { Spot } from "./node.ts";

/** One thing that is wrong with a dossier. Lines and columns count from 1. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  /** What is wrong, and what would be right. */
  readonly message: string;
  /** The known name, or the words of the source, that come nearest to what was given. */
  readonly nearest?: string;
}

const MOST_LISTED = 200;

/** Gathers everything that is wrong with a dossier, so that its writer sees all of it at once. */
export class Problems {
  readonly #lines: LineCounter;
  readonly #found: Problem[] = [];

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  add({ path, offset }: Spot, message: string, nearest?: string): void {
    const { line, col } = this.#lines.linePos(offset);
    const problem = { line, column: col, path, message };
    this.#found.push(nearest === undefined ? problem : { ...problem, nearest });
  }

  /** @throws Refusal DOSSIER_REFUSED naming every problem in the order of the text, if there is any. */
  refuseIfAny(): void {
    if (this.#found.length === 0) return;
    const problems = this.#found.sort((a, b) => a.line - b.line || a.column - b.column);
    const listed = problems.slice(0, MOST_LISTED).map(({ line, column, path, message }) => {
      return `  ${line}:${column}  ${path === "" ? "" : `${path}: `}${message}`;
    });
    if (problems.length > MOST_LISTED) listed.push(`  and ${problems.length - MOST_LISTED} more`);
    const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    throw new Refusal("DOSSIER_REFUSED", `The dossier has ${count}; nothing was entered.\n${listed.join("\n")}`, {
      problems,
    });
  }
}
