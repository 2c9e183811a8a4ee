import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asHolder } from "../support/record.ts";
import { expectSame } from "./compare.ts";
import { openCompared, type Compared } from "./ground.ts";
import { proposer } from "./proposals.ts";

let compared: Compared;
beforeAll(async () => {
  compared = await openCompared();
}, 120_000);
afterAll(() => compared.close());

const proposal = `{ id __typename state author reason submittedAt decidedAt reviewer reviewReason
  changeSet { number author review { reviewer reviewReason } }
  changes { operation id outdated fields { field before after } } }`;

describe("Proposals of every fate are planned", () => {
  const both = "totalCount pageInfo { endCursor hasNextPage }";
  const lists = {
    proposals: `{ proposals(first: 50) { ${both} edges { cursor node ${proposal} } } }`,
    ownProposals: `{ ownProposals(last: 50, filter: { state: { not: WITHDRAWN } }) { ${both} nodes ${proposal} } }`,
  };
  const single = `query ($id: ID!) { proposal(id: $id) { state changes { outdated
    current { __typename id ... on Assertion { status } ... on Actor { name key } ... on Position { title } } } } }`;

  test.each([
    ["proposals", ["review"]],
    ["proposals", ["read", "review"]],
    ["ownProposals", ["contribute"]],
    ["ownProposals", ["read", "contribute"]],
  ] as const)("as %s, for holders of %s", async (name, held) => {
    const { fellBack } = compared.plans.report;
    const before = { ...fellBack };
    const headers = asHolder(proposer, ...held);
    const body = await expectSame(compared, { query: lists[name], headers }, 2);
    for (const state of ["PROPOSED", "ACCEPTED", "REJECTED"]) expect(body).toContain(`"state":"${state}"`);
    expect([...body.matchAll(/"outdated":true/g)]).toHaveLength(5);
    expect(/"before":"/.test(body)).toBe(held.length > 1);
    const asked = { query: single, headers };
    const singles: string[] = [];
    for (const id of compared.known.ids["Proposal"] ?? []) {
      singles.push(await expectSame(compared, { ...asked, variables: { id } }, 2));
    }
    expect(singles.filter((each) => each.includes('"proposal":{'))).toHaveLength(11);
    expect(singles.some((each) => each.includes('"current":{'))).toBe(held.length > 1);
    expect(fellBack).toEqual(before);
  });

  test("and nobody else is told of them", async () => {
    for (const headers of [{}, asHolder("piggy", "read", "contribute", "admin")]) {
      for (const id of compared.known.ids["Proposal"] ?? []) {
        expect(await expectSame(compared, { query: single, headers, variables: { id } })).toContain(
          '{"proposal":null}',
        );
      }
    }
  });
});
