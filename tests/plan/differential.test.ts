import { readdirSync, readFileSync } from "node:fs";
import { Kind, parse, typeFromAST, type GraphQLInputType, type OperationDefinitionNode } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scopes } from "../../src/access/scope.ts";
import { schema } from "../../src/graph/schema.ts";
import { readTrustedDocuments } from "../../src/yoga/trusted-document.ts";
import { asHolder } from "../support/record.ts";
import { watchStatements } from "../support/watched.ts";
import { Chance } from "./chance.ts";
import { differenceOf, expectSame, refused, type Question } from "./compare.ts";
import { findCursor } from "./cursor.ts";
import { openCompared, type Compared } from "./ground.ts";
import { proposer } from "./queue-of-proposals.ts";
import { makeQuestion } from "./question.ts";
import { valueFor } from "./value.ts";

/** How many questions are generated, and a seed by which those that failed are generated again. */
const questions = Number(process.env["CHANCERY_PLAN_QUESTIONS"] ?? 5_000);
// Under CI the same each time, so that what fails there fails everywhere.
const seed = Number(process.env["CHANCERY_PLAN_SEED"] ?? (process.env["CI"] ? 271_828 : Date.now() % 1_000_000));
console.log(`Comparing plans with CHANCERY_PLAN_SEED=${seed}`);
/** As many questions as are under way at once. */
const lanes = 4;
const longest = 30 * 60_000;

let compared: Compared;
beforeAll(async () => {
  compared = await openCompared();
}, 120_000);
afterAll(() => compared.close());

/** Asks both ways, and sees that an answer without an error was its plan's. Nothing else may be asked meanwhile. */
async function expectPlanned(question: Question): Promise<void> {
  // What is refused below something that is not there, ordinary execution does not come upon.
  const others = () => ({ ...compared.plans.report.fellBack, refused: 0 });
  const before = others();
  const body = await expectSame(compared, question);
  if (!refused(body)) expect(others()).toEqual(before);
}

/** Holders of each scope, and of all. */
const holders = [...scopes.map((scope) => asHolder(proposer, scope)), asHolder("fozzie", ...scopes)];

const folder = new URL("../../examples/", import.meta.url);
const examples = readdirSync(folder).filter((name) => name.endsWith(".graphql") && !name.startsWith("writing-"));

describe("planned and ordinary execution answer the same, letter for letter", () => {
  test.each(examples)("%s, for each scope", async (name) => {
    const query = readFileSync(new URL(name, folder), "utf8");
    for (const headers of [{}, ...holders]) await expectPlanned({ query, headers });
  });

  const operations = [...readTrustedDocuments().values()].flatMap((query) => {
    const [operation] = parse(query).definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
    return operation?.operation === "query" ? [{ name: operation.name?.value ?? "", query, operation }] : [];
  });

  test.each(operations)("the SDK's $name, for each scope", async ({ name, query, operation }) => {
    const chance = new Chance(operations.findIndex((each) => each.name === name));
    // At once, so that what differs in its values goes together.
    const sets = variablesOf(operation, chance);
    await Promise.all(sets.map((variables) => expectSame(compared, { query, variables })));
    await expectPlanned({ query, variables: sets[0] ?? {} });
    for (const headers of holders) await expectPlanned({ query, variables: sets.at(-1) ?? {}, headers });
  });

  test(
    `${questions} questions made out of the schema (seed ${seed})`,
    async () => {
      const chance = new Chance(seed);
      let [asked, left] = [0, questions];
      const ask = async () => {
        while (left > 0) {
          left -= 1;
          const { cursors, ...question } = makeQuestion(schema, compared.known, chance);
          // Every fourth several times at once, so that they go together, and every third by somebody else too.
          const body = await expectSame(compared, question, asked % 4 === 0 ? 3 : 0);
          asked += 1;
          if (asked % 3 === 0) await expectSame(compared, { ...question, headers: chance.of(holders) });
          const [found] = cursors.flatMap(({ variable, path }) => {
            const cursor = findCursor(body, path);
            return cursor === undefined ? [] : [{ [variable]: cursor }];
          });
          if (!found || left === 0) continue;
          left -= 1;
          await expectSame(compared, { ...question, variables: { ...question.variables, ...found } });
          asked += 1;
        }
      };
      await Promise.all(Array.from({ length: lanes }, ask));
      expect(asked).toBe(questions);
    },
    longest,
  );

  test("whoever may read is answered alike, and whoever may not is refused", async () => {
    const query = readFileSync(new URL("03-timeline.graphql", folder), "utf8");
    const everybody = await expectSame(compared, { query });
    expect(everybody).toMatch(/^200 \{"data"/);
    for (const scope of ["read", "contribute", "review", "admin"] as const) {
      const body = await expectSame(compared, { query, headers: asHolder("kermit", scope) });
      if (scope === "read") expect(body).toBe(everybody);
      else expect(body).toContain('"code":"FORBIDDEN"');
    }
  });
});

/** Some sets of variables of an operation: of those that are required, and of all. */
function variablesOf({ variableDefinitions = [] }: OperationDefinitionNode, chance: Chance): object[] {
  return [false, true, true, true, true, true].map((all) =>
    Object.fromEntries(
      variableDefinitions.flatMap(({ type, variable: { name }, defaultValue }) => {
        const needed = type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;
        if ((!needed && !(all && chance.happens(0.5))) || name.value === "after") return [];
        const given = typeFromAST(schema, type as never) as GraphQLInputType;
        return [[name.value, valueFor(given, name.value, compared.known, chance)]];
      }),
    ),
  );
}

test("a planned question is one statement, whatever it asks for", async () => {
  const statements = watchStatements(compared.planned.db);
  await compared.planned.ask(readFileSync(new URL("01-contested-presidency.graphql", folder), "utf8"));
  expect(statements).toHaveLength(1);
});

test("every question has a plan, and PostgreSQL refuses nothing", () => {
  expect(compared.lines).toEqual([]);
  expect(compared.plans.report.fellBack).toMatchObject({ unplanned: 0, fault: 0 });
  expect(compared.plans.report.together).toBeGreaterThan(questions / 20);
});

test("a wrong null, another order, an escape and a missing row are each told as a difference", () => {
  const answer = '200 {"data":{"a":["one","tw\\"o",null]}}';
  expect(differenceOf(answer, answer)).toBeNull();
  for (const [from, to] of [
    ["null", '""'],
    ['"one","tw\\"o"', '"tw\\"o","one"'],
    ['\\"', "\\u0022"],
    ['"one",', ""],
  ] as const) {
    expect(differenceOf(answer.replace(from, to), answer)).toContain("differ at");
  }
});
