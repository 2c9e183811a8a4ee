// Asks every server the canonical questions, side by side in one run, and prints what each came to.
// npm run bench -- [--size 1e4,1e5,1e6] [--seconds 3] [--rounds 3] [--only event,events] [--servers chancery,limit] [--json file]
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { readMemory } from "./cpu.ts";
import peers from "./package.json" with { type: "json" };
import { openSize } from "./database.ts";
import { measure, type Load } from "./measure.ts";
import { questions } from "./question/every.ts";
import type { Measured, Result } from "./result.ts";
import { start, type Server } from "./server.ts";
import { memoryTable, resultTable } from "./table.ts";

const { values: options } = parseArgs({
  options: {
    size: { type: "string", default: "1e4" },
    seconds: { type: "string", default: "3" },
    rounds: { type: "string", default: "3" },
    connections: { type: "string", default: "20" },
    only: { type: "string" },
    servers: { type: "string", default: "chancery,cached,ordinary,postgraphile,limit" },
    json: { type: "string" },
  },
});
const given: Load = {
  seconds: Number(options.seconds),
  rounds: Number(options.rounds),
  connections: Number(options.connections),
};
const wanted = options.only?.split(",") ?? questions.map(({ name }) => name);
const stranger = wanted.find((name) => !questions.some((question) => question.name === name));
if (stranger !== undefined) {
  throw new Error(`No question is called ${stranger}; there are ${questions.map(({ name }) => name).join(", ")}.`);
}
const say = (line: string) => console.error(line);

const results: Result[] = [];
for (const size of options.size.split(",")) {
  const result = await runSize(Number(size));
  results.push(result);
  console.log(`\n${result.size} records, ${result.connections} connections, ${result.machine}\n`);
  console.log(`${resultTable(result)}\n\n${memoryTable(result)}`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
}

async function runSize(size: number): Promise<Result> {
  if (!Number.isInteger(size) || size < 1e4) throw new Error("A size is a whole number of records, 1e4 at least.");
  const database = await openSize(size, say);
  const servers: Server[] = [];
  try {
    for (const name of options.servers.split(",")) servers.push(await start(name, database.url));
    const measured: Measured[] = [];
    for (const question of questions.filter(({ name }) => wanted.includes(name))) {
      measured.push(...(await measure(question, servers, database, given)));
      say(`  ${question.name} measured`);
    }
    const memory = servers.map(({ name, pid }) => ({ name, ...readMemory(pid) }));
    const machine = `${cpus().length} cores, Node.js ${process.version} (PostGraphile on ${peers.dependencies.node})`;
    const { connections, seconds } = given;
    return { size, day: new Date().toISOString().slice(0, 10), machine, connections, seconds, memory, measured };
  } finally {
    for (const server of servers) await server.stop();
    await database.stop();
  }
}
