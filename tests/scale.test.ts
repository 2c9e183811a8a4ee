import { getNamedType, isInputObjectType, type GraphQLInputObjectType } from "graphql";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fill } from "../bench/fill.ts";
import { questions } from "../bench/question/every.ts";
import type { Ask, Values } from "../bench/question/question.ts";
import { schema } from "../src/graph/schema.ts";
import { Chance } from "./plan/chance.ts";
import { findKnown } from "./plan/known.ts";
import { valueFor } from "./plan/value.ts";
import { cloneFilled, type TestDatabase } from "./support/database.ts";
import { explain, type Reading } from "./support/explain.ts";
import { openRecord, type TestRecord } from "./support/record.ts";
import { watchStatements, type Sent } from "./support/watched.ts";

// Times wobble, and counts do not: what is read of a record of ten thousand is what would be read of a million.
const size = 10_000;
let database: TestDatabase;
let record: TestRecord;
let session: pg.Client;
let sent: readonly Sent[];
beforeAll(async () => {
  database = await cloneFilled("made", (_url, ownerUrl) => fill(ownerUrl, size, () => undefined));
  record = openRecord(database.url);
  sent = watchStatements(record.db);
  session = new pg.Client(database.ownerUrl);
  await session.connect();
}, 180_000);
afterAll(async () => {
  await session.end();
  await record.close();
  await database.drop();
});

const ask: Ask = async (query, variables) => {
  const { data, errors } = await record.ask(query, variables);
  expect(errors).toBeUndefined();
  return data as never;
};

/** What is read for an answer, in each way in which PostgreSQL may come to plan its statement. */
async function readingsOf(query: string, variables: Values): Promise<readonly Reading[]> {
  const before = sent.length;
  await ask(query, variables);
  const statement = sent.slice(before).at(-1);
  if (!statement) throw new Error("no statement was sent");
  const custom = await explain(session, statement, "custom");
  return statement.name === undefined ? [custom] : [custom, await explain(session, statement, "generic")];
}

/** As many pages of memory as the canonical questions may look into: half as many again as they do. */
const most: Readonly<Record<string, number>> = {
  event: 60,
  events: 2_300,
  recognitions: 1_300,
  names: 1_500,
  "misspelt names": 450,
  "deep page": 2_300,
  timeline: 700,
  "contested office": 60,
  "held then": 4_300,
};

describe("The canonical questions read what they answer, and little besides", () => {
  test.each(questions)("$name", async (question) => {
    const { chancery: variables } = await question.variables(ask);
    for (const { pages, whole } of await readingsOf(question.chancery, variables)) {
      expect(pages).toBeLessThan(most[question.name] ?? 0);
      expect(whole).toEqual([]);
    }
  });
});

/** Filters that are worked out for every row, and so read a list until a page is full. */
const workedOut = ["onOneSource", "onParty", "onUnnamedSpeaker"];
const operators = ["eq", "key", "contains", "startsWith", "gte"];

interface Filtered {
  readonly list: string;
  readonly type: string;
  readonly field: string;
  readonly operator: string | undefined;
}

/** Every filter of every list of facts and things that can be asked for at the root. */
function filters(): Filtered[] {
  const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
    ({ name, args }) =>
      args.some((arg) => arg.name === "filter") && !["changes", "delta", "proposals", "ownProposals"].includes(name),
  );
  return lists.flatMap(({ name: list, args }) => {
    const type = getNamedType(args.find(({ name }) => name === "filter")?.type) as GraphQLInputObjectType;
    const fields = Object.values(type.getFields()).filter(({ name }) => !["and", "or", "not"].includes(name));
    return fields
      .filter(({ name }) => !workedOut.includes(name))
      .flatMap((field) => {
        const given = getNamedType(field.type);
        const offered = isInputObjectType(given) ? Object.keys(given.getFields()) : [];
        const used = operators.filter((operator) => offered.includes(operator));
        return (used.length === 0 ? [undefined] : used).map((operator) => ({
          list,
          type: type.name,
          field: field.name,
          operator,
        }));
      });
  });
}

test("every filter of every list is served by an index, also where hardly anything is found", async () => {
  const known = await findKnown(record.db);
  const chance = new Chance(7);
  const slow: string[] = [];
  let asked = 0;
  for (const { list, type, field, operator } of filters()) {
    const given = (schema.getType(type) as GraphQLInputObjectType).getFields()[field]?.type;
    if (!given) throw new Error(`${type} has no ${field}`);
    const operand =
      operator === undefined
        ? given
        : ((getNamedType(given) as GraphQLInputObjectType).getFields()[operator]?.type ?? given);
    const value = valueFor(operand, field, known, chance);
    const filter = { [field]: operator === undefined ? value : { [operator]: value } };
    const query = `query ($filter: ${type}) { ${list}(filter: $filter, first: 20) { nodes { __typename } } }`;
    const { errors } = await record.ask(query, { filter });
    // Some values are refused, such as the id of a person where a crisis is meant.
    if (errors) continue;
    asked += 1;
    for (const { pages, whole } of await readingsOf(query, { filter } as never)) {
      if (pages < 2_000 && whole.length === 0) continue;
      slow.push(
        `${list} by ${JSON.stringify(filter)}: ${pages} pages, from end to end ${whole.join(", ") || "nothing"}`,
      );
    }
  }
  expect(slow).toEqual([]);
  expect(asked).toBeGreaterThan(200);
}, 300_000);

test("letters are looked for once, also in the record as it was recorded", async () => {
  const query = `query ($at: DateTime!, $filter: ActorFilter!) {
    record(asOf: { knownAt: $at, knownBy: RECORDED }) { actors(filter: $filter, first: 20) { nodes { key } totalCount } }
  }`;
  const or = ["zzqx", "qzxz", "xzqq"].map((contains) => ({ name: { contains } }));
  for (const { pages } of await readingsOf(query, { at: new Date().toISOString(), filter: { or } } as never)) {
    expect(pages).toBeLessThan(4_000);
  }
});
