import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

const folder = new URL("../examples/", import.meta.url);
// Those that write have a test of their own: tests/writing-example.test.ts.
const files = readdirSync(folder).filter((name) => name.endsWith(".graphql") && !name.startsWith("writing-"));

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

async function answer<T>(name: string, variables = {}): Promise<T> {
  const { data, errors } = await record.ask(readFileSync(new URL(`${name}.graphql`, folder), "utf8"), variables);
  expect(errors).toBeUndefined();
  return data as T;
}

interface Named {
  name: string;
}
interface Quoted {
  evidence: { passage: { exact: string } }[];
}

test.each(files)("%s answers without an error", async (file) => {
  expect(await answer(file.replace(".graphql", ""))).toBeTruthy();
});

describe("who claims the presidency of Venezuela on 6 February 2019", () => {
  interface Answer {
    record: {
      positionByKey: {
        contest: {
          certainty: string;
          occupancies: (Quoted & {
            holder: Named;
            capacity: string;
            basis: string | null;
            recognitions: { nodes: (Quoted & { recogniser: Named; stance: string })[] };
          })[];
        };
      };
    };
  }

  test("Maduro in office and Guaidó claiming it, each by the words of a source", async () => {
    const { contest } = (await answer<Answer>("01-contested-presidency")).record.positionByKey;
    const rivals = new Set(contest.occupancies.map(({ holder }) => holder.name));
    expect(rivals).toEqual(new Set(["Nicolás Maduro", "Juan Guaidó"]));
    for (const { evidence } of contest.occupancies) expect(evidence[0]?.passage.exact).toBeTruthy();
    const claim = contest.occupancies.find(({ capacity }) => capacity === "CLAIMED");
    expect(claim?.holder.name).toBe("Juan Guaidó");
  });

  test("Britain, France, Spain and the United States recognise Guaidó, each with a quotation", async () => {
    const { contest } = (await answer<Answer>("01-contested-presidency")).record.positionByKey;
    const { recognitions } = contest.occupancies.find(({ holder }) => holder.name === "Juan Guaidó")!;
    const names = recognitions.nodes.map(({ recogniser }) => recogniser.name);
    expect(names).toEqual(expect.arrayContaining(["United Kingdom", "France", "Spain", "Germany", "United States"]));
    for (const { evidence } of recognitions.nodes) expect(evidence[0]?.passage.exact).toBeTruthy();
  });

  test("nobody is on record as recognising Maduro", async () => {
    const { contest } = (await answer<Answer>("01-contested-presidency")).record.positionByKey;
    const { recognitions } = contest.occupancies.find(({ holder }) => holder.name === "Nicolás Maduro")!;
    expect(recognitions.nodes.filter(({ stance }) => stance.startsWith("RECOGNISES"))).toEqual([]);
  });
});

describe("all that was said on Twitter", () => {
  interface Answer {
    utterances: {
      totalCount: number;
      nodes: { speaker: Named; exact: string | null; valid: { start: { edtf: string } } }[];
    };
  }

  test("Bolton's offer and his threat of Wednesday 6 February, and Rubio's two remarks, word for word", async () => {
    const { nodes, totalCount } = (await answer<Answer>("02-said-on-twitter")).utterances;
    expect(totalCount).toBe(nodes.length);
    const bolton = nodes.filter(({ speaker }) => speaker.name === "John Bolton");
    expect(bolton.every(({ valid }) => valid.start.edtf === "2019-02-06")).toBe(true);
    const words = nodes.map(({ exact }) => exact ?? "").join("\n");
    expect(words).toContain("The U.S. will consider sanctions off-ramps for any Venezuelan senior military officer");
    expect(words).toContain("If not, the international financial circle will be closed off completely");
    expect(words).toContain("can play an important role in restoring democracy");
    expect(new Set(nodes.map(({ speaker }) => speaker.name))).toEqual(new Set(["John Bolton", "Marco Rubio"]));
  });
});

describe("the timeline of the crisis", () => {
  interface Answer {
    crisisByKey: {
      timeline: {
        nodes: {
          key: string;
          valid: {
            start: {
              edtf: string;
              earliest: string | null;
              text: string | null;
              basis: string;
              precision: string;
            } | null;
          };
        }[];
      };
    };
  }

  test("runs from the oldest to the newest, and last month stays a month", async () => {
    const { nodes } = (await answer<Answer>("03-timeline")).crisisByKey.timeline;
    expect(nodes.length).toBeGreaterThan(40);
    const days = nodes.map(({ valid }) => valid.start?.earliest).filter((day) => day != null);
    expect(days).toEqual([...days].sort());
    const vague = nodes.find(({ valid }) => valid.start?.text === "last month");
    expect(vague?.valid.start).toMatchObject({ edtf: "2019-01", basis: "RELATIVE_TO_PUBLICATION", precision: "MONTH" });
  });
});

describe("the presidency at two moments of knowledge", () => {
  interface Moment {
    positionByKey: {
      occupancies: { nodes: (Quoted & { holder: Named })[] };
      recognitions: { totalCount: number; nodes: { recogniser: Named; reported: { from: string } }[] };
    };
  }

  test("on 25 January only the United States is known to stand with Guaidó; on 10 February Europe is too", async () => {
    const { january, february } = await answer<{ january: Moment; february: Moment }>("04-two-moments");
    const known = (moment: Moment) => moment.positionByKey.recognitions.nodes.map(({ recogniser }) => recogniser.name);
    expect(known(january)).toEqual(["United States"]);
    expect(known(february)).toEqual(expect.arrayContaining(["United States", "United Kingdom", "Germany"]));
  });

  test("nothing made known after a moment is seen at it, at any depth", async () => {
    const { january } = await answer<{ january: Moment }>("04-two-moments");
    const later = "2019-01-25";
    for (const { reported } of january.positionByKey.recognitions.nodes) expect(reported.from < later).toBe(true);
    for (const { evidence } of january.positionByKey.occupancies.nodes) expect(evidence.length).toBeGreaterThan(0);
  });
});

test("end less start cuts of its capture exactly the text of every passage", async () => {
  const { rows } = await record.db.pool.query<{ all: number; exact: number }>(
    `select count(*)::int as "all", count(*) filter (
       where substr(c.text, p.start + 1, p."end" - p.start) = p.exact and char_length(p.exact) = p."end" - p.start
     )::int as exact from passage p join capture c on c.id = p.capture_id`,
  );
  expect(rows[0]!.all).toBeGreaterThan(40);
  expect(rows[0]!.exact).toBe(rows[0]!.all);
});
