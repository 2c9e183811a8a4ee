import { cpus } from "node:os";
import type { Round } from "./load.ts";

/** What one server came to with one question. */
export interface Measured {
  readonly name: string;
  readonly shows: string;
  readonly server: string;
  readonly rounds: (Round & {
    /** Milliseconds of processor an answer, of the server and of PostgreSQL. */
    readonly cpu: number;
    readonly databaseCpu: number;
    /** SQL statements an answer. */
    readonly statements: number;
  })[];
}

type Figure = keyof Measured["rounds"][number];

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function figure(measured: Measured | undefined, name: Figure): number {
  return median(measured?.rounds.map((round) => round[name]) ?? []);
}

/** Prints medians over the rounds as Markdown: a line for each question and server, with the ratios that are the goals. */
export function printTable(
  measured: readonly Measured[],
  { size, connections, memory }: { size: number; connections: number; memory: { name: string; megabytes: number }[] },
): void {
  const of = (name: string, server: string) => measured.find((each) => each.name === name && each.server === server);
  console.log(`${size} records, ${connections} connections, ${cpus().length} cores, Node.js ${process.version}\n`);
  console.log(
    "| question | server | answers/s | x PostGraphile | x limit | p50 ms | p99 ms | CPU ms | CPU ms PostgreSQL | statements |",
  );
  console.log("| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: |");
  for (const each of measured) {
    const rate = figure(each, "rate");
    const times = (peer: string) => (rate / figure(of(each.name, peer), "rate")).toFixed(2);
    const cells = [
      each.name,
      each.server,
      Math.round(rate),
      times("postgraphile"),
      times("limit"),
      ...(["p50", "p99", "cpu", "databaseCpu"] as const).map((name) => figure(each, name).toFixed(2)),
      figure(each, "statements").toFixed(1),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
  console.log(
    `\nResident memory after it all, in megabytes: ${memory.map((m) => `${m.name} ${m.megabytes}`).join(", ")}`,
  );
}
