import { randomUUID } from "node:crypto";
import pg from "pg";
import { joinEmbedded } from "../../src/db/embedded/join.ts";

/** What a server has said that it entered, by number: the hash of each change set. */
export type Acknowledged = Map<number, string>;

/** People who send mutations, one after another each, until they are told to stop. */
export interface Desk {
  /** How many requests were answered with anything else than what they asked for, or not at all. */
  readonly failed: () => number;
  /** Stops, once what was sent is answered or lost. */
  stop(): Promise<void>;
}

const mutation = `mutation ($operations: [OperationInput!]!) { changeSetSubmit(input: { reason: "Two guests.", operations: $operations }) {
  ... on ChangeSetSubmitted { changeSet { number hash } } } }`;

/** Sets so many clerks to enter two people at a time, both or none, and notes what is acknowledged. */
export function openDesk(address: string, key: string, acknowledged: Acknowledged, clerks = 4): Desk {
  let open = true;
  let failed = 0;
  const enter = async (): Promise<void> => {
    const pair = randomUUID();
    const operations = ["a", "b"].map((side) => ({ personCreate: { key: `pair-${pair}-${side}`, name: "A guest" } }));
    const response = await fetch(`${address}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}`, connection: "close" },
      body: JSON.stringify({ query: mutation, variables: { operations } }),
    });
    const { data } = (await response.json()) as {
      data?: { changeSetSubmit?: { changeSet?: { number: number; hash: string } } };
    };
    const set = data?.changeSetSubmit?.changeSet;
    if (set) acknowledged.set(set.number, set.hash);
    else failed += 1;
  };
  const work = async (): Promise<void> => {
    while (open) {
      await enter().catch(async () => {
        failed += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
      });
    }
  };
  const clerksAtWork = Array.from({ length: clerks }, work);
  return {
    failed: () => failed,
    stop: async () => {
      open = false;
      await Promise.all(clerksAtWork);
    },
  };
}

/** What is wrong with the record in a data folder, beside what was acknowledged: nothing, if all is well. */
export async function wrongs(dataFolder: string, acknowledged: Acknowledged): Promise<string[]> {
  const client = new pg.Client({ connectionString: joinEmbedded(dataFolder) });
  await client.connect();
  try {
    const { rows: sets } = await client.query<{ number: number; hash: string }>(
      'select number, hash from "change_set"',
    );
    const entered = new Map(sets.map(({ number, hash }) => [number, hash]));
    const lost = [...acknowledged].filter(([number, hash]) => entered.get(number) !== hash);
    const { rows: halves } = await client.query<{ pair: string }>(
      `select left(key, -2) as pair from actor where key like 'pair-%' group by 1 having count(*) <> 2`,
    );
    const { rows: unlogged } = await client.query<{ number: number }>(
      `select number from "change_set" s where not exists (select from "change" c where c.change_set_number = s.number)
       union all select place from "change" where place > (select count(*) from "change")`,
    );
    return [
      ...lost.map(([number]) => `change set ${number} was acknowledged and is lost`),
      ...halves.map(({ pair }) => `${pair} is half entered`),
      ...unlogged.map(({ number }) => `${number} is not in the log as it should be`),
    ];
  } finally {
    await client.end();
  }
}
