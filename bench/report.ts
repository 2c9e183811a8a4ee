// Writes what runs came to into docs/performance.md, between its marks; what people wrote around them stays.
// npm run bench:report -- bench/.data/result.json [later.json …]; what a later one measured takes the place of the earlier.
import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { goalTable } from "./goal.ts";
import type { Result } from "./result.ts";
import { growthTable, memoryTable, resultTable } from "./table.ts";

const document = new URL("../docs/performance.md", import.meta.url);
const [start, end] = ["<!-- measured: made by npm run bench:report -->", "<!-- end of what was measured -->"];

const bySize = new Map<number, Result>();
for (const file of process.argv.slice(2)) {
  for (const result of JSON.parse(readFileSync(file, "utf8")) as Result[]) {
    const earlier = bySize.get(result.size) ?? result;
    const names = new Set([...earlier.measured, ...result.measured].map(({ name }) => name));
    const measured = [...names].flatMap((name) => {
      const [anew, before] = [result, earlier].map((each) => each.measured.filter((one) => one.name === name));
      return anew?.length ? anew : (before ?? []);
    });
    bySize.set(result.size, { ...earlier, measured });
  }
}
const results = [...bySize.values()].toSorted((a, b) => a.size - b.size);
const [first] = results;
if (!first) throw new Error("Name the files that npm run bench -- --json wrote.");

const power = (size: number) => `10^${Math.round(Math.log10(size))}`;
const parts = [
  `Measured on ${first.day}: ${first.machine}; ${first.connections} connections; medians of ${first.measured[0]?.rounds.length} rounds of ${first.seconds} s, the servers in turn. Ratios carry over to other machines, seconds do not.`,
  `### Goals\n\n${goalTable(results)}`,
  `### Growth\n\n${growthTable(results, "chancery")}`,
  ...results.toReversed().map((r) => `### ${power(r.size)} records\n\n${resultTable(r)}\n\n${memoryTable(r)}`),
];

const text = readFileSync(document, "utf8");
const [before, rest] = text.split(start);
const after = rest?.split(end)[1];
if (after === undefined) throw new Error(`docs/performance.md has lost its marks: ${start} … ${end}`);
const whole = [before, start, "\n\n", parts.join("\n\n"), "\n\n", end, after].join("");
writeFileSync(document, await format(whole, { parser: "markdown", printWidth: 120 }));
