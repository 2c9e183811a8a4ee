import { afterAll, beforeAll, expect, test } from "vitest";
import { createHash } from "node:crypto";
import { openCursor, saltOf, type CursorKey } from "../../src/values/cursor.ts";
import { expectSame } from "./compare.ts";
import { openCompared, type Compared } from "./ground.ts";

let compared: Compared;
beforeAll(async () => {
  compared = await openCompared();
}, 120_000);
afterAll(() => compared.close());

/** A cursor of the same list with other keys: what it carries is no secret, and can be made by hand. */
function forge(cursor: string, keys: readonly CursorKey[]): string {
  const { head } = openCursor(cursor);
  const payload = Buffer.from(JSON.stringify(keys), "utf8");
  const hash = createHash("sha256").update(saltOf("cursor")).update(head).update(payload).digest().subarray(0, 8);
  return Buffer.concat([head, hash, payload]).toString("base64url");
}

const lists = {
  "of the record": `query ($after: String) { timeline(first: 2, orderBy: REPORTED_ASC, after: $after) { pageInfo { endCursor } } }`,
  "below a row": `query ($after: String) { crisisByKey(key: "ruritania-1894") { timeline(first: 2, orderBy: REPORTED_ASC, after: $after) { pageInfo { endCursor } } } }`,
  "below a change": `query ($after: String) { changes(first: 1, filter: { crisis: { key: "ruritania-1894" }, change: { eq: ASSERTED } }) { nodes { crisis {
    timeline(first: 1, orderBy: REPORTED_ASC, after: $after) { pageInfo { endCursor } } } } } }`,
};

test.each(Object.entries(lists))(
  "A cursor made by hand for a list %s goes on from an instant that there is, and from no other",
  async (_where, query) => {
    const [cursor = ""] = /(?<="endCursor":")[^"]+/.exec(await expectSame(compared, { query })) ?? [];
    const [, ...keys] = openCursor(cursor).keys;
    for (const instant of ["1894-02-28T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z"]) {
      const after = forge(cursor, [instant, ...keys]);
      expect(await expectSame(compared, { query, variables: { after } })).toMatch(/^200 \{"data"/);
    }
    for (const instant of [
      "2026-02-30T00:00:00.000Z",
      "2026-02-29T00:00:00.000Z",
      "2026-06-31T00:00:00Z",
      "0000-01-01T00:00:00.000Z",
      "2026-01-01T24:00:00.000Z",
      "2026-01-01T00:00:60.000Z",
      "2026-13-01T00:00:00.000Z",
      "+12026-01-01T00:00:00.000Z",
      "infinity",
      "now",
      7,
      null,
    ]) {
      const after = forge(cursor, [instant, ...keys]);
      const body = await expectSame(compared, { query, variables: { after } });
      expect([instant, body]).toEqual([instant, expect.stringContaining('"code":"INVALID_CURSOR"')]);
    }
  },
);
