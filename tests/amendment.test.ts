import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withSession } from "../src/db/connect.ts";
import { amendThings } from "../src/record/amend.ts";
import { enterCrisisStates } from "../src/record/crisis.ts";
import { inChangeSet } from "../src/record/change-set.ts";
import type { JsonFields } from "../src/record/operation/operation.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { openGazette } from "./support/gazette.ts";
import { operate } from "./support/operate.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
let gazette: Awaited<ReturnType<typeof openGazette>>;
/** When the record took in what was entered before any amendment. */
let entered: string;
let michael: string;
let gallia: string;
beforeAll(async () => {
  database = await cloneDatabase();
  record = openRecord(database.url);
  gazette = await openGazette(record);
  entered = await gazette.assert({ days: [1] });
  [michael = "", gallia = ""] = [gazette.ground.actorIds[1], gazette.ground.actorIds[3]];
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

const everything = `
  people { nodes { key name amendedIn names { text } } }
  byName: people(filter: { name: { contains: "elphberg" } }) { totalCount nodes { name } }
  actors(filter: { state: { key: "none" } }) { totalCount }
  places { nodes { name latitude } }
  positions { nodes { title seats inception { edtf } contests { from } } }
  documents(first: 3) { nodes { title publisher authors captures { text } } }
  crises { nodes { title span { start { edtf } } states { key name } } }
  recognitions { nodes { claimant { name } position { title } evidence { passage { capture { document { title } } } } } }
  party: recognitions(filter: { onParty: true }) { totalCount }`;

async function look(instant?: string): Promise<unknown> {
  const asOf = `(asOf: {${instant === undefined ? "" : ` knownAt: "${instant}", knownBy: RECORDED `}})`;
  const { data, errors } = await record.ask(`{ record${asOf} { ${everything} } }`);
  expect(errors).toBeUndefined();
  return data?.["record"];
}

const asOwner = (sql: string) => withSession(database.ownerUrl, (session) => session.query(sql));
const numberOf = async () =>
  (await record.db.prisma.changeSet.findFirstOrThrow({ orderBy: { number: "desc" } })).number;

/** An operation that amends a thing which the change set `amendedIn` amended last, 0 for none. */
function amendment(type: string, id: string, said: JsonFields, amendedIn = 0) {
  const name = `${type.charAt(0).toLowerCase()}${type.slice(1)}Amend`;
  return { name, input: { id: `${type}:${id}`, expectedVersion: String(amendedIn), ...said } };
}

describe("What is amended", () => {
  test("is shown as it stands now, and to whoever looks back as it stood then, in every list and filter", async () => {
    const first = await look(entered);
    expect(await look()).toEqual(first);

    const { ground } = gazette;
    const at = await gazette.enter("It was set wrongly.", async (tx, set) => {
      const name = "Michael Elphberg, Duke of Strelsau";
      const office = { seats: 2, title: "Sovereign of Ruritania", inception: { edtf: "1700~" } };
      const documents = await tx.document.findMany();
      const printed = { publisher: "The Gazette of Strelsau", authors: ["A. Hope"] };
      await operate(
        tx,
        set,
        amendment("Person", michael, { name, description: "The king's brother." }),
        amendment("Place", ground.placeIds[0] ?? "", { latitude: 50, longitude: 14.5 }),
        amendment("Position", ground.positionId, office),
        amendment("Crisis", ground.crisisId, { title: "The succession", start: { edtf: "1894-06" } }),
        ...documents.map(({ id }) => amendment("Document", id, printed)),
      );
      enterCrisisStates(tx, set, [{ crisisId: ground.crisisId, stateId: gallia }]);
    });
    expect(await look(entered)).toEqual(first);
    const second = await look(at);
    expect(await look()).toEqual(second);
    expect(second).toMatchObject({
      byName: { totalCount: 1, nodes: [{ name: "Michael Elphberg, Duke of Strelsau" }] },
      positions: { nodes: [{ title: "Sovereign of Ruritania", seats: 2, inception: { edtf: "1700~" } }] },
      crises: {
        nodes: [{ title: "The succession", span: { start: { edtf: "1894-06" } }, states: [{ name: "Gallia" }] }],
      },
      recognitions: { nodes: [{ claimant: { name: "Michael Elphberg, Duke of Strelsau" } }] },
    });
    expect(JSON.stringify(second)).toContain("The Gazette of Strelsau");
    expect(JSON.stringify(first)).not.toMatch(/Elphberg|Sovereign|succession|Gazette of Strelsau/);

    const last = await numberOf();
    await gazette.enter("Once more.", (tx, set) =>
      operate(
        tx,
        set,
        amendment("Person", michael, { name: "Black Michael" }, last),
        amendment("State", gallia, { iso3: "GAL" }),
      ),
    );
    expect(await look(entered)).toEqual(first);
    expect(await look(at)).toEqual(second);
    const third = (await look()) as { people: { nodes: { key: string }[] } };
    const shown = third.people.nodes.find(({ key }) => key.startsWith("Michael"));
    const names = [{ text: "Michael Elphberg, Duke of Strelsau" }, { text: "Black Michael" }];
    expect(shown).toMatchObject({ name: "Black Michael", names, amendedIn: await numberOf() });
  });

  test("keeps its place among things read in order, page by page", async () => {
    const page = (after: string) =>
      `{ record(asOf: { knownAt: "${entered}", knownBy: RECORDED }) { actors(first: 1${after}) { edges { cursor node { name } } } } }`;
    const names: string[] = [];
    for (let after = ""; names.length < 4;) {
      const { data } = await record.ask(page(after));
      const [edge] = (data as { record: { actors: { edges: { cursor: string; node: { name: string } }[] } } }).record
        .actors.edges;
      names.push(edge?.node.name ?? "none");
      after = `, after: "${edge?.cursor}"`;
    }
    expect(names).toEqual(["Flavia", "Gallia", "Michael", "Rudolf"]);
  });

  test("says nothing new, and is left as it is", async () => {
    const before = await numberOf();
    await inChangeSet(record.db, { author: "Fritz", reason: "Nothing." }, (tx, set) =>
      operate(tx, set, amendment("Person", michael, { name: "Black Michael" }, before)),
    );
    expect(await numberOf()).toBe(before);
  });

  test("is a text that may not be shown any more, and looking back does not show it either", async () => {
    const texts = async (asOf = "(asOf: {})") => {
      const { data } = await record.ask(`{ record${asOf} { documents { nodes { captures { text } } } } }`);
      return JSON.stringify(data);
    };
    expect(await texts()).toContain("Long live the throne");
    await gazette.enter("The publisher objects.", async (tx, set) => {
      const captures = await tx.capture.findMany({ select: { id: true } });
      await operate(tx, set, ...captures.map(({ id }) => amendment("Capture", id, { textPublic: false })));
    });
    expect(await texts()).not.toContain("Long live the throne");
    expect(await texts(`(asOf: { knownAt: "${entered}", knownBy: RECORDED })`)).not.toContain("Long live the throne");
  });
});

describe("An amendment is refused", () => {
  const amend = (expected: number | null | undefined, ...ids: string[]) =>
    gazette.enter("Again.", (tx, set) => {
      const change = { description: `said ${set.number}` };
      return amendThings(
        tx,
        set,
        "Actor",
        ids.map((id) => (expected === undefined ? { id, change } : { id, expected, change })),
      );
    });

  test("where another one came first, and tells which", async () => {
    const { amendedIn } = await record.db.prisma.actor.findUniqueOrThrow({ where: { id: gallia } });
    const refusal = { code: "CONFLICT", details: { amendedIn } };
    await expect(amend(null, gallia)).rejects.toMatchObject(refusal);
    await expect(amend((amendedIn ?? 0) - 1, gallia)).rejects.toMatchObject(refusal);
    await amend(amendedIn, gallia);
    await expect(amend(amendedIn, gallia)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("of a thing that is amended already by the same change set, or that is none", async () => {
    await expect(amend(undefined, gallia, gallia)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(amend(undefined, gazette.ground.crisisId)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test.each([
    ["kind", "actor", `"kind" = 'COLLECTIVE'`],
    ["key", "actor", `"key" = 'other'`],
    ["the change set that brought it in", "actor", `"created_in" = "created_in" - 1`],
    ["text of a capture", "capture", `"text" = "text" || '!'`],
    ["publication", "document", `"reported_from" = now()`],
    ["place in the record without a change set", "actor", `"name" = 'X'`],
  ])("by the database in its %s", async (_what, table, change) => {
    for (const begin of ["", "set local session_replication_role = replica;"]) {
      const number = (await numberOf()) + 1;
      const amended = change.includes("'X'") ? "" : `, "amended_in" = ${number}`;
      const update = `begin; ${begin} set local chancery.change_set = '${number}'; update "${table}" set ${change}${amended}; commit`;
      await expect(asOwner(update)).rejects.toMatchObject({ code: "23001" });
    }
  });

  test("by the database in a former row", async () => {
    await expect(asOwner(`update former_thing set "row" = '{}'`)).rejects.toMatchObject({ code: "23001" });
    await expect(asOwner(`delete from former_thing`)).rejects.toMatchObject({ code: "23001" });
    const insert = `insert into former_thing select relation, gen_random_uuid(), 1, 2, row from former_thing limit 1`;
    await expect(asOwner(insert)).rejects.toMatchObject({ code: "23001" });
  });
});

test("Every amendment is sealed", async () => {
  const { rows } = await record.db.pool.query(
    `select k.key from seal s cross join lateral unnest(s.keys) with ordinality k(key, n) join actor r on r.id::text = k.key
      where s.relation = 'actor' and s.deed = 'AMENDED' and s.change_set = r.amended_in
        and substring(s.hashes from (k.n::int - 1) * 32 + 1 for 32) = sha256(convert_to(rtrim(left(r::text, -1), ','), 'UTF8'))`,
  );
  expect(rows.map(({ key }: { key: string }) => key).sort()).toEqual([michael, gallia].sort());
});
