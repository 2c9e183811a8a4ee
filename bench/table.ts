import { asked, figure, times, type Figure, type Result } from "./result.ts";

/** A table in Markdown: columns whose heads are in `words` hold text, as the first does, the others figures. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  words: readonly string[] = [],
): string {
  const rule = head.map((name, i) => (i === 0 || words.includes(name) ? "---" : "--:"));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A figure with as many digits as tell something; a dash where there is none. */
export function digits(value: number | undefined): string {
  if (value === undefined) return "–";
  return value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2);
}

const figures: readonly Figure[] = ["p50", "p99", "cpu", "databaseCpu", "statements"];

/** What every server came to with every question, medians over the rounds, with the ratios that are the goals. */
export function resultTable(result: Result): string {
  const rows = result.measured.map(({ name, server }) => [
    name,
    server,
    digits(figure(result, name, server, "rate")),
    digits(times(result, name, server, "postgraphile")),
    digits(times(result, name, server, "limit")),
    ...figures.map((wanted) => digits(figure(result, name, server, wanted))),
  ]);
  const head = ["question", "server", "answers/s", "× PostGraphile", "× limit", "p50 ms", "p99 ms"];
  return table([...head, "CPU ms", "CPU ms PostgreSQL", "statements"], rows, ["server"]);
}

/** How much memory each server had in the end, and at its most. */
export function memoryTable({ memory }: Result): string {
  const rows = memory.map(({ name, megabytes, most }) => [name, digits(megabytes), digits(most)]);
  return table(["server", "MB resident", "MB at its most"], rows);
}

/** The median wait at each size, and how it grew from the least to the greatest, of one server. */
export function growthTable(results: readonly Result[], server: string): string {
  const [least, greatest] = [results.at(0), results.at(-1)];
  if (!least || !greatest) return "";
  const rows = asked(greatest).map((name) => [
    name,
    ...results.map((result) => digits(figure(result, name, server, "p50"))),
    digits(growth(results, name, server)),
  ]);
  return table(["p50 ms", ...results.map(({ size }) => `10^${Math.round(Math.log10(size))}`), "growth"], rows);
}

/** How many times as long one waits at the greatest size as at the least; undefined where there is one size only. */
export function growth(results: readonly Result[], name: string, server: string): number | undefined {
  const [least, greatest] = [results.at(0), results.at(-1)].map((r) => r && figure(r, name, server, "p50"));
  return results.length < 2 || least === undefined || greatest === undefined ? undefined : greatest / least;
}
