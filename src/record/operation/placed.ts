import type { Operation } from "./operation.ts";

/** An operation with where it was given. */
export interface Placed {
  readonly operation: Operation;
  /** Such as `input.operations[3].recognitionAssert`. */
  readonly path: string;
}

/** Operations of a list, each with its place in it. */
export function placed(list: string, operations: readonly Operation[]): Placed[] {
  return operations.map((operation, at) => ({ operation, path: `${list}[${at}].${operation.name}` }));
}
