import { describe, expect, test } from "vitest";
import { rivalries, type Tenure } from "../src/record/contest.ts";

function held(holder: string, from: number | null, to: number | null, nominee = false): Tenure<string> {
  return { holder, nominee, from, to, occupancy: holder };
}

describe("an office with one seat", () => {
  test("is contested for just as long as two hold or claim it", () => {
    expect(rivalries([held("a", 0, 100), held("b", 40, 60)], 1)).toEqual([
      { from: 40, to: 60, occupancies: ["a", "b"] },
    ]);
  });

  test("is contested by a rival of a single day, and by two of the same single day", () => {
    expect(rivalries([held("a", 0, 100), held("b", 50, 50)], 1)).toEqual([
      { from: 50, to: 50, occupancies: ["a", "b"] },
    ]);
    expect(rivalries([held("a", 7, 7), held("b", 7, 7)], 1)).toEqual([{ from: 7, to: 7, occupancies: ["a", "b"] }]);
  });

  test("is handed over, not contested, where one leaves on the day the other comes", () => {
    expect(rivalries([held("a", 0, 50), held("b", 50, 100)], 1)).toEqual([]);
    expect(rivalries([held("a", 0, 50), held("b", 50, 100), held("c", 50, 50)], 1)).toHaveLength(1);
  });

  test("is contested from the day a rival comes where its holder stays on by another account", () => {
    const [span] = rivalries([held("a", 0, 10), held("a", 0, null), held("b", 10, null)], 1);
    expect(span).toMatchObject({ from: 10, to: 10 });
    expect(rivalries([held("a", 0, 10), held("a", 0, null), held("b", 10, null)], 1).at(-1)).toMatchObject({
      to: null,
    });
  });

  test("is contested without end where neither has one, and from ever where neither has a beginning", () => {
    expect(rivalries([held("a", null, null), held("b", 10, null)], 1)).toEqual([
      { from: 10, to: null, occupancies: ["a", "b"] },
    ]);
    expect(rivalries([held("a", null, null), held("b", null, null)], 1)).toEqual([
      { from: null, to: null, occupancies: ["a", "b"] },
    ]);
  });

  test("is contested anew where a third joins, without a day in common", () => {
    const spans = rivalries([held("a", 0, 100), held("b", 10, 90), held("c", 20, 30)], 1);
    expect(spans.map(({ from, to }) => [from, to])).toEqual([
      [10, 19],
      [20, 30],
      [31, 90],
    ]);
  });

  test("is not contested by a nominee, nor by one actor in two capacities", () => {
    expect(rivalries([held("a", 0, 100), held("b", 0, 100, true)], 1)).toEqual([]);
    expect(rivalries([held("a", 0, 100), held("a", 20, 80)], 1)).toEqual([]);
  });
});

test("an office with three seats is contested only by a fourth", () => {
  const three = [held("a", 0, 9), held("b", 0, 9), held("c", 0, 9)];
  expect(rivalries(three, 3)).toEqual([]);
  expect(rivalries([...three, held("d", 5, 20)], 3)).toEqual([{ from: 5, to: 9, occupancies: ["a", "b", "c", "d"] }]);
});
