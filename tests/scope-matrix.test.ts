import type { GraphQLField, GraphQLObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scopes, type Scope } from "../src/access/scope.ts";
import { served } from "../src/graph/schema.ts";
import { scopeOf } from "../src/graph/scope.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { questionOf } from "./support/literal.ts";
import { openRecord, type Answer, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
let statements = 0;
beforeAll(async () => {
  database = await cloneSeeded();
  record = openRecord(database.url);
  record.db.pool.on("acquire", () => (statements += 1));
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

const roots = [
  ["query", served.getQueryType()],
  ["mutation", served.getMutationType()],
  ["subscription", served.getSubscriptionType()],
] as const;

const fieldsOf = (type: GraphQLObjectType | null | undefined): GraphQLField<unknown, unknown>[] =>
  Object.values(type?.getFields() ?? {});

/** Who asks: without a key, with a key of one scope, and with one that is for nothing at all. */
const askers: readonly {
  readonly who: string;
  readonly held: readonly Scope[];
  readonly headers: Record<string, string>;
}[] = [
  { who: "nobody", held: ["read"], headers: {} },
  ...scopes.map((scope) => ({ who: scope, held: [scope], headers: { authorization: `Bearer holder:${scope}` } })),
  { who: "no scope", held: [], headers: { authorization: "Bearer holder:none" } },
];

const quietMs = 200;

/** The answer to a request; of a stream what it tells at once, and nothing where it is silent at first. */
async function ask(query: string, headers: Record<string, string>): Promise<Answer> {
  const accept = query.startsWith("subscription") ? { accept: "text/event-stream" } : {};
  const leave = new AbortController();
  const response = await record.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", ...accept, ...headers },
    body: JSON.stringify({ query }),
    signal: leave.signal,
  });
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) return (await response.json()) as Answer;
  let told = "";
  const reader = response.body!.getReader();
  const timer = setTimeout(() => void reader.cancel(), quietMs);
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    told += new TextDecoder().decode(part.value);
    const data = /^data: (\{.*)$/m.exec(told)?.[1];
    if (data !== undefined) {
      clearTimeout(timer);
      await reader.cancel();
      return JSON.parse(data) as Answer;
    }
  }
  return {};
}

describe.each(roots)("every field of the %s", (operation, root) => {
  test.each(askers)(
    "asked by $who",
    async ({ held, headers }) => {
      const wrong: unknown[] = [];
      for (const field of fieldsOf(root)) {
        const required = scopeOf(field);
        const before = statements;
        const { errors = [] } = await ask(`${operation} { ${questionOf(field)} }`, headers);
        const refused = errors.filter(({ extensions }) => extensions?.["code"] === "FORBIDDEN");
        if (required === null || (required !== undefined && held.includes(required))) {
          if (refused.length > 0) wrong.push([field.name, "is refused", refused]);
          continue;
        }
        const names = refused.map(({ extensions, message }) => [
          extensions?.["scope"],
          message.includes(`scope ${required}`),
        ]);
        if (JSON.stringify(names) !== JSON.stringify([[required, true]]))
          wrong.push([field.name, "is not refused", errors]);
        if (statements > before) wrong.push([field.name, "asked the database before it was refused"]);
      }
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});

test("the matrix reaches the resolvers: what is asked is well formed", async () => {
  const ill: unknown[] = [];
  for (const [operation, root] of roots.slice(0, 2)) {
    for (const field of fieldsOf(root)) {
      const { errors = [] } = await record.ask(
        `${operation} { ${questionOf(field)} }`,
        {},
        { authorization: "Bearer holder:none" },
      );
      if (errors.some(({ extensions }) => /PARSE|VALIDATION/.test(String(extensions?.["code"])))) ill.push(errors);
    }
  }
  expect(ill).toEqual([]);
  expect(fieldsOf(served.getQueryType()).length).toBeGreaterThan(40);
  expect(fieldsOf(served.getMutationType()).length).toBeGreaterThan(40);
});

test("one field that is allowed lets no other pass beside it, also under another name", async () => {
  const headers = { authorization: "Bearer holder:contribute" };
  const { errors, data } = await record.ask(
    "{ viewer { scopes } a: people { totalCount } ...F } fragment F on Query { b: record(asOf: {}) { people { totalCount } } }",
    {},
    headers,
  );
  expect(data).toBeNull();
  expect(errors?.every(({ extensions }) => extensions?.["code"] === "FORBIDDEN")).toBe(true);
});
