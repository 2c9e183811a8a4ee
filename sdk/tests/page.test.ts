import { expect, test } from "vitest";
import { createClient } from "../src/client.ts";
import { type Act, answer, refuse, startFaultyServer } from "./support/faulty-server.ts";
import { Claimants } from "./support/question.ts";

const asOf = "2019-02-06T00:00:00Z";

const page = (names: readonly string[], endCursor: string | null, hasNextPage = endCursor !== null): Act =>
  answer({
    data: {
      record: {
        claimants: { nodes: names.map((name) => ({ name, since: null })), pageInfo: { hasNextPage, endCursor } },
      },
    },
  });

test("A list is walked page after page, below the moment it is seen from", async () => {
  await using server = await startFaultyServer(page(["Maduro"], "c1"), page(["Guaidó"], null));
  const names: string[] = [];
  for await (const { name } of createClient({ url: server.url }).iterate(Claimants, { asOf, first: 1 }))
    names.push(name);
  expect(names).toEqual(["Maduro", "Guaidó"]);
  expect(server.seen.map(({ body }) => body.variables)).toEqual([
    { asOf, first: 1 },
    { asOf, first: 1, after: "c1" },
  ]);
});

test("A page is asked for only when it is wanted", async () => {
  await using server = await startFaultyServer(page(["Maduro", "Guaidó"], "c1"));
  const client = createClient({ url: server.url });
  const claimants = client.iterate(Claimants, { asOf });
  expect(server.seen).toHaveLength(0);
  for await (const { name } of claimants) if (name === "Guaidó") break;
  for await (const { pageInfo } of client.pages(Claimants, { asOf, after: "c0" })) {
    expect(pageInfo.endCursor).toBe("c1");
    break;
  }
  expect(server.seen).toHaveLength(2);
  expect(server.seen[1]?.body.variables).toEqual({ asOf, after: "c0" });
});

test("An empty list is walked in one request", async () => {
  await using server = await startFaultyServer(page([], null));
  const pages = [];
  for await (const { nodes } of createClient({ url: server.url }).pages(Claimants, { asOf })) pages.push(nodes);
  expect(pages).toEqual([[]]);
});

test("The list of a thing that does not exist is not an empty list", async () => {
  await using server = await startFaultyServer(answer({ data: { record: null } }));
  const first = createClient({ url: server.url }).iterate(Claimants, { asOf }).next();
  await expect(first).rejects.toMatchObject({ code: "NOT_FOUND", operation: "Claimants" });
});

test.for([
  ["stands still", page(["Maduro"], "c1")],
  ["is missing", page(["Maduro"], null, true)],
] as const)("A promise of more whose cursor %s is an error, not an end and not a circle", async ([, second]) => {
  await using server = await startFaultyServer(page(["Maduro"], "c1"), second);
  const walk = async () => {
    const names = [];
    for await (const { name } of createClient({ url: server.url }).iterate(Claimants, { asOf })) names.push(name);
    return names;
  };
  await expect(walk()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  expect(server.seen).toHaveLength(2);
});

test("A list without pageInfo is an error after what it held, not an end", async () => {
  const nodes = [{ name: "Maduro", since: null }];
  await using server = await startFaultyServer(answer({ data: { record: { claimants: { nodes } } } }));
  const claimants = createClient({ url: server.url }).iterate(Claimants, { asOf });
  expect(await claimants.next()).toMatchObject({ value: { name: "Maduro" } });
  await expect(claimants.next()).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test("A page that fails once is asked for again, and only that page", async () => {
  await using server = await startFaultyServer(
    page(["Maduro"], "c1"),
    refuse("OVERLOADED", 503),
    page(["Guaidó"], null),
  );
  const names: string[] = [];
  for await (const { name } of createClient({ url: server.url }).iterate(Claimants, { asOf })) names.push(name);
  expect(names).toEqual(["Maduro", "Guaidó"]);
  expect(server.seen.map(({ body }) => body.variables?.after)).toEqual([undefined, "c1", "c1"]);
});
