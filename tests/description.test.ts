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
