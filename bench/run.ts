// Asks every server the canonical questions, side by side in one run, and prints what each came to.
// npm run bench -- [--size 1e5] [--seconds 3] [--rounds 3] [--only event,events] [--servers chancery,limit] [--json file]
import { writeFileSync } from "node:fs";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { cpuSeconds, residentMegabytes } from "./cpu.ts";
import { openSize, statements } from "./database.ts";
import { ask, load } from "./load.ts";
import { questions } from "./question/every.ts";
import type { Ask, Question, Values } from "./question/question.ts";
import { start, type Server } from "./server.ts";
import { printTable, type Measured } from "./table.ts";

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
const size = Number(options.size);
const say = (line: string) => console.error(line);

const database = await openSize(size, say);
const servers: Server[] = [];
try {
  for (const name of options.servers.split(",")) servers.push(await start(name, database.url));
  const asked = questions.filter(({ name }) => options.only === undefined || options.only.split(",").includes(name));
  const measured: Measured[] = [];
  for (const question of asked) measured.push(...(await measure(question)));
  printTable(measured, { size, connections: Number(options.connections), memory: servers.map(memory) });
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ size, measured }, null, 2)}\n`);
} finally {
  for (const server of servers) await server.stop();
  await database.stop();
}

function memory({ name, pid }: Server) {
  return { name, megabytes: Math.round(residentMegabytes(pid)) };
}

/** Compares what all answer, then asks them in turn, round after round. */
async function measure(question: Question): Promise<Measured[]> {
  const first = servers.find(({ name }) => !["postgraphile", "limit"].includes(name));
  if (!first) throw new Error("No server of ours takes part, and only ours hands out cursors.");
  const graph: Ask = (query, variables) => data(urlOf(first), JSON.stringify({ query, variables }));
  const variables = await question.variables(graph);
  const bodies = new Map(servers.map((server) => [server, bodyOf(question, server, variables)]));
  await compare(question, bodies);
  const measured = servers.map(({ name }): Measured => ({ ...question, server: name, rounds: [] }));
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const [i, [server, body]] of [...bodies].entries()) measured[i]?.rounds.push(await measureOne(server, body));
  }
  say(`  ${question.name} measured`);
  return measured.map(({ name, shows, server, rounds }) => ({ name, shows, server, rounds }));
}

function urlOf({ port }: Server): string {
  return `http://127.0.0.1:${port}/graphql`;
}

async function data(url: string, body: string): Promise<never> {
  const answer = JSON.parse(await ask(url, body)) as { data?: never; errors?: unknown };
  if (answer.errors !== undefined) throw new Error(`${url}: ${JSON.stringify(answer.errors)}`);
  return answer.data as never;
}

function bodyOf(question: Question, { name }: Server, { chancery, peer }: { chancery: Values; peer: Values }): string {
  if (name === "limit") {
    return JSON.stringify({ question: questions.indexOf(question), values: Object.values(peer) });
  }
  if (name === "postgraphile") return JSON.stringify({ query: question.postgraphile, variables: peer });
  return JSON.stringify({ query: question.chancery, variables: chancery });
}

/** Refuses to time answers that are not the same. */
async function compare(question: Question, bodies: ReadonlyMap<Server, string>): Promise<void> {
  const answers = await Promise.all(
    [...bodies].map(async ([server, body]) => {
      const answer = await data(urlOf(server), body);
      return { server, answer: server.name === "postgraphile" ? question.alike(answer) : answer };
    }),
  );
  for (const { server, answer } of answers) {
    if (isDeepStrictEqual(answer, answers[0]?.answer)) continue;
    const [ours, theirs] = [answers[0]?.answer, answer].map((each) => JSON.stringify(each));
    throw new Error(`${question.name}: ${server.name} answers\n${theirs}\nwhere the first answers\n${ours}`);
  }
  if (JSON.stringify(answers[0]?.answer).length < 60) throw new Error(`${question.name}: nothing is answered.`);
}

async function measureOne(server: Server, body: string): Promise<Measured["rounds"][number]> {
  const settings = { connections: Number(options.connections) };
  // Statements are prepared, caches filled and code compiled before the clock runs.
  await load(urlOf(server), body, { ...settings, seconds: Number(options.seconds) / 3 });
  const before = {
    own: cpuSeconds(server.pid),
    database: cpuSeconds(database.pid),
    sql: await statements(database.url),
  };
  const round = await load(urlOf(server), body, { ...settings, seconds: Number(options.seconds) });
  const per = (used: number) => used / round.answers;
  return {
    ...round,
    cpu: per(cpuSeconds(server.pid) - before.own) * 1000,
    databaseCpu: per(cpuSeconds(database.pid) - before.database) * 1000,
    statements: per((await statements(database.url)) - before.sql),
  };
}
