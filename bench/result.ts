import type { Round } from "./load.ts";

/** What one server came to with one question. */
export interface Measured {
  readonly name: string;
  readonly shows: string;
  readonly server: string;
  readonly rounds: readonly (Round & {
    /** Milliseconds of processor an answer, of the server and of PostgreSQL. */
    readonly cpu: number;
    readonly databaseCpu: number;
    /** SQL statements an answer. */
    readonly statements: number;
  })[];
}

/** What one run came to at one size of the record. */
export interface Result {
  readonly size: number;
  /** The day of the run, and what it ran on. */
  readonly day: string;
  readonly machine: string;
  readonly connections: number;
  readonly seconds: number;
  /** Resident memory of each server in megabytes, when all was over and at its most. */
  readonly memory: readonly { readonly name: string; readonly megabytes: number; readonly most: number }[];
  readonly measured: readonly Measured[];
}

/** A figure of each round. */
export type Figure = keyof Measured["rounds"][number];

/** The median over the rounds; undefined where the server was not asked. */
export function figure({ measured }: Result, name: string, server: string, wanted: Figure): number | undefined {
  const rounds = measured.find((each) => each.name === name && each.server === server)?.rounds ?? [];
  const sorted = rounds.map((round) => round[wanted]).toSorted((a, b) => a - b);
  const [low, high] = [(sorted.length - 1) / 2, sorted.length / 2].map((at) => sorted[Math.floor(at)]);
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** How many times the rate of `peer` a server has; undefined where one of them was not asked. */
export function times(result: Result, name: string, server: string, peer: string): number | undefined {
  const [own, other] = [server, peer].map((each) => figure(result, name, each, "rate"));
  return own === undefined || other === undefined ? undefined : own / other;
}

/** The names of the questions of a result, in their order. */
export function asked({ measured }: Result): readonly string[] {
  return [...new Set(measured.map(({ name }) => name))];
}
