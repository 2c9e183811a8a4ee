import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { positionByKey, viewer } from "../sdk/src/index.ts";
import { Plans } from "../src/plan/execute.ts";
import { KeptAnswers } from "../src/plan/kept-answer.ts";
import { PlanReport } from "../src/plan/report.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { openGazette } from "./support/gazette.ts";
import { asHolder, openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
let other: TestRecord;
let gazette: Awaited<ReturnType<typeof openGazette>>;
let kept: KeptAnswers;
beforeAll(async () => {
  database = await cloneDatabase();
  kept = new KeptAnswers(1_000_000);
  record = openRecord(database.url, new Plans(new PlanReport(), kept));
  other = openRecord(database.url);
  gazette = await openGazette(other);
  await gazette.assert({ days: [1] });
});
afterAll(async () => {
  await record.close();
  await other.close();
  await database.drop();
});
beforeEach(() => {
  kept.hits = 0;
  kept.misses = 0;
});

const stances = `query stances($asOf: AsOf!) { record(asOf: $asOf) { recognitions { nodes { stance recorded { from { number } } } } } }`;
const ask = async (question: string, variables: object = {}) =>
  JSON.stringify((await record.ask(question, variables)).data);
const current = "{ recognitions { nodes { stance } } }";

describe("An answer that is kept", () => {
  test("is given again, without the statement, to whoever may read", async () => {
    const first = await ask(current);
    expect(kept).toMatchObject({ hits: 0, misses: 1 });
    expect(await ask(current)).toBe(first);
    const { data } = await record.ask(current, {}, asHolder("Krafft", "read"));
    expect(JSON.stringify(data)).toBe(first);
    expect(kept).toMatchObject({ hits: 2, misses: 1 });
  });

  test("is not given to a key that may not read", async () => {
    await ask(current);
    const { errors } = await record.ask(current, {}, asHolder("Mute", "contribute"));
    expect(errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN" });
    expect(kept.hits).toBeLessThanOrEqual(1);
  });

  test("is never given once the record has moved on, whichever server it moved on", async () => {
    const before = await ask(current);
    await gazette.update({ days: [3], stance: "WITHDRAWN" });
    const after = await ask(current);
    expect(after).not.toBe(before);
    expect(after).toContain("WITHDRAWN");
    expect(after).toBe(JSON.stringify((await other.ask(current)).data));
  });

  test("differs by the variables and by the operation of a document", async () => {
    const titles = `query a { positions { totalCount } } query b { positions { nodes { key } } }`;
    const of = async (operationName: string) =>
      (
        await record.fetch("/graphql", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ query: titles, operationName }),
        })
      ).text();
    expect(await of("a")).not.toBe(await of("b"));
    const paged = `query page($first: Int) { positions(first: $first) { pageInfo { hasNextPage } nodes { key } } }`;
    expect(await ask(paged, { first: 1 })).toBe(await ask(paged, { first: 1 }));
    expect(kept.hits).toBe(1);
    await ask(paged, {});
    await ask(paged, { first: null });
    expect(kept.hits).toBe(1);
  });

  test("of a moment still to come follows the record too", async () => {
    const asOf = { knownAt: "2999-01-01T00:00:00Z", knownBy: "RECORDED" };
    const before = await ask(stances, { asOf });
    await gazette.correct({ days: [3], stance: "RECOGNISES" });
    const after = await ask(stances, { asOf });
    expect(after).not.toBe(before);
    expect(after).toBe(JSON.stringify((await other.ask(stances, { asOf })).data));
  });

  test("is dropped for a newer one, and within the room there is", () => {
    const answers = new KeptAnswers(2_000);
    answers.keep("q", { text: "new", head: 7 });
    answers.keep("q", { text: "old", head: 6 });
    answers.keep("large", { text: "x".repeat(1_000), head: 7 });
    const find = (question: string) => answers.find(question, () => Promise.resolve(7));
    return Promise.all([
      expect(find("q")).resolves.toMatchObject({ text: "new" }),
      expect(find("large")).resolves.toBeUndefined(),
    ]);
  });
});

describe("The answer to a GET has a tag", () => {
  const address = (key: string) =>
    `/graphql?${new URLSearchParams({
      documentId: `sha256:${positionByKey.sha256 ?? ""}`,
      variables: JSON.stringify({ key }),
    }).toString()}`;

  test("by which a client learns that nothing has changed, or gets what has", async () => {
    const first = await record.fetch(address("president"));
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toMatch(/^"\d+-[\w-]{43}"$/);
    expect(first.headers.get("cache-control")).toBe("no-cache");
    for (const asked of [tag, `W/${tag}`, `"another", ${tag}`, "*"]) {
      const again = await record.fetch(address("president"), { headers: { "if-none-match": asked } });
      expect([again.status, await again.text()], asked).toEqual([304, ""]);
      expect(again.headers.get("etag")).toBe(tag);
    }
    await gazette.correct({ days: [3], stance: "WITHDRAWN" });
    const moved = await record.fetch(address("president"), { headers: { "if-none-match": tag } });
    expect(moved.status).toBe(200);
    expect(moved.headers.get("etag")).not.toBe(tag);
  });

  test("that differs by the question", async () => {
    const tags = await Promise.all(
      ["president", "speaker"].map(async (key) => (await record.fetch(address(key))).headers.get("etag")),
    );
    expect(new Set(tags).size).toBe(2);
  });

  test("where it is refused, there is none", async () => {
    const refused = await record.fetch("/graphql?query={nothing}");
    expect(refused.headers.get("etag")).toBeNull();
    expect(refused.headers.get("cache-control")).toBe("no-store");
  });

  test("that is for who asked alone has none, and is not to be kept", async () => {
    const asked = `/graphql?documentId=sha256:${viewer.sha256 ?? ""}`;
    const answer = await record.fetch(asked);
    expect(await answer.json()).toMatchObject({ data: { viewer: {} } });
    expect([answer.headers.get("etag"), answer.headers.get("cache-control")]).toEqual([null, "no-store"]);
  });
});
