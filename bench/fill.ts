import { readFileSync } from "node:fs";
import { withSession } from "../src/db/connect.ts";
import { layAside } from "./lay-aside.ts";

const inOneSet = 5_000;

/**
 * Fills an empty, migrated record with `size` made-up records, in change sets of five thousand, under every trigger and check
 * that the record has; foreign keys and the indexes of readers are made at the end. The same size makes the same rows.
 * @param say told of the progress
 */
export async function fill(url: string, size: number, say: (line: string) => void): Promise<void> {
  const [functions, statements] = ["data-functions.sql", "data.sql"].map((file) =>
    readFileSync(new URL(file, import.meta.url), "utf8"),
  ) as [string, string];
  const began = performance.now();
  await withSession(url, async (session) => {
    await session.query(functions);
    await session.query("set statement_timeout = 0; set synchronous_commit = off; set jit = off");
    const makeAgain = await layAside(session, say);
    for (let set = 1; (set - 1) * inOneSet < size; set += 1) {
      const numbers: Record<string, number> = { set, first: (set - 1) * inOneSet, count: inOneSet };
      const text = statements.replaceAll(/:(set|first|count)\b/g, (_match, name: string) => String(numbers[name]));
      await session.query(`begin; ${text}; commit`);
      // As the record doubles, plans that were made for a small one are made anew.
      if (Number.isInteger(Math.log2(set))) await session.query("analyze");
      if (set % 20 === 0) say(`  ${set * inOneSet} records, ${rate(set * inOneSet, began)} a second`);
    }
    await makeAgain();
    await session.query("vacuum analyze");
  });
  say(`  ${size} records made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}

function rate(count: number, began: number): number {
  return Math.round((count * 1000) / (performance.now() - began));
}
