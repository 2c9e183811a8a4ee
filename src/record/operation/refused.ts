import { Refusal } from "../../errors.ts";
import type { Found } from "../terms/problem.ts";

/** Operations that will not do, with everything that is wrong with them. */
export class OperationsRefused extends Refusal {
  readonly problems: readonly Found[];

  constructor(problems: readonly Found[]) {
    const [first] = problems;
    super("BAD_USER_INPUT", first?.message ?? "The operations will not do.");
    this.problems = problems;
  }
}
