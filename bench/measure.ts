import { isDeepStrictEqual } from "node:util";
import { cpuSeconds } from "./cpu.ts";
import { statements, type Filled } from "./database.ts";
import { ask, load } from "./load.ts";
import { questions } from "./question/every.ts";
import type { Ask, Question, Values } from "./question/question.ts";
import type { Measured } from "./result.ts";
import type { Server } from "./server.ts";

/** How servers are loaded: the seconds of a round, how many there are, and over how many connections. */
export interface Load {
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
}

/**
 * Compares what all servers answer to a question, then asks them in turn, round after round.
 * @throws Error that shows both answers where they differ
 */
export async function measure(
  question: Question,
  servers: readonly Server[],
  database: Filled,
  given: Load,
): Promise<Measured[]> {
  const first = servers.find(({ name }) => !["postgraphile", "limit"].includes(name));
  if (!first) throw new Error("No server of ours takes part, and only ours hands out cursors.");
  const graph: Ask = (query, variables) => data(urlOf(first), JSON.stringify({ query, variables }));
  const variables = await question.variables(graph);
  const bodies = new Map(servers.map((server) => [server, bodyOf(question, server, variables)]));
  await compare(question, bodies);
  const rounds = new Map<Server, Measured["rounds"][number][]>(servers.map((server) => [server, []]));
  for (let round = 0; round < given.rounds; round += 1) {
    for (const [server, body] of bodies) rounds.get(server)?.push(await measureOne(server, body, database, given));
  }
  const { name, shows } = question;
  return servers.map((server) => ({ name, shows, server: server.name, rounds: rounds.get(server) ?? [] }));
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

async function measureOne(
  server: Server,
  body: string,
  database: Filled,
  { seconds, connections }: Load,
): Promise<Measured["rounds"][number]> {
  // Executed field by field, a request has several statements at once, of which a server lets only so many wait.
  const over = server.name === "ordinary" ? Math.ceil(connections / 2) : connections;
  // Statements are prepared, caches filled and code compiled before the clock runs.
  await load(urlOf(server), body, { connections: over, seconds: seconds / 3 });
  const before = {
    own: cpuSeconds(server.pid),
    database: cpuSeconds(database.pid),
    sql: await statements(database.url),
  };
  const round = await load(urlOf(server), body, { connections: over, seconds });
  const per = (used: number) => used / round.answers;
  return {
    ...round,
    cpu: per(cpuSeconds(server.pid) - before.own) * 1000,
    databaseCpu: per(cpuSeconds(database.pid) - before.database) * 1000,
    statements: per((await statements(database.url)) - before.sql),
  };
}
