import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve, type Serving } from "../src/server.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
let serving: Serving;
beforeAll(async () => {
  database = await cloneSeeded();
  record = openRecord(database.url);
  const handler = (_request: unknown, response: { end: (text: string) => void }) => {
    response.end("{}");
  };
  serving = await serve({ host: "127.0.0.1", port: 0, portChosen: false, handler, ready: () => Promise.resolve(true) });
});
afterAll(async () => {
  await serving.close();
  await record.close();
  await database.drop();
});

function send(head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(serving.port, "127.0.0.1", () => socket.write(head));
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("close", () => {
      resolve(answer);
    });
    socket.on("error", reject);
  });
}

describe("at the door", () => {
  test.each(["a b", "[::::", "a/b", "x@y"])("a Host of %s is refused in words, without a stack", async (host) => {
    const answer = await send(`GET /graphql HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect(answer).not.toContain("at new URL");
  });

  test("variables that are no JSON, and documents nested without end, are the sender's mistakes", async () => {
    const get = await record.fetch(`/graphql?query=${encodeURIComponent("{__typename}")}&variables={`);
    expect(get.status).toBe(400);
    for (const query of [
      `${"{a".repeat(50_000)}${"}".repeat(50_000)}`,
      `{ people(first: ${"[".repeat(50_000)}) { totalCount } }`,
    ]) {
      const { errors } = await record.ask(query);
      expect(errors?.[0]?.extensions?.["code"]).toMatch(/GRAPHQL_PARSE_FAILED|BAD_USER_INPUT/);
    }
    expect(record.faults).toEqual([]);
  });

  test("a text with NUL is refused", async () => {
    const { errors } = await record.ask("query($key: String!) { stateBy(by: { key: $key }) { name } }", {
      key: "a\u0000",
    });
    expect(errors?.[0]?.extensions?.["code"]).toBe("INVALID_TEXT");
    expect(record.faults).toEqual([]);
  });
});
