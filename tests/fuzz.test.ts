import { Agent, request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKey } from "../src/access/register.ts";
import { scopes } from "../src/access/scope.ts";
import { openDb } from "../src/db/client.ts";
import { schema } from "../src/graph/schema.ts";
import { makeOddRequest, type OddRequest } from "./fuzz/body.ts";
import { chanceOf } from "./fuzz/chance.ts";
import { makeQuery } from "./fuzz/query.ts";
import { openServer, type TestServer } from "./support/server.ts";

/** CHANCERY_FUZZ_SEED repeats a run. */
const seed = Number(process.env["CHANCERY_FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
/** Of each holder. */
const queries = 2_000;
const bodies = 6_000;
const atOnce = 4;
const longestMs = 2_000;

/** What no answer may ever tell: statements, places in the code, and the names of what it is made of. */
const leaks =
  /node_modules|\bat (async )?[\w.<>]+ \((file|node|\/)|file:\/\/|\/(src|home|tmp|usr|work)\/|\.ts:\d+|\bselect\b[^"]{0,200}\bfrom "|syntax error at or near|relation \\"|SQLSTATE|prisma|INTERNAL_SERVER_ERROR/i;

const holders = ["nobody", ...scopes] as const;
const secrets = new Map<string, string>();
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
let server: TestServer;

beforeAll(async () => {
  console.log(`Fuzzing with CHANCERY_FUZZ_SEED=${seed}`);
  server = await openServer({ CHANCERY_LOG: "off" });
  const db = openDb(server.databaseUrl);
  for (const scope of scopes) {
    const order = { name: `fuzz ${scope}`, scopes: [scope], expiresAt: null, createdBy: "fuzz" };
    secrets.set(scope, (await createKey(db, order)).secret);
  }
  await db.close();
});
afterAll(async () => {
  agent.destroy();
  await server.close();
});

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

function send({ method, path, headers, body }: OddRequest): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const asking = httpRequest({ host: "127.0.0.1", port: server.port, method, path, agent, headers }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        // A stream that begins has been answered.
        if (response.headers["content-type"]?.startsWith("text/event-stream")) response.destroy();
      });
      response.on("close", () => resolve({ status: response.statusCode ?? 0, text, ms: performance.now() - started }));
      response.on("error", () => undefined);
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

/** Sends many requests, a few at once, and tells what was wrong with the answers to which, and how many were answered. */
async function findFaults(count: number, make: (n: number) => OddRequest) {
  const faults: object[] = [];
  let [n, answered] = [0, 0];
  const work = async () => {
    while (n < count) {
      const request = make(n++);
      const body = request.body?.toString().slice(0, 2_000);
      try {
        const { status, text, ms } = await send(request);
        if (/^\{"data":\{/.test(text)) answered += 1;
        const leak = leaks.exec(text)?.[0];
        if (status >= 500 || ms > longestMs || leak !== undefined) {
          faults.push({ status, ms: Math.round(ms), leak, text: text.slice(0, 500), ...request, body });
        }
      } catch (error) {
        faults.push({ error: String(error), ...request, body });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { faults, answered };
}

function asHolder(holder: string, headers: Record<string, string>): Record<string, string> {
  const secret = secrets.get(holder);
  return secret === undefined ? headers : { ...headers, authorization: `Bearer ${secret}` };
}

const types = { "content-type": "application/json", accept: "application/graphql-response+json" };

describe.each(holders.map((holder, i) => ({ holder, i })))("asked by $holder", ({ holder, i }) => {
  test(`${queries} questions made of the schema break nothing`, { timeout: 120_000 }, async () => {
    const chance = chanceOf(seed + i);
    const { faults, answered } = await findFaults(queries, () => {
      const body = Buffer.from(JSON.stringify({ query: makeQuery(schema, chance) }));
      return { method: "POST", path: "/graphql", headers: asHolder(holder, types), body };
    });
    expect(faults).toEqual([]);
    // What only ever is refused tries nothing behind the door.
    if (holder === "read" || holder === "nobody") expect(answered).toBeGreaterThan(queries / 10);
  });

  test(`${bodies} malformed requests break nothing`, { timeout: 120_000 }, async () => {
    const chance = chanceOf(seed + 1_000 + i);
    const { faults } = await findFaults(bodies, () => {
      const request = makeOddRequest(chance);
      return { ...request, headers: asHolder(holder, request.headers) };
    });
    expect(faults).toEqual([]);
  });
});

test("the server is well afterwards", async () => {
  const body = Buffer.from(JSON.stringify({ query: "{ people(first: 1) { nodes { name } } }" }));
  const { status, text } = await send({ method: "POST", path: "/graphql", headers: types, body });
  expect({ status, errors: text.includes('"errors"') }).toEqual({ status: 200, errors: false });
  expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
});
