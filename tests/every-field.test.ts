import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
} from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { schema } from "../src/graph/schema.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { asHolder, openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
beforeAll(async () => {
  database = await cloneSeeded();
  record = openRecord(database.url);
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

const uuid = "01890000-0000-7000-8000-000000000000";
const types: Record<string, string> = { idOf: "Person" };

/** A value of an input type, written out; ids are of the type that the filter's words name. */
function literal(type: GraphQLInputType, ids: string): string {
  const named = getNamedType(type);
  const list = String(type).startsWith("[");
  const one = () => {
    if (isEnumType(named)) return named.getValues()[0]!.name;
    const scalars: Record<string, string> = {
      ID: `"${ids}:${uuid}"`,
      Date: '"2019-02-06"',
      DateTime: '"2019-02-06T00:00:00Z"',
      Boolean: "true",
      Int: "1",
      String: '"mad"',
    };
    return scalars[named.name]!;
  };
  return list ? `[${one()}]` : one();
}

const fields = Object.values(schema.getQueryType()!.getFields());
const lists = fields.filter(
  ({ args }) =>
    args.some(({ name }) => name === "filter") &&
    args.every((arg) => !String(arg.type).endsWith("!") || arg.defaultValue !== undefined),
);

test("every operator of every field of every filter is understood", async () => {
  expect(lists.length).toBeGreaterThan(20);
  let tried = 0;
  for (const list of lists) {
    const filter = getNamedType(list.args.find(({ name }) => name === "filter")!.type);
    const page = getNamedType(list.type);
    const counted = isObjectType(page) && "totalCount" in page.getFields() ? "totalCount" : "";
    if (!isInputObjectType(filter)) throw new Error(`${list.name} has no filter input`);
    for (const [name, field] of Object.entries(filter.getFields())) {
      if (["and", "or", "not"].includes(name)) continue;
      const type = getNamedType(field.type);
      const operators = isInputObjectType(type)
        ? Object.entries(type.getFields()).map(([operator, operand]) => ({ operator, type: operand.type }))
        : [{ operator: null, type: field.type }];
      for (const { operator, type: operand } of operators) {
        const wanted = async (ids: string) => {
          const value = literal(operand, ids);
          const text = operator === null ? value : `{ ${operator}: ${value} }`;
          const condition = "not" in filter.getFields() ? `{ not: { ${name}: ${text} } }` : `{ ${name}: ${text} }`;
          return ask(`{ ${list.name}(first: 1, filter: ${condition}) { ${counted} nodes { __typename } } }`);
        };
        let { errors } = await wanted(types["idOf"]!);
        const told = /takes that of an? (\w+)/.exec(errors?.[0]?.message ?? "")?.[1];
        if (told) ({ errors } = await wanted(told));
        expect([list.name, name, operator, errors]).toEqual([list.name, name, operator, undefined]);
        tried += 1;
      }
    }
  }
  expect(record.faults).toEqual([]);
  expect(tried).toBeGreaterThan(200);
}, 120_000);

/** Asks as the holder of a key that may ask for everything. */
const ask = (query: string) => record.ask(query, {}, asHolder("Sapt", "read", "contribute", "review", "admin"));

/** Every field of a type that needs no argument, with the leaves of what it leads to. */
function selection(type: GraphQLNamedType): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return "";
  const needed = (field: GraphQLField<unknown, unknown>) =>
    field.args.some((arg) => String(arg.type).endsWith("!") && arg.defaultValue === undefined);
  return Object.values(type.getFields())
    .filter((field) => !needed(field))
    .map((field) => {
      const to = getNamedType(field.type);
      if (isLeafType(to)) return field.name;
      if (to.name.endsWith("Connection"))
        return `${field.name}(first: 2) { totalCount nodes { __typename id } pageInfo { hasNextPage } }`;
      const leaves = isObjectType(to) || isInterfaceType(to) ? Object.values(to.getFields()) : [];
      const inner = leaves
        .filter((leaf) => isLeafType(getNamedType(leaf.type)) && !needed(leaf))
        .map(({ name }) => name);
      return `${field.name} { __typename ${inner.join(" ")} }`;
    })
    .join("\n");
}

test.each(["now", "REPORTED", "RECORDED"])(
  "every field of every entry answers (%s)",
  async (clock) => {
    const asOf =
      clock === "REPORTED"
        ? '{ knownAt: "2019-02-05T00:00:00Z" }'
        : '{ knownAt: "2999-01-01T00:00:00Z", knownBy: RECORDED }';
    for (const list of lists) {
      const connection = getNamedType(list.type);
      if (!isObjectType(connection)) throw new Error(`${list.name} is no list`);
      const node = getNamedType(connection.getFields()["nodes"]!.type);
      const variants = isInterfaceType(node) ? schema.getPossibleTypes(node) : [node];
      for (const variant of variants) {
        const body = `${list.name}(first: 3) { nodes { __typename ... on ${variant.name} { ${selection(variant)} } } }`;
        const view = schema.getType("Record");
        const inRecord = clock !== "now" && isObjectType(view) && list.name in view.getFields();
        const { errors } = await ask(inRecord ? `{ record(asOf: ${asOf}) { ${body} } }` : `{ ${body} }`);
        expect([list.name, errors?.[0]]).toEqual([list.name, undefined]);
      }
    }
    expect(record.faults).toEqual([]);
  },
  120_000,
);

test("every list at once is answered field by field too, however many statements that takes", async () => {
  const usual = openRecord(database.url, null);
  const counted = (list: (typeof lists)[number]) => {
    const page = getNamedType(list.type);
    return isObjectType(page) && "totalCount" in page.getFields() ? "totalCount" : "";
  };
  const query = `{ ${lists.map((list) => `${list.name}(first: 1) { ${counted(list)} nodes { __typename } }`).join(" ")} }`;
  const headers = asHolder("Sapt", "read", "contribute", "review", "admin");
  const answers = await Promise.all(Array.from({ length: 3 }, () => usual.ask(query, {}, headers)));
  for (const { data, errors } of answers) {
    expect(errors).toBeUndefined();
    expect(Object.keys(data ?? {})).toHaveLength(lists.length);
  }
  expect(usual.faults).toEqual([]);
  await usual.close();
});
