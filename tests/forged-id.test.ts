import { randomInt } from "node:crypto";
import { isObjectType } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { modelNames } from "../src/db/meaning.ts";
import { served } from "../src/graph/schema.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { issue, openGuarded, type Guarded } from "./support/guarded.ts";

let database: TestDatabase;
let record: Guarded;
beforeAll(async () => {
  database = await cloneSeeded();
  record = openGuarded(database.url);
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

const node = "query($id: ID!) { node(id: $id) { __typename id } }";
const nothing = { data: { node: null } };

async function answerTo(id: string): Promise<unknown> {
  const { data, errors } = await record.ask(node, null, { id });
  return errors ? { errors } : { data };
}

test("a key is no node, whoever asks for it by whatever name", async () => {
  const { key, secret } = await issue(record.db, "Vault", "read", "contribute", "review", "admin");
  for (const type of ["ApiKey", "Key", "Viewer", "Person", "Document", "Recognition"]) {
    for (const holder of [null, secret]) {
      const { data, errors } = await record.ask(node, holder, { id: `${type}:${key.id}` });
      expect([type, data, errors]).toEqual([type, { node: null }, undefined]);
    }
  }
});

test("an id under the name of another type or model names nothing", async () => {
  const { rows } = await record.db.pool.query<{ id: string }>("select id from actor where kind = 'PERSON' limit 1");
  const id = rows[0]!.id;
  expect(await answerTo(`Person:${id}`)).toEqual({ data: { node: { __typename: "Person", id: `Person:${id}` } } });
  const types = Object.values(served.getTypeMap()).filter((type) => isObjectType(type));
  const names = [...new Set([...types.map(({ name }) => name), ...modelNames()])].filter(
    (name) => !name.startsWith("_"),
  );
  expect(names.length).toBeGreaterThan(60);
  for (const name of names)
    if (name !== "Person") expect([name, await answerTo(`${name}:${id}`)]).toEqual([name, nothing]);
  expect(record.faults).toEqual([]);
});

test("ids made up by chance name nothing, and no fault", async () => {
  const seed = randomInt(2 ** 31);
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return state % below;
  };
  const types = ["Person", "State", "Event", "Occupancy", "Document", "Passage", "ApiKey", "Nothing"];
  const hex = (digits: number) => Array.from({ length: digits }, () => next(16).toString(16)).join("");
  for (let n = 0; n < 500; n++) {
    const id = `${types[next(types.length)]}:${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
    expect([seed, id, await answerTo(id)]).toEqual([seed, id, nothing]);
  }
  expect(record.faults).toEqual([]);
});
