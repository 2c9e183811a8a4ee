import { enumMeaning, fieldMeaning, modelMeaning } from "../db/meaning.ts";
import { builder } from "./builder.ts";

/** What a model, or a field of one (`Recognition.stance`), means, as prisma/models/ says it. A fault where it is silent. */
export function meaning(coordinate: string): string {
  const [model = "", field] = coordinate.split(".");
  const text = field === undefined ? modelMeaning(model).meaning : fieldMeaning(model, field).meaning;
  if (!text) throw new Error(`prisma/models says nothing of ${coordinate}`);
  return text;
}

function enumFrom(name: string) {
  const { meaning: description, values } = enumMeaning(name);
  return builder.enumType(name, {
    ...(description === null ? {} : { description }),
    values: Object.fromEntries(
      Object.entries(values).map(([value, text]) => [value, text === null ? {} : { description: text }]),
    ),
  });
}

const enums = new Map<string, ReturnType<typeof enumFrom>>();

/** The GraphQL enum of a Prisma enum, with the meaning of each value; made once. */
export function enumOf(name: string): ReturnType<typeof enumFrom> {
  let made = enums.get(name);
  if (!made) enums.set(name, (made = enumFrom(name)));
  return made;
}
