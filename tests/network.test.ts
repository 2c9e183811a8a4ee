import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";
import { cloneSuccession } from "./support/succession.ts";

let database: TestDatabase;
let record: TestRecord;
beforeAll(async () => {
  database = await cloneSuccession();
  record = openRecord(database.url);
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

interface Shown {
  readonly actors: { key: string }[];
  readonly ties: { from: { key: string }; to: { key: string }; through: string; assertion: { key: string } }[];
  readonly cut: boolean;
}
const fields = "{ actors { key } ties { from { key } to { key } through assertion { key } } cut }";

async function answer(query: string): Promise<Record<string, unknown>> {
  const { data, errors } = await record.ask(`{ ${query} }`);
  expect(record.faults).toEqual([]);
  expect(errors).toBeUndefined();
  return data as Record<string, unknown>;
}

function told({ actors, ties, cut }: Shown) {
  return {
    actors: actors.map(({ key }) => key),
    ties: ties.map((tie) => `${tie.from.key} ${tie.through} ${tie.to.key}: ${tie.assertion.key}`),
    cut,
  };
}

async function networkOf(person: string, args: string) {
  const { personByKey } = await answer(`personByKey(key: "${person}") { network${args} ${fields} }`);
  return told((personByKey as { network: Shown }).network);
}

describe("the network of an actor", () => {
  test("has those it met and spoke to, with the assertions that say so", async () => {
    expect(await networkOf("envoy", "")).toEqual({
      actors: ["envoy", "rudolf", "michael"],
      ties: ["envoy EVENT rudolf: envoy-meets-rudolf", "envoy UTTERANCE michael: envoy-speaks"],
      cut: false,
    });
  });

  test("reaches those who are tied to them at the second step, through what is asked for", async () => {
    const { actors, ties } = await networkOf("envoy", "(depth: 2, through: [UTTERANCE, RECOGNITION])");
    expect(actors.toSorted()).toEqual(["borduria", "envoy", "gallia", "michael", "syldavia"]);
    expect(ties).toHaveLength(4);
  });

  test("is that actor alone where nothing ties it to another", async () => {
    expect(await networkOf("hermit", "(depth: 3)")).toEqual({ actors: ["hermit"], ties: [], cut: false });
  });

  test("knows no more than the view", async () => {
    const { record: then } = await answer(
      `record(asOf: { knownAt: "1894-05-31T00:00:00Z" }) { personByKey(key: "rudolf") { network ${fields} } }`,
    );
    expect(told((then as { personByKey: { network: Shown } }).personByKey.network).actors).toEqual([
      "rudolf",
      "borduria",
    ]);
  });

  test("deeper than three is refused", async () => {
    const { errors } = await record.ask(`{ personByKey(key: "envoy") { network(depth: 4) { cut } } }`);
    expect(errors?.[0]?.message).toBe("depth is 4; it may be 1 to 3.");
  });
});

describe("the way between two actors", () => {
  async function way(from: string, to: string, rest = "") {
    const { data } = await record.ask(`{ actors(first: 100) { nodes { id key } } }`);
    const all = (data as { actors: { nodes: { id: string; key: string }[] } }).actors.nodes;
    const id = (key: string) => all.find((actor) => actor.key === key)!.id;
    const { connectionBetween } = await answer(
      `connectionBetween(from: "${id(from)}", to: "${id(to)}"${rest}) ${fields}`,
    );
    return connectionBetween === null ? null : told(connectionBetween as Shown);
  }

  test("is the shortest, in its order", async () => {
    expect(await way("envoy", "gallia")).toEqual({
      actors: ["envoy", "michael", "gallia"],
      ties: ["envoy UTTERANCE michael: envoy-speaks", "gallia RECOGNITION michael: gallia-michael"],
      cut: false,
    });
  });

  test("is null where there is none, or none so short", async () => {
    expect(await way("envoy", "hermit")).toBeNull();
    expect(await way("envoy", "league", ", maxDepth: 2")).toBeNull();
    expect((await way("envoy", "league"))?.actors).toHaveLength(4);
  });
});
