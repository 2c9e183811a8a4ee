import type { Member, Outline } from "./outline.ts";

/**
 * What does not say what it means: models, enums, their values, and columns. Keys need no words, and a column that
 * repeats another of the same name and enum has its meaning from there.
 */
export function silent(outlines: readonly Outline[]): string[] {
  const enums = new Set(outlines.filter(({ kind }) => kind === "enum").map(({ name }) => name));
  const all = outlines.flatMap(({ members }) => members);
  const told = new Set(all.filter(({ type = "", meaning }) => enums.has(type) && meaning !== "").map(signature));
  const mute = (member: Member) => member.meaning === "" && !member.key && !told.has(signature(member));

  return outlines
    .flatMap(({ kind, name, meaning, members }) => [
      ...(meaning === "" ? [`${kind} ${name}`] : []),
      ...members.filter(mute).map((member) => `${name}.${member.name}`),
    ])
    .map((what) => `${what} does not say what it means: write it above, in ///.`);
}

function signature({ name, type = "" }: Member): string {
  return `${type} ${name}`;
}
