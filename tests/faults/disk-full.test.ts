import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withSession } from "../../src/db/connect.ts";
import { joinEmbedded } from "../../src/db/embedded/join.ts";
import { verifyRecord } from "../../src/record/verify.ts";
import { limitFiles } from "../support/postgres.ts";
import { chancery, postgresOf, type Running } from "../support/processes.ts";
import { ask, codeOf, healthOf, type Answered } from "./caller.ts";

const MEGABYTE = 1024 * 1024;
/** A segment of the write-ahead log is as long from the beginning; no other file is while the record is small. */
const SEGMENT = 16 * MEGABYTE;

let data: string;
let running: Running;
let port: number;
let headers: Record<string, string>;
const entered: string[] = [];

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "chancery-full-"));
  chmodSync(data, 0o755);
  const environment = { CHANCERY_DATA: data, PORT: "0", CHANCERY_LOG: "off", CHANCERY_RATE: "off" };
  const scopes = ["--scope", "contribute", "--scope", "admin", "--quiet"];
  const made = chancery(["key", "create", "Desk", ...scopes], environment);
  expect(await made.ended).toBe(0);
  headers = { authorization: `Bearer ${/pcr_\S+/.exec(made.said())?.[0] ?? ""}` };
  running = chancery(["serve"], environment);
  port = Number((await running.says(/127\.0\.0\.1:(\d+)\/graphql/))[1]);
}, 120_000);
afterAll(async () => {
  running.child.kill("SIGTERM");
  await running.ended;
  rmSync(data, { recursive: true, force: true });
});

const submit = `mutation ($operations: [OperationInput!]!) {
  changeSetSubmit(input: { reason: "A paper.", operations: $operations }) {
    __typename ... on UserError { message } } }`;

/** Enters a document with a text of so many characters that cannot be made shorter: both of them, or nothing. */
async function enter(key: string, length: number): Promise<Answered> {
  const document = { key, title: key, publisher: "The Gazette", documentKind: "ARTICLE", language: "en" };
  const published = { published: { date: { edtf: "1894-05-02" } }, licence: "CC0-1.0" };
  const copied = { mediaType: "text/plain", capturedAt: "2026-01-05T10:00:00Z", textPublic: true };
  const text = randomBytes((length / 4) * 3).toString("base64");
  const operations = [
    { documentCreate: { ...document, ...published } },
    { captureCreate: { document: { key }, ...copied, text } },
  ];
  const answer = await ask(submit, { port, headers, variables: { operations } });
  if (answer.status === 200) {
    expect(answer.body).toMatchObject({ data: { changeSetSubmit: { __typename: "ChangeSetSubmitted" } } });
    entered.push(key);
  }
  return answer;
}

/** Works in a session of the database's owner. */
const inDatabase = <T>(work: (session: pg.Client) => Promise<T>) => withSession(joinEmbedded(data) ?? "", work);

/** What the record holds of what was entered, and what it holds a part of only. */
async function held(): Promise<{ papers: string[]; parts: number }> {
  const text = `select d.key, exists (select from capture c where c.document_id = d.id) as whole
    from document d where d.key like 'paper-%' order by d.created_in`;
  const { rows } = await inDatabase((session) => session.query<{ key: string; whole: boolean }>(text));
  return { papers: rows.map(({ key }) => key), parts: rows.filter(({ whole }) => !whole).length };
}

const read = () => ask("{ people(first: 5) { nodes { name } } crises(first: 5) { nodes { title } } }", { port });

test("with no room left for what is entered, reading goes on; with room again, so does entering, and nobody starts anything anew", async () => {
  const postgres = postgresOf(data);
  limitFiles(postgres, SEGMENT + 4_096);
  let refused: Answered | undefined;
  for (let n = 0; n < 40 && !refused; n++) {
    const answer = await enter(`paper-${n}`, 900_000);
    if (answer.status !== 200) refused = answer;
  }
  expect(entered.length).toBeGreaterThan(5);
  expect(refused && { status: refused.status, code: codeOf(refused), again: refused.headers["retry-after"] }).toEqual({
    status: 503,
    code: "STORAGE_FULL",
    again: "1",
  });
  for (let n = 0; n < 3; n++) {
    expect(await enter(`paper-again-${n}`, 900_000)).toMatchObject({ status: 503 });
    expect(await read()).toMatchObject({ status: 200, body: { data: { crises: { nodes: [{}] } } } });
    expect((await healthOf(port, "ready")).status).toBe(200);
  }
  expect(await held()).toEqual({ papers: entered, parts: 0 });

  limitFiles(postgres, null);
  expect(await enter("paper-at-last", 900_000)).toMatchObject({ status: 200 });
  expect(await held()).toEqual({ papers: entered, parts: 0 });
  expect(postgresOf(data)).toBe(postgres);
  expect(running.said()).not.toContain("PostgreSQL ended");
}, 90_000);

test("with no room left for the log of writes, PostgreSQL ends, is started again ever more rarely, and is there once there is room", async () => {
  // What is written next stands in a segment's second half. What processes share in memory is bound too, and is smaller.
  const fill = `select pg_switch_wal(), pg_logical_emit_message(false, 'a', repeat('x', ${SEGMENT / 2}), true)`;
  await inDatabase((session) => session.query(fill));
  const bound = SEGMENT / 2 - MEGABYTE;
  // What the server starts is bound like the server.
  limitFiles(postgresOf(data), bound);
  limitFiles(running.child.pid ?? 0, bound);
  const lostKey = "paper-small";
  const lost = await enter(lostKey, 30_000);
  expect([503, codeOf(lost)]).toEqual([lost.status, expect.stringMatching(/^(STORAGE_FULL|DB_UNAVAILABLE)$/)]);
  // Where the tables were full before the log was, PostgreSQL still stands.
  const note = "select pg_logical_emit_message(true, 'a', 'note')";
  await expect(inDatabase((session) => session.query(note))).rejects.toThrow();
  const pauses = () =>
    [...running.said().matchAll(/starting it again in ([\d.]+) s/g)].map(([, pause]) => Number(pause));
  await expect.poll(() => pauses().slice(0, 3), { timeout: 30_000, interval: 50 }).toEqual([0.25, 0.5, 1]);
  expect(await healthOf(port, "ready")).toMatchObject({ status: 503 });
  expect(await healthOf(port, "live")).toMatchObject({ status: 200 });
  expect(codeOf(await read())).toBe("DB_UNAVAILABLE");

  limitFiles(running.child.pid ?? 0, null);
  await expect.poll(() => healthOf(port, "ready"), { timeout: 20_000, interval: 100 }).toMatchObject({ status: 200 });
  expect(await enter("paper-after", 30_000)).toMatchObject({ status: 200 });
  // What was under way when it ended is there whole, or not at all.
  const { papers, parts } = await held();
  expect([papers.filter((key) => key !== lostKey), parts]).toEqual([entered, 0]);
  expect((await verifyRecord(joinEmbedded(data) ?? "")).faults).toEqual([]);
}, 90_000);
