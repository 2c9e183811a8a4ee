import { expect, test } from "vitest";
import { withSession } from "../../src/db/connect.ts";
import { cloneDatabase } from "../support/database.ts";
import { program } from "../support/processes.ts";

const zones = ["UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia"];

interface Witness {
  /** The epoch as the process writes it: it shows that its zone is another. */
  readonly host: string;
  readonly answers: unknown[];
  readonly columns: unknown[];
}

/** What a server in a zone, on a database whose sessions begin in that zone, tells of the same instants and days. */
async function witness(zone: string): Promise<Witness> {
  const database = await cloneDatabase();
  try {
    await withSession(database.ownerUrl, (session) =>
      session.query(`alter database ${database.name} set timezone = '${zone}'`),
    );
    // No LANG and nothing else: what a service manager or a container gives.
    const running = program("tests/faults/zone-witness.ts", [database.url], { TZ: zone });
    expect([await running.ended, running.said()]).toEqual([0, expect.stringMatching(/^\{/)]);
    return JSON.parse(running.said()) as Witness;
  } finally {
    await database.drop();
  }
}

test("the same instants and days are stored and answered in every zone, letter for letter", async () => {
  const seen: Witness[] = [];
  for (const zone of zones) seen.push(await witness(zone));
  const [utc, ...elsewhere] = seen;
  expect(new Set(seen.map(({ host }) => host)).size).toBe(zones.length);
  for (const { answers, columns } of elsewhere) {
    expect(JSON.stringify(answers)).toBe(JSON.stringify(utc?.answers));
    expect(columns).toEqual(utc?.columns);
  }
  // What is stored, as PostgreSQL writes it: a wrong instant that is read wrongly again would look right in an answer.
  expect(utc?.columns).toEqual([
    [
      ["paper-0", "2011-12-30 10:30:00.123+00"],
      ["paper-1", "2024-03-10 05:31:59.999+00"],
      ["paper-2", "2024-11-03 04:30:00.001+00"],
      ["paper-3", "1894-01-01 00:00:00+00"],
    ],
    [
      ["-0043-03-15", "-735160", "-735160", "2024-11-03 04:30:00.001+00"],
      ["0044-12-31", "-703092", "-703092", "1894-01-01 00:00:00+00"],
      ["1582-10-10", "-141432", "-141432", "2024-03-10 05:31:59.999+00"],
      ["1894-01-01", "-27758", "-27758", "2011-12-30 10:30:00.123+00"],
      ["2011-12-30", "15338", "15338", "2011-12-30 10:30:00.123+00"],
      ["2024-03-10", "19792", "19792", "2024-03-10 05:31:59.999+00"],
    ],
    [
      ["paper-0", "2011-12-30 10:30:00.123+00"],
      ["paper-1", "2024-03-10 05:31:59.999+00"],
      ["paper-2", "2024-11-03 04:30:00.001+00"],
      ["paper-3", "1894-01-01 00:00:00+00"],
    ],
  ]);
  expect(utc?.answers.slice(0, 5)).toEqual(utc?.answers.slice(5));
  expect(utc?.answers[2]).toEqual({
    record: { events: { totalCount: 3, nodes: [{ title: "Closed 3" }, { title: "Closed 4" }, { title: "Closed 0" }] } },
  });
}, 120_000);
