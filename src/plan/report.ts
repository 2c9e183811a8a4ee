/** Why an operation was executed in the ordinary way. */
export type FallBack =
  /** It is a mutation or a subscription. */
  | "no query"
  /** What it selects cannot be planned. */
  | "unplanned"
  /** Its asker may not ask for it, or its variables or arguments are refused: ordinary execution says how. */
  | "refused"
  /** Something is null that must not be, too long, or of another record: ordinary execution says what. */
  | "null"
  /** PostgreSQL refused the statement. */
  | "fault";

/** Counts what plans answered, and what they did not and why. */
export class PlanReport {
  planned = 0;
  /** How many of these were answered without Yoga. */
  direct = 0;
  /** How many answers had a statement of their own, and how many one together with others. */
  alone = 0;
  together = 0;
  readonly fellBack: Record<FallBack, number> = {
    "no query": 0,
    unplanned: 0,
    refused: 0,
    null: 0,
    fault: 0,
  };
  readonly #log: (line: PlanLine) => void;

  /** `log` is told of each operation that no plan can express, once, and of every fault. */
  constructor(log: (line: PlanLine) => void = () => undefined) {
    this.#log = log;
  }

  fallBack(why: FallBack): void {
    this.fellBack[why] += 1;
  }

  tell(line: PlanLine): void {
    this.#log(line);
  }
}

/** What is logged of an operation that no plan answered. */
export interface PlanLine {
  readonly why: FallBack;
  /** What cannot be expressed, or what PostgreSQL said. */
  readonly what: string;
  /** What was selected, by the names of the schema alone. */
  readonly operation: string;
}
