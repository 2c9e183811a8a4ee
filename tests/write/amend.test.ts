import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestRecord } from "../support/record.ts";
import { openEveryKind, submit } from "../support/writing.ts";

let record: TestRecord;

beforeAll(async () => {
  record = await openEveryKind();
  const told = await submit(record, "changeSetSubmit", {
    reason: "The ground.",
    operations: [
      { stateCreate: { key: "ruritania", name: "Ruritania", iso2: "RU", iso3: "RUR" } },
      { placeCreate: { key: "strelsau", name: "Strelsau", placeKind: "CITY" } },
      { placeCreate: { ref: "zenda", key: "zenda", name: "Zenda", placeKind: "CITY", geonamesId: 7 } },
      { placeCreate: { key: "castle", name: "Castle", placeKind: "OTHER", partOf: { ref: "zenda" } } },
    ],
  });
  expect(told).toMatchObject({ __typename: "ChangeSetSubmitted" });
});
afterAll(() => record.close());

/** Amends what has a key as it stands, and answers what was told and how it stands then. */
async function amend(type: string, key: string, said: object, asked: string) {
  const name = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
  const read = async () => {
    const { data, errors } = await record.ask(`{ it: ${name}ByKey(key: "${key}") { id amendedIn ${asked} } }`);
    expect(errors).toBeUndefined();
    const { id, amendedIn, ...row } = data?.["it"] as { id: string; amendedIn: number | null };
    return { id, amendedIn, row };
  };
  const { id, amendedIn } = await read();
  const told = await submit(record, `${name}Amend`, { reason: "So.", id, expectedVersion: amendedIn ?? 0, ...said });
  return { told, row: (await read()).row };
}

const span = "span { start { edtf } end { edtf } }";
const life = "inception { edtf text basis } dissolution { edtf }";

test("null clears what may be nothing, and what is left out stays", async () => {
  const spoken = await amend("Person", "rudolf", { description: "An Englishman" }, "name description");
  expect(spoken.row).toEqual({ name: "Rudolf", description: "An Englishman" });
  const silent = await amend("Person", "rudolf", { description: null }, "name description");
  expect(silent.told["__typename"]).toBe("PersonSubmitted");
  expect(silent.row).toEqual({ name: "Rudolf", description: null });
  const king = await amend(
    "Position",
    "king",
    { state: { key: "ruritania" }, seats: null },
    "title seats state { key }",
  );
  expect(king.row).toEqual({ title: "King of Ruritania", seats: null, state: { key: "ruritania" } });
  const landless = await amend("Position", "king", { state: null }, "title seats state { key }");
  expect(landless.row).toEqual({ title: "King of Ruritania", seats: null, state: null });
});

test("null is refused for what there always is, where it was given", async () => {
  const { told, row } = await amend("Person", "michael", { name: null, description: "A duke" }, "name description");
  expect(told).toMatchObject({ __typename: "ValidationError", issues: [{ path: ["input", "name"], code: "INVALID" }] });
  expect(row).toEqual({ name: "Michael", description: null });
});

test("a crisis and an office are given their days, and have them taken; none ends before it begins", async () => {
  const begun = await amend("Crisis", "ruritania-1894", { start: { edtf: "1894-03" }, end: { edtf: "1894-07" } }, span);
  expect(begun.row).toEqual({ span: { start: { edtf: "1894-03" }, end: { edtf: "1894-07" } } });
  const late = await amend("Crisis", "ruritania-1894", { start: { edtf: "1895" } }, span);
  expect(late.told).toMatchObject({ __typename: "ValidationError" });
  expect(late.row).toEqual(begun.row);
  const open = await amend("Crisis", "ruritania-1894", { start: { edtf: "1895" }, end: null }, span);
  expect(open.row).toEqual({ span: { start: { edtf: "1895" }, end: null } });
  const words = { text: "of old", basis: "UNKNOWN" };
  const old = await amend("Position", "king", { inception: words, dissolution: { edtf: "1918" } }, life);
  expect(old.row).toEqual({ inception: { edtf: null, ...words }, dissolution: { edtf: "1918" } });
  const founded = await amend("Position", "king", { inception: { edtf: "1919" } }, life);
  expect(founded.told).toMatchObject({ __typename: "ValidationError" });
});

test("a state has its codes amended, but not to those of another", async () => {
  const codes = "iso2 iso3";
  expect((await amend("State", "gallia", { iso2: "GA", iso3: "GAL" }, codes)).row).toEqual({ iso2: "GA", iso3: "GAL" });
  const taken = await amend("State", "gallia", { iso2: "RU" }, codes);
  expect(taken.told).toMatchObject({ __typename: "DuplicateError", path: ["input", "iso2"] });
  expect(taken.row).toEqual({ iso2: "GA", iso3: "GAL" });
  const malformed = await amend("State", "gallia", { iso3: "gal" }, codes);
  expect(malformed.told).toMatchObject({ __typename: "ValidationError", issues: [{ path: ["input", "iso3"] }] });
  expect((await amend("State", "gallia", { iso2: null }, codes)).row).toEqual({ iso2: null, iso3: "GAL" });
});

test("a place is moved, and never into itself", async () => {
  const asked = "partOf { key } geonamesId";
  const moved = await amend("Place", "zenda", { partOf: { key: "strelsau" }, geonamesId: 8 }, asked);
  expect(moved.row).toEqual({ partOf: { key: "strelsau" }, geonamesId: 8 });
  const turned = await amend("Place", "strelsau", { partOf: { key: "castle" } }, asked);
  expect(turned.told).toMatchObject({ __typename: "ValidationError", issues: [{ path: ["input", "partOf"] }] });
  expect((turned.told["issues"] as { message: string }[])[0]?.message).toContain("part of itself");
  const taken = await amend("Place", "castle", { geonamesId: 8 }, asked);
  expect(taken.told).toMatchObject({ __typename: "DuplicateError", path: ["input", "geonamesId"] });
  expect(taken.told["message"]).toMatch(/^the number in GeoNames "8" is that of/);
  const freed = await amend("Place", "zenda", { partOf: null, geonamesId: null }, asked);
  expect(freed.row).toEqual({ partOf: null, geonamesId: null });
  const inside = await amend("Place", "strelsau", { partOf: { key: "castle" } }, asked);
  expect(inside.row).toEqual({ partOf: { key: "castle" }, geonamesId: null });
});

test("both coordinates are amended, or neither", async () => {
  const asked = "latitude longitude";
  const there = { latitude: 50.5, longitude: 14.5 };
  expect((await amend("Place", "castle", there, asked)).row).toEqual(there);
  for (const half of [{ latitude: null }, { latitude: 51 }, { latitude: null, longitude: 14 }]) {
    const { told, row } = await amend("Place", "castle", half, asked);
    expect(told).toMatchObject({ __typename: "ValidationError", issues: [{ path: ["input"] }] });
    expect(row).toEqual(there);
  }
  const nowhere = { latitude: null, longitude: null };
  expect((await amend("Place", "castle", nowhere, asked)).row).toEqual(nowhere);
});
