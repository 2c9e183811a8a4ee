import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inChangeSet } from "../src/record/change-set.ts";
import { newUuid } from "../src/values/ids.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { eventually } from "./support/eventually.ts";
import { openGazette } from "./support/gazette.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
let gazette: Awaited<ReturnType<typeof openGazette>>;
beforeAll(async () => {
  database = await cloneDatabase();
  record = openRecord(database.ownerUrl);
  gazette = await openGazette(record);
  await gazette.assert({ days: [1] });
  await gazette.update({ days: [3], stance: "WITHDRAWN" });
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

/** Runs statements in one transaction and answers PostgreSQL's code for what it refuses; "accepted" when all stand. */
async function attempt(...statements: string[]): Promise<string> {
  const session = await record.db.pool.connect();
  try {
    await session.query("begin");
    for (const statement of statements) await session.query(statement);
    await session.query("commit");
    return "accepted";
  } catch (error) {
    await session.query("rollback");
    return (error as { code: string }).code;
  } finally {
    session.release();
  }
}

async function rows<T extends object>(sql: string): Promise<T[]> {
  return (await record.db.pool.query<T>(sql)).rows;
}

const last = async () => (await rows<{ n: number }>("select max(number) n from change_set"))[0]?.n ?? 0;
const actor = (set: number) =>
  `insert into actor (id, kind, key, name, created_in) values (gen_random_uuid(), 'PERSON', '${newUuid()}', 'Sapt', ${set})`;
const naming = (set: number) => `set local chancery.change_set = '${set}'`;
const sealing = (set: number, at = "now() + interval '1 day'") =>
  `insert into change_set (number, at, author, reason, items) values (${set}, ${at}, 'Sapt', 'By hand', 1)`;

describe("Every row of the record is sealed by the database", () => {
  test("once where it was entered, and once more where it was closed", async () => {
    const sealed = await rows<{ relation: string; deed: string; n: number }>(
      `select relation, deed, sum(cardinality(keys))::int n from seal group by 1, 2 order by 1, 2`,
    );
    for (const { relation, deed, n } of sealed) {
      const where = deed === "CLOSED" ? "where recorded_to is not null" : "";
      const [counted] = await rows<{ n: number }>(`select count(*)::int n from "${relation}" ${where}`);
      expect([relation, deed, counted?.n]).toEqual([relation, deed, n]);
    }
    expect(sealed).toContainEqual({ relation: "assertion", deed: "ENTERED", n: 3 });
    expect(sealed).toContainEqual({ relation: "assertion", deed: "CLOSED", n: 1 });
    expect(sealed).toContainEqual({ relation: "evidence", deed: "ENTERED", n: 3 });
  });

  test("so that the same rows make the same hash whatever the session's settings are", async () => {
    const [before] = await rows<{ hashes: Buffer }>("select hashes from seal where relation = 'document' limit 1");
    const set = (await last()) + 1;
    await record.db.pool.query(
      `begin; set local timezone = 'Asia/Kolkata'; set local datestyle = 'German'; ${naming(set)};
       insert into document select gen_random_uuid(), 'copy', title, publisher, authors, url, kind, language, published_at,
         published_edtf, published_earliest, published_latest, published_text, published_basis, published_precision,
         reported_from, licence, note, ${set} from document limit 1;
       ${sealing(set)}; commit`,
    );
    const [sealed] = await rows<{ hash: string; again: string }>(
      `select encode(s.hashes, 'hex') hash, encode(sha256(convert_to(rtrim(left(d::text, -1), ','), 'UTF8')), 'hex') again
        from seal s join document d on d.id::text = s.keys[1] where d.key = 'copy'`,
    );
    expect(before).toBeDefined();
    expect(sealed?.hash).toBe(sealed?.again);
  });
});

describe("Nothing enters the record but by a change set", () => {
  test("that the transaction names", async () => {
    expect(await attempt(actor(1))).toBe("55000");
  });

  test("that its rows name", async () => {
    const set = (await last()) + 1;
    expect(await attempt(naming(set), actor(set - 1), sealing(set))).toBe("23514");
    const evidence = `insert into evidence select gen_random_uuid(), assertion_id, passage_id, role, proves, 99 from evidence limit 1`;
    expect(await attempt(naming(set), evidence, sealing(set))).toBe("23514");
  });

  test("that is sealed before the transaction ends", async () => {
    const set = (await last()) + 1;
    expect(await attempt(naming(set), actor(set))).toBe("23514");
    expect(await attempt("set local session_replication_role = replica", naming(set), actor(set))).toBe("23514");
  });

  test("that is not sealed yet", async () => {
    const set = (await last()) + 1;
    expect(await attempt(naming(set), actor(set), sealing(set), actor(set))).toBe("55000");
    expect(await attempt(naming(set - 1), actor(set - 1))).toBe("55000");
  });

  test("that brings something in", async () => {
    expect(await attempt(sealing((await last()) + 1))).toBe("23514");
  });

  test("and no hand writes a seal", async () => {
    const seal = `insert into seal select change_set, 99, relation, deed, keys, hashes from seal limit 1`;
    expect(await attempt(seal)).toBe("23001");
    expect(await attempt("set local session_replication_role = replica", seal)).toBe("23001");
  });
});

describe("A change set", () => {
  test("has a hash over what it says, what it brought in and the hash before it, whatever it is inserted with", async () => {
    const set = (await last()) + 1;
    const lie = `insert into change_set (number, at, author, reason, items, digest, hash, previous_hash)
      values (${set}, now() + interval '2 days', 'Sapt', 'By hand', 1, 'x', 'x', 'x')`;
    expect(await attempt(naming(set), actor(set), lie)).toBe("accepted");
    const chain = await rows<{ chained: boolean; whole: boolean; hashed: boolean }>(
      `select c.previous_hash is not distinct from b.hash chained, c.digest = chancery_digest(c.number) whole,
        c.hash = chancery_change_set_hash(c) hashed from change_set c left join change_set b on b.number = c.number - 1`,
    );
    expect(chain).toEqual(chain.map(() => ({ chained: true, whole: true, hashed: true })));
    expect(chain.length).toBe(set);
  });

  test("keeps who submitted it and by which request, under its hash", async () => {
    const keyId = newUuid();
    const submission = { author: "Sapt", reason: "By key", keyId, requestId: "r-1", at: new Date("2030-01-01") };
    const { changeSet } = await inChangeSet(record.db, submission, (tx, set) => {
      set.enter("crisis_state", [gazette.ground], ([ground]) =>
        tx.crisisState.createMany({
          data: [{ crisisId: ground?.crisisId ?? "", stateId: ground?.actorIds[3] ?? "", createdIn: set.number }],
        }),
      );
      return Promise.resolve();
    });
    const [entered] = await rows<object>(`select key_id, request_id from change_set where number = ${changeSet}`);
    expect(entered).toEqual({ key_id: keyId, request_id: "r-1" });
    const [hashes] = await rows<{ hash: string; other: string }>(
      `select hash, chancery_change_set_hash(jsonb_populate_record(c, '{"key_id": null}')) other from change_set c where number = ${changeSet}`,
    );
    expect(hashes?.other).not.toBe(hashes?.hash);
  });

  test("is told to whoever listens once it is committed, and never where it was rolled back", async () => {
    const told: (string | null)[] = [];
    const leave = record.db.wake.on("change_set", (payload) => void told.push(payload));
    await eventually(() => expect(told).toEqual([null]));
    const set = (await last()) + 1;
    expect(await attempt(naming(set), actor(set), sealing(set, "'2031-01-01'"), "select 1 / 0")).toBe("22012");
    await gazette.correct({ days: [3, 4], stance: "WITHDRAWN" });
    await eventually(() => expect(told).toHaveLength(2));
    expect(told).toEqual([null, String(set)]);
    leave();
  });
});
