import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scope } from "../../src/access/scope.ts";
import { asHolder } from "../support/record.ts";
import { expectSame } from "./compare.ts";
import { openCompared, type Compared } from "./ground.ts";
import { proposer } from "./queue-of-proposals.ts";

let compared: Compared;
beforeAll(async () => {
  compared = await openCompared();
}, 120_000);
afterAll(() => compared.close());

const proposal = `{ id __typename state author reason submittedAt decidedAt reviewer reviewReason
  changeSet { number author review { reviewer reviewReason } }
  changes { operation id outdated fields { field before after } } }`;

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
}

function pageOf(body: string, name: string): Page {
  return (JSON.parse(body.slice(4)) as { data: Record<string, Page> }).data[name] as Page;
}

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
    expect(body).toContain('"review":{"reviewer":"rowlf","reviewReason":"Seen."}');
    const asked = { query: single, headers };
    const singles: string[] = [];
    for (const id of compared.known.ids["Proposal"] ?? []) {
      singles.push(await expectSame(compared, { ...asked, variables: { id } }, 2));
    }
    expect(singles.filter((each) => each.includes('"proposal":{'))).toHaveLength(11);
    expect(singles.some((each) => each.includes('"current":{'))).toBe(held.length > 1);
    expect(fellBack).toEqual(before);
  });

  test("page by page, both ways, and by no cursor of another queue", async () => {
    const { fellBack } = compared.plans.report;
    const before = { ...fellBack };
    const queue = (name: string, held: readonly Scope[], by = proposer) => ({
      headers: asHolder(by, ...held),
      query: `query ($first: Int, $after: String, $last: Int, $before: String) { ${name}(first: $first, after: $after, last: $last, before: $before) {
        pageInfo { startCursor endCursor hasNextPage } nodes { id changes { operation } } } }`,
    });
    const ids: Record<string, string[]> = { proposals: [], ownProposals: [] };
    const ends: Record<string, string> = {};
    for (const [name, scope] of [
      ["proposals", "review"],
      ["ownProposals", "contribute"],
    ] as const) {
      for (let [after, more] = [null as string | null, true]; more;) {
        const body = await expectSame(compared, { ...queue(name, [scope]), variables: { first: 4, after } }, 1);
        const { nodes, pageInfo } = pageOf(body, name);
        ids[name]?.push(...nodes.map(({ id }) => id));
        [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
        ends[name] = pageInfo.endCursor;
      }
      const back = await expectSame(compared, {
        ...queue(name, [scope]),
        variables: { last: 3, before: ends[name] },
      });
      expect(pageOf(back, name).nodes.map(({ id }) => id)).toEqual(ids[name]?.slice(-4, -1));
    }
    expect(ids["proposals"]).toHaveLength(11);
    expect(ids["ownProposals"]).toEqual(ids["proposals"]);
    expect(fellBack).toEqual(before);
    for (const [name, scope, by, after] of [
      ["proposals", "review", proposer, ends["ownProposals"]],
      ["ownProposals", "contribute", proposer, ends["proposals"]],
      ["ownProposals", "contribute", "piggy", ends["ownProposals"]],
    ] as const) {
      const body = await expectSame(compared, { ...queue(name, [scope], by), variables: { first: 4, after } });
      expect(body).toContain("INVALID_CURSOR");
    }
  });

  test("and nobody else is told of them", async () => {
    const { fellBack } = compared.plans.report;
    const before = { ...fellBack };
    for (const headers of [{}, asHolder("piggy", "read", "contribute", "admin")]) {
      for (const id of compared.known.ids["Proposal"] ?? []) {
        expect(await expectSame(compared, { query: single, headers, variables: { id } })).toContain(
          '{"proposal":null}',
        );
      }
    }
    expect(fellBack).toEqual(before);
  });
});
