import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importDossier } from "../src/formats/dossier/import-dossier.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

const folder = fileURLToPath(new URL("../dossiers/", import.meta.url));
const text = readFileSync(`${folder}cote-d-ivoire-2010.yaml`, "utf8");

let database: TestDatabase;
let record: TestRecord;
beforeAll(async () => {
  database = await cloneSeeded();
  record = openRecord(database.url);
  await importDossier(record.db, text, { folder, author: "a test" });
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

describe("a second crisis, with two governments of its own", () => {
  test("stands beside the first, and entering it again changes nothing", async () => {
    const { data } = await record.ask("{ crises { nodes { key } } }");
    expect(data).toEqual({ crises: { nodes: [{ key: "cote-d-ivoire-2010" }, { key: "venezuela-2019" }] } });
    expect((await importDossier(record.db, text, { folder, author: "a test" })).changeSet).toBeNull();
  });

  test("has its presidency contested in December 2010, and no longer in 2019", async () => {
    const { data } = await record.ask(`{ positions(first: 100) { nodes { key
      then: contest(validAt: "2010-12-20") { occupancies { holder { name } } } later: contest(validAt: "2019-02-06") { certainty } } } }`);
    const { nodes } = (
      data as {
        positions: {
          nodes: { key: string; then: { occupancies: { holder: { name: string } }[] } | null; later: object | null }[];
        };
      }
    ).positions;
    const contested = nodes.filter(({ then }) => then !== null);
    const rivals = contested.flatMap(({ then }) => then!.occupancies.map(({ holder }) => holder.name));
    expect(rivals.join(" ")).toMatch(/Gbagbo/);
    expect(rivals.join(" ")).toMatch(/Ouattara/);
    const presidency = contested.find(({ key }) => key === "president-of-cote-d-ivoire");
    expect(presidency).toMatchObject({ later: null });
  });

  test("tells of a recognition that was withdrawn, with the passage of each step", async () => {
    const { data } = await record.ask(
      `{ recognitions(first: 100, filter: { stance: { eq: WITHDRAWN } }) { nodes { key history { change evidence { passage { exact } } } } } }`,
    );
    const { nodes } = (data as { recognitions: { nodes: { history: { change: string; evidence: object[] }[] }[] } })
      .recognitions;
    expect(nodes).toHaveLength(1);
    expect(nodes[0]!.history.map(({ change }) => change)).toEqual(expect.arrayContaining(["ASSERTED", "UPDATED"]));
    for (const { evidence } of nodes[0]!.history) expect(evidence.length).toBeGreaterThan(0);
  });
});

describe("a date in a newspaper's words", () => {
  const dated = (date: string) => `
dossier: 1
crisis: { key: c, title: C, summary: S, start: ${date}, states: [s] }
actors: [ { key: s, kind: STATE, name: Ruritania } ]
`;

  test("is counted from the day of publication, and says so", async () => {
    await importDossier(record.db, dated("{ text: last month, relativeTo: 2019-02-07 }"), { folder, author: "a test" });
    const { data } = await record.ask('{ crisisByKey(key: "c") { span { start { edtf text basis precision } } } }');
    expect(data).toEqual({
      crisisByKey: {
        span: { start: { edtf: "2019-01", text: "last month", basis: "RELATIVE_TO_PUBLICATION", precision: "MONTH" } },
      },
    });
  });

  test.each([
    ["{ text: some fine day, relativeTo: 2019-02-07 }", "last month"],
    ["{ relativeTo: 2019-02-07 }", "needs the words"],
    ["{ text: last month, edtf: 2019-01, relativeTo: 2019-02-07 }", "leave edtf and basis out"],
  ])("that is %s is refused", async (date, words) => {
    await expect(importDossier(record.db, dated(date), { folder, author: "a test" })).rejects.toThrow(words);
  });
});
