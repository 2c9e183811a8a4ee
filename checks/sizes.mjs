/** Measures the hand-written sources against the budget: median 60 lines, nine in ten within 180, none over 300. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
const budget = { median: 60, ninth: 180, longest: 300 };
/** With fewer files than this, a median says nothing. */
const enough = 20;

const listed = ["src", "sdk/src"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split("/").includes("generated")),
);
const files = listed
  .map((path) => ({ path, lines: readFileSync(join(root, path), "utf8").trimEnd().split("\n").length }))
  .sort((a, b) => b.lines - a.lines);

/** The length that this share of the files does not exceed. */
const within = (share) => files[files.length - Math.ceil(files.length * share)]?.lines ?? 0;
const [median, ninth, longest] = [within(0.5), within(0.9), files[0]?.lines ?? 0];
console.log(
  `${files.length} files: median ${median} of ${budget.median}, p90 ${ninth} of ${budget.ninth}, longest ${longest} of ${budget.longest} lines`,
);

const broken = [];
if (longest > budget.longest) broken.push(["over the hard limit", budget.longest]);
if (files.length > enough && ninth > budget.ninth) broken.push(["longer than nine in ten may be", budget.ninth]);
if (files.length > enough && median > budget.median) broken.push(["longer than half may be", budget.median]);
for (const [what, limit] of broken) {
  console.log(`\n${what} (${limit} lines):`);
  for (const file of files.filter(({ lines }) => lines > limit)) console.log(`  ${file.lines}  ${file.path}`);
}
process.exitCode = broken.length > 0 ? 1 : 0;
