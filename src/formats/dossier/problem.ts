import type { LineCounter } from "yaml";
import { Refusal } from "../../errors.ts";
import { Problems, type Found } from "../../record/terms/problem.ts";

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

/** Gathers everything that is wrong with a dossier, and knows the lines of it. */
export class DossierProblems extends Problems {
  readonly #lines: LineCounter;

  constructor(lines: LineCounter) {
    super();
    this.#lines = lines;
  }

  /** @throws Refusal DOSSIER_REFUSED naming every problem in the order of the text, if there is any. */
  refuseIfAny(): void {
    if (this.found.length === 0) return;
    const problems = this.found
      .map((found) => this.#place(found))
      .sort((a, b) => a.line - b.line || a.column - b.column);
    const listed = problems.slice(0, MOST_LISTED).map(({ line, column, path, message }) => {
      return `  ${line}:${column}  ${path === "" ? "" : `${path}: `}${message}`;
    });
    if (problems.length > MOST_LISTED) listed.push(`  and ${problems.length - MOST_LISTED} more`);
    const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    throw new Refusal("DOSSIER_REFUSED", `The dossier has ${count}; nothing was entered.\n${listed.join("\n")}`, {
      problems,
    });
  }

  #place({ spot: { path, offset }, message, nearest }: Found): Problem {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col, path, message, ...(nearest === undefined ? {} : { nearest }) };
  }
}
