import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isSpecifiedScalarType } from "graphql";
import { expect, test } from "vitest";
import { served as schema } from "../src/graph/schema.ts";

function silent(): string[] {
  const found: string[] = [];
  const look = (coordinate: string, description: string | null | undefined) => {
    if (!description?.trim()) found.push(coordinate);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__") || isSpecifiedScalarType(type)) continue;
    look(type.name, type.description);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value.description);
    if (isInputObjectType(type))
      for (const f of Object.values(type.getFields())) look(`${type.name}.${f.name}`, f.description);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      look(`${type.name}.${field.name}`, field.description);
      for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name}:)`, arg.description);
    }
  }
  return found;
}

test("no type, field, argument or enum value of the schema is silent", () => {
  expect(silent()).toEqual([]);
});

test("every nullable field says what null means", () => {
  const mute = Object.values(schema.getTypeMap())
    .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith("__"))
    .flatMap((type) => {
      const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
      return fields
        .filter((field) => !String(field.type).endsWith("!") && !/null/i.test(field.description ?? ""))
        .map((field) => `${type.name}.${field.name}`);
    });
  expect(mute).toEqual([]);
});

const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);
const told = inputs.flatMap((type) => [
  [type.name, type.description ?? ""] as const,
  ...Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field.description ?? ""] as const),
]);

test("an input says what leaving out means, and null only where it clears what stands", () => {
  const asked = told.filter(([name]) => !/Filter\b|Amend(Input|Operation)/.test(name));
  expect(asked.length).toBeGreaterThan(500);
  expect(asked.filter(([, words]) => /\b(null|empty)\b/.test(words))).toEqual([]);
  const needed = inputs.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
  const odd = needed.filter(
    ({ field }) => String(field.type).endsWith("!") && /; (null|left out)/.test(field.description ?? ""),
  );
  expect(odd.map(({ type, field }) => `${type.name}.${field.name}`)).toEqual([]);
});

test("descriptions are sentences, with the article that their noun takes", () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  const words = [...told, ...mutations.map((field) => [field.name, field.description ?? ""] as const)];
  expect(words.filter(([, each]) => !/^[A-Z`].*[.]$/s.test(each))).toEqual([]);
  expect(words.filter(([, each]) => /\ba [aeio]|\ban (?!SPDX)[^aeiou]/i.test(each))).toEqual([]);
});

test("every mutation that changes the record says that without `admin` it becomes a proposal", () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  const proposing = mutations.filter(({ description }) =>
    description?.endsWith(
      "Without the scope `admin` it becomes a proposal, which somebody else reviews. Requires the scope `contribute`.",
    ),
  );
  expect(proposing.length).toBeGreaterThan(60);
  const others = mutations.filter((field) => !proposing.includes(field)).map(({ name }) => name);
  expect(others).toEqual(["proposalAccept", "proposalReject", "proposalWithdraw"]);
});
