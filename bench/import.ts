// Imports a made-up file of operations by the command's own code, and says how fast, beside COPY of the same rows.
// npm run bench:import -- [--size 1e4] [--skip-limit]
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { withDatabase } from "../src/db/connection-string.ts";
import { withSession } from "../src/db/connect.ts";
import { layout } from "../src/db/embedded/cluster.ts";
import { readPostmaster } from "../src/db/embedded/orphan.ts";
import { startEmbedded } from "../src/db/embedded/start.ts";
import { migrate } from "../src/db/migrate.ts";
import { cpuSeconds } from "./cpu.ts";
import { makeFile } from "./import/file.ts";
import { copyRows, limits, writeRows } from "./import/limit.ts";
import { countRows, enteredOf, total, type Rows } from "./import/row.ts";

const { values: options } = parseArgs({
  options: { size: { type: "string", default: "1e4" }, "skip-limit": { type: "boolean", default: false } },
});
const size = Number(options.size);
const say = (line: string) => process.stderr.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), "chancery-bench-import-"));
const data = fileURLToPath(new URL(".data", import.meta.url));
mkdirSync(data, { recursive: true });
const file = join(data, `import-${size}.ndjson`);
await makeFile(file, size);

// The settings of a server that is meant to hold a million rows; those that keep what is committed stay as they are.
const settings = { shared_buffers: "1GB", max_wal_size: "4GB" };
const database = await startEmbedded({ dataFolder: join(folder, "data"), log: say, settings });
try {
  await migrate(database.url);
  const empty = withDatabase(database.url, "postgres");
  const cloned = async (name: string) => {
    await withSession(empty, (session) => session.query(`create database ${name} template chancery`));
    return withDatabase(database.url, name);
  };
  const names = Object.entries(limits).map(([title, aside], i) => ({ title, aside, name: `limit_${i}` }));
  for (const { name } of options["skip-limit"] ? [] : names) await cloned(name);

  const before = await countRows(database.url);
  const used = postgres();
  const told = JSON.parse(await enter(database.url)) as { seconds: number; cpu: number; megabytes: number };
  const cpu = postgres() - used;
  const rows = await countRows(database.url);
  const entered = enteredOf(new Map([...rows].map(([name, count]) => [name, count - (before.get(name) ?? 0)])));
  print(told, cpu, rows, entered);
  if (!options["skip-limit"]) {
    const tables = await writeRows(database.url, entered.keys(), folder);
    for (const { title, aside, name } of names) {
      const began = postgres();
      const seconds = await copyRows(withDatabase(database.url, name), tables, folder, aside);
      line(title, seconds, total(entered), { postgres: postgres() - began });
    }
  }
} finally {
  await database.stop();
  rmSync(folder, { recursive: true });
}

function postgres(): number {
  return cpuSeconds(readPostmaster(layout(join(folder, "data")).cluster)?.pid ?? 0);
}

/** Imports the file in a process of its own; answers what that says. */
function enter(url: string): Promise<string> {
  const importer = fileURLToPath(new URL("import/enter.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", importer, url, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (piece: Buffer) => (text += piece.toString()));
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => {
      if (code === 0) resolve(text);
      else reject(new Error(`The import ended with ${code ?? "a signal"}.`));
    });
  });
}

function print(
  told: { seconds: number; cpu: number; megabytes: number },
  cpu: number,
  rows: Rows,
  entered: Rows,
): void {
  const put = (text: string) => process.stdout.write(`${text}\n`);
  put(`${size} assertions, ${(statSync(file).size / 1e6).toFixed(0)} MB, peak ${told.megabytes} MB resident`);
  put(`rows entered: ${[...entered].map(([name, count]) => `${name} ${count}`).join(", ")}`);
  put(`rows that follow from them: ${total(rows) - total(entered)}`);
  put(`assertions a second: ${Math.round(size / told.seconds)}`);
  line("import", told.seconds, total(entered), { node: told.cpu, postgres: cpu });
}

function line(title: string, seconds: number, count: number, cpu: Readonly<Record<string, number>>): void {
  const per = Object.entries(cpu).map(([side, used]) => `${((used * 1e6) / count).toFixed(1)} ms ${side}`);
  const rate = Math.round(count / seconds);
  process.stdout.write(
    `${title}: ${count} rows in ${seconds.toFixed(1)} s, ${rate} a second; CPU for 1,000 rows: ${per.join(", ")}\n`,
  );
}
