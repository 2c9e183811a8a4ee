import { describe, expect, it } from "vitest";
import { decodeId, encodeId, newUuid } from "../src/values/ids.ts";
import { InvalidValue } from "../src/values/invalid-value.ts";

const UUID = "0192f3a1-7c4e-7d7a-8a52-3f6b1c9e0d11";

describe("an id", () => {
  it("names the type and the uuid, and comes apart again", () => {
    expect(encodeId("Person", UUID)).toBe(`Person:${UUID}`);
    expect(decodeId(`Person:${UUID}`)).toEqual({ type: "Person", uuid: UUID });
  });

  it.each([
    "",
    ":",
    "Person",
    UUID,
    `:${UUID}`,
    "Person:",
    `person:${UUID}`,
    `Person:${UUID.toUpperCase()}`,
    `Person:${UUID} `,
    `Person:${UUID}\n`,
    ` Person:${UUID}`,
    `Person:${UUID.replaceAll("-", "")}`,
    `Person:{${UUID}}`,
    `Person::${UUID}`,
    "Person:' OR 1=1 --",
    `Per\0son:${UUID}`,
    "x".repeat(100_000),
  ])("%j is refused, showing the right form", (id) => {
    expect(() => decodeId(id)).toThrow(InvalidValue);
    expect(() => decodeId(id)).toThrow('"Type:uuid"');
    expect(() => decodeId(id)).toThrow(/^.{0,400}$/s);
  });

  it("is not made of anything else than a type and a uuid", () => {
    expect(() => encodeId("person", UUID)).toThrow("type name");
    expect(() => encodeId("Person", "7")).toThrow("not a uuid");
  });

  it("made later sorts later", () => {
    const made = Array.from({ length: 200 }, newUuid);
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(200);
    for (const uuid of made)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
