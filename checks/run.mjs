/**
 * Runs every check, one after another, and goes on after a failure so that all that is wrong is seen at once.
 * Ends with exit code 1 when any failed, 2 when it was asked for something it does not know.
 *
 *   npm run check                            everything
 *   npm run check -- --only lint,types       these
 *   npm run check -- --skip test             all but these
 *   npm run check -- --list                  what there is
 *   npm run check -- --report checks.json    also writes [{ name, ok, seconds }] to that file
 */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "..");

const steps = [
  { name: "format", command: "prettier --check --log-level warn .", mend: "npm run format" },
  { name: "lint", command: "eslint .", mend: "npm run lint -- --fix, then by hand" },
  { name: "types", command: "tsc --noEmit -p .", mend: "by hand; npx tsc --noEmit -p . shows it again" },
  { name: "sdk-types", command: "tsc --noEmit -p sdk", mend: "by hand; npx tsc --noEmit -p sdk shows it again" },
  {
    name: "floors",
    command: "depcruise src sdk tests --config .dependency-cruiser.cjs --output-type err-long",
    mend: "move the import, or what it fetches, to the floor that may have it (ARCHITECTURE.md)",
  },
  { name: "sizes", command: "node checks/sizes.mjs", mend: "divide the files named, each part by what it does" },
  {
    name: "spelling",
    command: "cspell lint --no-progress --no-summary --quiet --gitignore",
    mend: "correct it; or, if it is a word of ours, add it to .cspell/words.txt (names to .cspell/names.txt)",
  },
  { name: "models", command: "npm run migrate:check", mend: "npm run migrate -- <noun>" },
  {
    name: "sentences",
    command: "node --import tsx checks/sentences.ts --check",
    mend: "npm run sentences, and commit what it wrote; what nothing rests on needs an assertion in its dossier",
  },
  { name: "fresh", command: "node checks/fresh.mjs", mend: "npm run generate, and commit what it wrote" },
  { name: "sdk", command: "npm run check --workspace sdk --if-present", mend: "as the SDK's own check says" },
  { name: "test", command: "vitest run", mend: "npx vitest <file> repeats one file as you mend it" },
];

const { values: asked } = parseArgs({
  options: {
    only: { type: "string" },
    skip: { type: "string" },
    list: { type: "boolean" },
    report: { type: "string" },
  },
});

/** The names in a comma-separated list; ends the program if one of them is no step. */
function named(list) {
  const names = list?.split(",").map((name) => name.trim()) ?? [];
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length === 0) return names;
  console.error(`No check is called ${unknown.join(", ")}. There are: ${steps.map((step) => step.name).join(", ")}.`);
  process.exit(2);
}

/** Resolves to what the command said on both channels, in order, and whether it ended with 0. */
function run(command) {
  const path = [join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  const child = spawn(command, {
    cwd: root,
    shell: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PATH: path },
  });
  const said = [];
  child.stdout.on("data", (chunk) => said.push(chunk));
  child.stderr.on("data", (chunk) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ ok: code === 0, said: Buffer.concat(said).toString("utf8").trimEnd() }));
  });
}

const only = named(asked.only);
const skip = named(asked.skip);
const chosen = steps
  .filter(({ name }) => only.length === 0 || only.includes(name))
  .filter(({ name }) => !skip.includes(name));

if (asked.list) {
  for (const step of steps) console.log(`${step.name.padEnd(10)} ${step.command}`);
  process.exit(0);
}

const report = [];
for (const step of chosen) {
  const started = performance.now();
  const { ok, said } = await run(step.command);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  report.push({ name: step.name, ok, seconds });
  console.log(`${ok ? "✓" : "✗"} ${step.name.padEnd(10)} ${seconds} s`);
  if (!ok) console.log(`\n${said}\n\n  To mend: ${step.mend}\n`);
}

if (asked.report) writeFileSync(asked.report, JSON.stringify(report));
const failed = report.filter(({ ok }) => !ok).map(({ name }) => name);
if (failed.length > 0) {
  console.log(`\n${failed.length} of ${report.length} checks failed: ${failed.join(", ")}`);
  console.log(`Again with: npm run check -- --only ${failed.join(",")}`);
} else {
  console.log(`\nAll ${report.length} checks passed.`);
}
process.exitCode = failed.length > 0 || report.length === 0 ? 1 : 0;
