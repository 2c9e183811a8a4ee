import { expect, test } from "vitest";
import { ApiError } from "../src/errors.ts";
import { createMocks } from "../src/testing.ts";
import { Changed, Claimants, Limits } from "./support/question.ts";

test("A mock answers what it was told to, with the variables it was asked with", async () => {
  const mocks = createMocks().on(Claimants, ({ asOf }) => ({
    record: { claimants: { nodes: [{ name: asOf, since: null }], pageInfo: { hasNextPage: false, endCursor: null } } },
  }));
  const names: string[] = [];
  for await (const { name } of mocks.client().iterate(Claimants, { asOf: "2019-02-06" })) names.push(name);
  expect(names).toEqual(["2019-02-06"]);
  expect(mocks.calls).toEqual([{ operation: "Claimants", variables: { asOf: "2019-02-06" } }]);
});

test("A mock can refuse, and can break the connection", async () => {
  const refusing = createMocks().on(Limits, () => {
    throw new ApiError({ code: "FORBIDDEN", operation: "Limits" });
  });
  await expect(refusing.client().run(Limits)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const breaking = createMocks().on(Limits, () => {
    throw new Error("cable cut");
  });
  await expect(breaking.client().run(Limits)).rejects.toMatchObject({ code: "NETWORK", cause: new Error("cable cut") });
});

test("A mock of a subscription ends after its events", async () => {
  const mocks = createMocks().on(Changed, ({ after }) => [
    { recordChanged: { cursor: "7", what: `after ${after ?? "nothing"}` } },
    { recordChanged: { cursor: "8", what: "recognition" } },
  ]);
  const heard: string[] = [];
  for await (const { recordChanged } of mocks.client().subscribe(Changed, { after: "6" }))
    heard.push(recordChanged.what);
  expect(heard).toEqual(["after 6", "recognition"]);
});

test("What no mock answers is refused with words that say how to answer it", async () => {
  await expect(createMocks().client().run(Limits)).rejects.toThrow(
    "No mock answers Limits: tell one with on(Limits, ...).",
  );
});
