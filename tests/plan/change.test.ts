import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { beginning, changeCursor } from "../../src/feed/cursor.ts";
import { expectSame } from "./compare.ts";
import { openCompared, type Compared } from "./ground.ts";

let compared: Compared;
beforeAll(async () => {
  compared = await openCompared();
}, 120_000);
afterAll(() => compared.close());

const tail = "timeline(first: 1, after: $below) { totalCount pageInfo { endCursor } edges { cursor node { key } } }";
const log = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: ChangeFilter, $below: String) {
  changes(first: $first, after: $after, last: $last, before: $before, filter: $filter) { head
    pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
    edges { cursor node { change kind subjectId changeSet { number author } crisis { title }
      assertion { key status recorded { from { number } to { number } } evidence { passage { exact } }
        ... on Recognition { stance claimant { name names { text } ${tail} } } }
      thing { __typename id ... on Actor { name description names { text } ${tail} } ... on Position { title holders: occupancies(first: 2) { nodes { key } } } } } } } }`;

interface Log {
  readonly head: string;
  readonly pageInfo: { readonly endCursor: string; readonly startCursor: string; readonly hasNextPage: boolean };
  readonly edges: readonly { readonly cursor: string; readonly node: Readonly<Record<string, never>> }[];
}

describe("The log of changes is planned", () => {
  const ask = async (variables: object): Promise<Log> => {
    const { fellBack } = compared.plans.report;
    const before = { ...fellBack };
    const body = await expectSame(compared, { query: log, variables }, 1);
    expect(fellBack).toEqual(before);
    return (JSON.parse(body.slice(4)) as { data: { changes: Log } }).data.changes;
  };

  test("from its beginning to its end, and back, with what stood after each change", async () => {
    const there: string[] = [];
    for (let [after, more] = [null as string | null, true]; more;) {
      const { edges, pageInfo, head } = await ask({ first: 20, after });
      there.push(...edges.map(({ cursor }) => cursor));
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
      if (!more) expect(after).toBe(head);
    }
    const back: string[] = [];
    for (let before: string | null = null; back.length < there.length;) {
      const { edges, pageInfo } = await ask({ last: 25, before });
      back.unshift(...edges.map(({ cursor }) => cursor));
      before = pageInfo.startCursor;
    }
    expect(back).toEqual(there);
  });

  test("by each of its filters, by id and by key", async () => {
    const { ids, keys } = compared.known;
    const filters = [
      { change: { eq: "AMENDED" } },
      { kind: { in: ["PERSON", "RECOGNITION"] } },
      { crisis: { key: "ruritania-1894" }, change: { not: "ASSERTED" } },
      { concerns: { key: "michael" }, document: { key: "gazette" } },
      { concerns: { eq: ids["Person"]?.[0] }, kind: { not: "STANCE" } },
      { crisis: { eq: ids["Crisis"]?.[0], key: "ruritania-1894" } },
      { crisis: { in: ids["Crisis"], key: "ruritania-1894" } },
      { concerns: { key: "nobody" } },
      { document: { in: [] } },
      { concerns: { key: "michael", in: ids["Person"] }, document: { in: ids["Document"] } },
      { concerns: { eq: ids["Person"]?.[0], key: "michael" } },
    ];
    expect(keys).toContain("gazette");
    const found: number[] = [];
    for (const filter of filters) found.push((await ask({ first: 30, filter })).edges.length);
    expect(found.map((count) => count > 0)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  test("with cursors below a change that go on as it stood then, and below no other", async () => {
    const filter = { kind: { eq: "PERSON" } };
    const { edges } = await ask({ first: 30, filter });
    const withList = edges.filter(({ node }) => JSON.stringify(node).includes('"edges":[{'));
    expect(withList.length).toBeGreaterThan(0);
    const at = edges.indexOf(withList.at(-1) as Log["edges"][number]);
    const after = edges[at - 1]?.cursor ?? null;
    const [below = ""] = /(?<="endCursor":")[^"]+/.exec(JSON.stringify(edges[at]?.node)) ?? [];
    const { edges: gone } = await ask({ first: 1, after, filter, below });
    expect(JSON.stringify(gone)).not.toContain(below);
    const others = await expectSame(compared, { query: log, variables: { first: 30, filter, below } });
    expect(others).toContain("INVALID_CURSOR");
  });

  test("and a cursor of another log is refused as without a plan", async () => {
    for (const after of [
      changeCursor({ place: 3, changeSet: 1, hash: "0".repeat(64) }),
      changeCursor({ place: 2 ** 31 - 1, changeSet: 1, hash: "" }),
    ]) {
      expect(await expectSame(compared, { query: log, variables: { after } })).toContain("INVALID_CURSOR");
    }
    await ask({ first: 2, after: changeCursor(beginning) });
  });
});
