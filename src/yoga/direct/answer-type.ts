/** The types in which a whole answer is written, by what somebody may accept. */
const types: Readonly<Record<string, string>> = {
  "*/*": "application/json",
  "application/*": "application/json",
  "application/json": "application/json",
  "application/graphql-response+json": "application/graphql-response+json",
};

/** Only what stands first in Accept is looked at, where it says no more than a type; null for any other header. */
export function answerType(accept: string | undefined): string | null {
  const first = (accept ?? "*/*").split(",", 1)[0]?.trim().toLowerCase() ?? "";
  return Object.hasOwn(types, first) ? `${types[first] ?? ""}; charset=utf-8` : null;
}
