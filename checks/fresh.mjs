/**
 * Generates the committed files anew and compares. Whatever the outcome, they stand afterwards as they stood before:
 * a check changes nothing.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const generated = ["schema.graphql", "schema.subgraph.graphql", "sdk/src/generated"];

const absent = generated.filter((path) => !existsSync(join(root, path)));
if (absent.length > 0) {
  console.log(`Not there at all: ${absent.join(", ")}.`);
  process.exit(1);
}

const kept = mkdtempSync(join(tmpdir(), "chancery-fresh-"));

/** Makes `to` the exact copy of `from`, file or folder. */
function replace(from, to) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
}

/** Whether the committed text of this path equals what was just generated; prints the difference. */
function same(path) {
  const { status, stdout, stderr } = spawnSync(
    "git",
    ["diff", "--no-index", "--no-color", "--stat", "--patch", "--", join(kept, path), join(root, path)],
    { encoding: "utf8" },
  );
  if (status === 0) return true;
  const lines = `${stdout}${stderr}`.split("\n");
  console.log(`${path} is not what the sources generate (before: a, generated: b):\n`);
  console.log(lines.slice(0, 60).join("\n"));
  if (lines.length > 60) console.log(`… and ${lines.length - 60} lines more`);
  return false;
}

try {
  for (const path of generated) replace(join(root, path), join(kept, path));
  try {
    execFileSync("npm", ["run", "generate"], { cwd: root, encoding: "utf8", stdio: "pipe" });
    process.exitCode = generated.map(same).every(Boolean) ? 0 : 1;
  } catch (failure) {
    console.log(`npm run generate failed:\n${failure.stdout ?? ""}${failure.stderr ?? failure.message}`);
    process.exitCode = 1;
  } finally {
    for (const path of generated) replace(join(kept, path), join(root, path));
  }
} finally {
  rmSync(kept, { recursive: true, force: true });
}
