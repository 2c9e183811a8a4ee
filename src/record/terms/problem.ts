import type { QuotationAmbiguous, QuotationNotFound } from "../../values/quotation.ts";
import type { Spot } from "./node.ts";

/** What kind of wrong it is, for programs. */
export const problemCodes = {
  INVALID: "The value will not do; the message says what would.",
  MISSING: "Something that must be given is not.",
  NOT_FOUND: "It leads to nothing that exists.",
  WRONG_KIND: "It leads to something that exists and is of another kind than is needed here.",
  DUPLICATE: "What is to be unique belongs to another already.",
  QUOTE_NOT_FOUND: "The words do not stand in the copy of the document.",
  QUOTE_AMBIGUOUS: "The words stand in several places of the copy; words before or after them are needed.",
} as const;

/** One of the codes of problems. */
export type ProblemCode = keyof typeof problemCodes;

/** What there is to say of a problem beside its message. */
export interface ProblemDetails {
  /** INVALID unless said otherwise. */
  readonly code?: ProblemCode;
  /** The known name, or the words of the source, that come nearest to what was given. */
  readonly nearest?: string | undefined;
  /** Where the words of a quotation were looked for, and what was found instead. */
  readonly quotation?: QuotationNotFound | QuotationAmbiguous;
  /** That what is to be changed itself is not on record. */
  readonly isTarget?: boolean;
  /** The id of what is there already, as its noun has it. */
  readonly existing?: string;
}

/** One thing that is wrong with what is to be entered. */
export interface Found extends ProblemDetails {
  readonly spot: Spot;
  /** What is wrong, and what would be right. */
  readonly message: string;
  readonly code: ProblemCode;
}

/** Gathers everything that is wrong with what is to be entered, so that its author sees all of it at once. */
export class Problems {
  readonly #found: Found[] = [];

  add({ path, offset }: Spot, message: string, details: ProblemDetails = {}): void {
    this.#found.push({ code: "INVALID", ...details, spot: { path, offset }, message });
  }

  /** Everything that was told, in the order in which it was. */
  get found(): readonly Found[] {
    return this.#found;
  }
}
