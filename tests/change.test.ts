import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { selectLog } from "../src/db/sql/change.ts";
import { enterActors } from "../src/record/actor.ts";
import { enterNames } from "../src/record/name.ts";
import type { JsonFields } from "../src/record/operation/operation.ts";
import { newUuid } from "../src/values/ids.ts";
import { cloneDatabase, cloneSeeded, type TestDatabase } from "./support/database.ts";
import { openGazette } from "./support/gazette.ts";
import { operate } from "./support/operate.ts";
import { newPerson } from "./support/person.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
beforeAll(async () => {
  database = await cloneDatabase();
  record = openRecord(database.url);
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

interface Change {
  readonly change: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly changeSet: { number: number };
}
interface Page {
  readonly nodes: readonly Change[];
  readonly edges: readonly { cursor: string }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
  readonly head: string;
}

async function read(args: string, fields = "change kind subjectId changeSet { number }", of = record): Promise<Page> {
  const { data, errors } = await of.ask(
    `{ changes(${args}) { nodes { ${fields} } edges { cursor } pageInfo { hasNextPage endCursor } head } }`,
  );
  expect(errors).toBeUndefined();
  return data?.["changes"] as Page;
}

/** The cursor of the present. */
const head = async (of = record) => (await read("last: 1", undefined, of)).head;

test("The log of an empty record ends where it begins, and its end is what comes next is read after", async () => {
  const page = await read("first: 5");
  expect(page).toMatchObject({ nodes: [], edges: [], pageInfo: { hasNextPage: false, endCursor: null } });
  await openGazette(record);
  const [first] = (await read(`first: 1, after: "${page.head}"`)).nodes;
  expect(first).toMatchObject({ change: "ENTERED", kind: "CRISIS" });
});

test("Everything that happens to a record is told, and what is only carried on is not", async () => {
  const gazette = await openGazette(record);
  const before = await head();
  await gazette.assert({ days: [1] }, [{ days: [3], stance: "WITHDRAWN" }]);
  await gazette.update({ days: [5] });
  await gazette.correct({ days: [5], since: "1894-01-03" });
  await gazette.retract("It was a hoax.");
  const { nodes } = await read(
    `first: 10, after: "${before}"`,
    `change subjectId crisis { title } thing { id } assertion { id valid { start { edtf } }
      ... on Recognition { stance recogniser { id } } recorded { from { number } to { number } } retraction { reason } }`,
  );
  const told = nodes as unknown as readonly {
    change: string;
    subjectId: string;
    assertion: {
      id: string;
      stance: string;
      valid: { start: { edtf: string } };
      retraction: { reason: string } | null;
    };
  }[];
  expect(told.map(({ change, assertion }) => [change, assertion.stance, assertion.valid.start.edtf])).toEqual([
    ["ASSERTED", "RECOGNISES", "1894-01-02"],
    ["UPDATED", "WITHDRAWN", "1894-01-02"],
    ["UPDATED", "RECOGNISES", "1894-01-02"],
    ["CORRECTED", "RECOGNISES", "1894-01-03"],
    ["RETRACTED", "RECOGNISES", "1894-01-03"],
  ]);
  for (const { subjectId, assertion } of told) {
    expect(subjectId).toBe(`Recognition:${gazette.fact.id}`);
    expect(assertion.id).toBe(subjectId);
  }
  expect(told.map(({ assertion }) => assertion.retraction?.reason ?? null)).toEqual([
    null,
    null,
    null,
    null,
    "It was a hoax.",
  ]);
});

test("A change tells what came of it as it stood then, whatever came later", async () => {
  const gazette = await openGazette(record);
  const before = await head();
  await gazette.assert({ days: [1] });
  const fields = "change assertion { recorded { from { number } to { number } } history { change } }";
  const asked = () => read(`first: 1, after: "${before}"`, fields);
  const then = (await asked()).nodes;
  await gazette.update({ days: [5] });
  await gazette.retract();
  expect((await asked()).nodes).toEqual(then);
  expect(then).toMatchObject([{ assertion: { recorded: { to: null }, history: [{ change: "ASSERTED" }] } }]);
});

test("A thing is entered once, and amended when a name is added to it", async () => {
  const gazette = await openGazette(record);
  const before = await head();
  const [id, flavia = ""] = [newUuid(), gazette.ground.actorIds[0]];
  await gazette.enter("Two people.", async (tx, set) => {
    enterActors(tx, set, [newPerson(`sapt-${id}`, "Colonel Sapt", id)]);
    const name = { text: "Die Rose", language: "de", script: null, kind: "ALIAS" } as const;
    await enterNames(
      tx,
      set,
      [id, flavia].map((actorId) => ({ actorId, name })),
    );
  });
  const { nodes } = await read(`first: 10, after: "${before}"`, "change subjectId thing { ... on Person { id name } }");
  expect(nodes).toEqual([
    { change: "ENTERED", subjectId: `Person:${id}`, thing: { id: `Person:${id}`, name: "Colonel Sapt" } },
    { change: "AMENDED", subjectId: `Person:${flavia}`, thing: { id: `Person:${flavia}`, name: "Flavia" } },
  ]);
});

test("A thing that is amended is told of once a change set, and each time as it stood then", async () => {
  const gazette = await openGazette(record);
  const [michael = ""] = gazette.ground.actorIds.slice(1);
  await gazette.assert({ days: [1] });
  const before = await head();
  await gazette.correct({ days: [1], since: "1894-01-01" });
  const { positionId, crisisId } = gazette.ground;
  const alias = { actor: { id: `Person:${michael}` }, text: "Black Michael", language: "en", kind: "ALIAS" };
  const amend = (type: string, id: string, said: JsonFields) => {
    const input = { id: `${type}:${id}`, expectedVersion: "0", ...said };
    return { name: `${type.toLowerCase()}Amend`, input };
  };
  await gazette.enter("It was set wrongly.", (tx, set) =>
    operate(
      tx,
      set,
      amend("Person", michael, { name: "Michael Elphberg", description: "A duke." }),
      { name: "actorNameAdd", input: alias },
      amend("Position", positionId, { title: "Sovereign" }),
      amend("Crisis", crisisId, { title: "The succession" }),
    ),
  );
  await gazette.retract();
  const fields = `change kind crisis { title } thing { ... on Person { name } ... on Position { title } ... on Crisis { title } }
    assertion { ... on Recognition { claimant { name } } }`;
  const { nodes } = await read(`first: 10, after: "${before}"`, fields);
  const [throne, succession] = [{ title: "A throne" }, { title: "The succession" }];
  expect(nodes).toEqual([
    {
      change: "CORRECTED",
      kind: "RECOGNITION",
      crisis: throne,
      thing: null,
      assertion: { claimant: { name: "Michael" } },
    },
    { change: "AMENDED", kind: "PERSON", crisis: null, thing: { name: "Michael Elphberg" }, assertion: null },
    expect.objectContaining({ kind: "CRISIS", crisis: succession, thing: succession }),
    expect.objectContaining({ change: "AMENDED", kind: "POSITION", thing: { title: "Sovereign" } }),
    expect.objectContaining({
      change: "RETRACTED",
      crisis: succession,
      assertion: { claimant: { name: "Michael Elphberg" } },
    }),
  ]);
});

describe("Pages of the log", () => {
  test("join without a gap or a double, forwards and backwards", async () => {
    await openGazette(record);
    const whole: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page = await read(`first: 7${after === null ? "" : `, after: "${after}"`}`);
      whole.push(...page.nodes.map(({ subjectId, change }) => `${change} ${subjectId}`));
      more = page.pageInfo.hasNextPage;
      after = page.pageInfo.endCursor;
    }
    const { rows } = await record.db.pool.query('select count(*)::int as count, max(place) from "change"');
    expect(rows).toEqual([{ count: whole.length, max: whole.length }]);
    const last = await read("last: 5");
    expect(last.nodes.map(({ subjectId, change }) => `${change} ${subjectId}`)).toEqual(whole.slice(-5));
    expect(last.pageInfo.endCursor).toBe(last.head);
    const earlier = await read(`last: 5, before: "${last.edges[0]?.cursor}"`);
    expect(earlier.nodes.map(({ subjectId, change }) => `${change} ${subjectId}`)).toEqual(whole.slice(-10, -5));
  });

  test.each([
    ["first: 0", "BAD_USER_INPUT"],
    ["first: 101", "BAD_USER_INPUT"],
    ["first: 1, last: 1", "BAD_USER_INPUT"],
    ['after: "AQ"', "INVALID_CURSOR"],
    ["filter: { kind: null }", "BAD_USER_INPUT"],
    ["filter: { kind: { in: null } }", "BAD_USER_INPUT"],
    ['filter: { crisis: { eq: "Person:01890000-0000-7000-8000-000000000000" } }', "BAD_USER_INPUT"],
    ['filter: { concerns: { eq: "nobody" } }', "BAD_USER_INPUT"],
  ])("changes(%s) is refused", async (args, code) => {
    const { errors } = await record.ask(`{ changes(${args}) { head } }`);
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });

  test("do not go on after a cursor that was altered, of another list, or of another record", async () => {
    const good = await head();
    const { data } = await record.ask("{ changeSets { pageInfo { endCursor } } }");
    const other = (data as { changeSets: { pageInfo: { endCursor: string } } }).changeSets.pageInfo.endCursor;
    const elsewhere = await cloneSeeded();
    const stranger = openRecord(elsewhere.url);
    try {
      const foreign = await head(stranger);
      const altered = good.slice(0, -1) + (good.endsWith("A") ? "B" : "A");
      for (const cursor of [altered, other, foreign]) {
        const { errors } = await record.ask(`{ changes(after: "${cursor}") { head } }`);
        expect(errors).toMatchObject([{ extensions: { code: "INVALID_CURSOR" } }]);
      }
    } finally {
      await stranger.close();
      await elsewhere.drop();
    }
  });
});

describe("A filter of the log", () => {
  let seeded: TestDatabase;
  let founding: TestRecord;
  beforeAll(async () => {
    seeded = await cloneSeeded();
    founding = openRecord(seeded.url);
  });
  afterAll(async () => {
    await founding.close();
    await seeded.drop();
  });

  /** Every change that the filter leaves, by pages of 100. */
  async function all(filter: string): Promise<readonly Change[]> {
    const found: Change[] = [];
    for (let after = "", more = true; more;) {
      const page = await read(`first: 100, filter: ${filter}${after}`, undefined, founding);
      found.push(...page.nodes);
      more = page.pageInfo.hasNextPage;
      after = `, after: "${page.pageInfo.endCursor}"`;
    }
    return found;
  }

  test("by what happened and to what kind leaves those, in their order", async () => {
    const every = await all("{}");
    expect(every.length).toBeGreaterThan(200);
    const kinds = ["RECOGNITION", "PERSON"];
    const some = await all(`{ kind: { in: [${kinds.join()}] }, change: { not: AMENDED } }`);
    expect(some).toEqual(every.filter(({ kind, change }) => kinds.includes(kind) && change !== "AMENDED"));
    expect(new Set(some.map(({ kind }) => kind)).size).toBe(2);
    expect(await all("{ kind: { in: [] } }")).toEqual([]);
    expect(await all(`{ crisis: { key: "venezuela-2019" }, kind: { eq: CRISIS } }`)).toHaveLength(1);
    expect(await all(`{ crisis: { key: "no-such-crisis" } }`)).toEqual([]);
  });

  test("by an actor leaves itself and the facts that concern it, by a document those that rest on it", async () => {
    const { rows: actors } = await founding.db.pool.query<{ id: string; key: string; facts: number; kind: string }>(
      `select a.id, a.key, a.kind::text, count(distinct v.id)::int as facts from actor a join concern c on c.thing_id = a.id
       join assertion v on v.id = c.version_id and v.change <> 'CARRIED' group by a.id order by 4 desc, 1 limit 1`,
    );
    const [actor] = actors;
    const some = await all(`{ concerns: { key: "${actor?.key}" } }`);
    const itself = some.filter(({ subjectId }) => subjectId.endsWith(actor?.id ?? ""));
    expect(itself.map(({ change }) => change)).toContain("ENTERED");
    expect(some.length - itself.length).toBe(actor?.facts);

    const { rows: documents } = await founding.db.pool.query<{ id: string; key: string; facts: number }>(
      `select d.id, d.key, count(distinct v.id)::int as facts from document d join capture k on k.document_id = d.id
       join passage p on p.capture_id = k.id join evidence e on e.passage_id = p.id
       join assertion v on v.id = e.assertion_id and v.change <> 'CARRIED' group by d.id order by 3 desc, 1 limit 1`,
    );
    const [document] = documents;
    const resting = await all(`{ document: { eq: "Document:${document?.id}" } }`);
    expect(resting.filter(({ kind }) => kind !== "DOCUMENT")).toHaveLength(document?.facts ?? 0);
    const both = await all(`{ document: { key: "${document?.key}" }, concerns: { key: "${actor?.key}" } }`);
    const places = (changes: readonly Change[]) => new Set(changes.map(({ subjectId }) => subjectId));
    expect(places(both)).toEqual(
      new Set([...places(some)].filter((id) => places(resting).has(id) && !id.endsWith(actor?.id ?? ""))),
    );
  });
});

test("The log is read along an index from a place on, whatever the filter", async () => {
  const client = await record.db.pool.connect();
  try {
    await client.query("set enable_seqscan = off; set enable_sort = off; set enable_bitmapscan = off");
    const id = newUuid();
    const filters = [
      {},
      { kinds: ["PERSON"] },
      { changes: ["RETRACTED"] },
      { crises: [id] },
      { concerns: [[id], [id]] },
    ];
    const plans: string[] = [];
    const explaining = {
      query: async (text: string, values: unknown[]) => {
        const { rows } = await client.query<{ "QUERY PLAN": string }>(`explain ${text}`, values);
        plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
        return { rows: [] };
      },
    };
    for (const filter of filters) await selectLog(explaining as never, filter, { after: 5, limit: 101 });
    const indexes = ["change_pkey", "change_kind_place_idx", "change_change_place_idx", "change_crisis_id_place_idx"];
    for (const [i, plan] of plans.entries()) {
      const index = indexes[i] ?? "change_concern_pkey";
      expect(plan).toMatch(
        new RegExp(`Limit[\\s\\S]*Index( Only)? Scan using ${index} [\\s\\S]*Index Cond: .*place > 5`),
      );
      expect(plan.slice(plan.indexOf("Limit", 10))).not.toMatch(/Limit.*\n\s+->\s+Sort/);
    }
  } finally {
    client.release(true);
  }
});
