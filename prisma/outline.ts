import type { ModelFile } from "./model-file.ts";

/** A column of a model, or a value of an enum. */
export interface Member {
  readonly name: string;
  /** The type of a column as written, without `?` and `[]`; absent for a value. */
  readonly type?: string;
  /** What it is called in the database. */
  readonly column: string;
  readonly meaning: string;
  /** Whether it is an id or points to one. */
  readonly key: boolean;
}

/** A model or an enum, as a .prisma file tells it; relations, which are no columns, left out. */
export interface Outline {
  readonly kind: "model" | "enum";
  readonly name: string;
  /** What it is called in the database. */
  readonly table: string;
  readonly meaning: string;
  readonly members: readonly Member[];
}

const BLOCK = /((?:^\/\/\/.*\n)*)^(model|enum) (\w+) \{\n([\s\S]*?)^\}/gm;
const FIELD = /((?:^ *\/\/\/.*\n)*)^ +(\w+) +(\w+)[?[\]]*(.*)$/gm;
const VALUE = /((?:^ *\/\/\/.*\n)*)^ +(\w+)(.*)$/gm;

/** What the files declare, in their order: enough to judge names and meanings, which Prisma leaves to us. */
export function outline(files: readonly ModelFile[]): Outline[] {
  const blocks = files.flatMap(({ content }) => [...content.matchAll(BLOCK)]);
  const models = new Set(blocks.filter(([, , kind]) => kind === "model").map(([, , , name = ""]) => name));
  return blocks.map(([, meaning = "", kind, name = "", body = ""]) => ({
    kind: kind === "enum" ? "enum" : "model",
    name,
    table: /@@map\("([^"]+)"\)/.exec(body)?.[1] ?? name,
    meaning: wordsOf(meaning),
    members: kind === "enum" ? readValues(body) : readColumns(body, models),
  }));
}

function readColumns(body: string, models: ReadonlySet<string>): Member[] {
  const foreign = new Set([...body.matchAll(/fields: \[([^\]]*)\]/g)].flatMap(([, names = ""]) => names.split(/, */)));
  return [...body.matchAll(FIELD)]
    .filter(([, , , type = ""]) => !models.has(type))
    .map(([, meaning = "", name = "", type = "", attributes = ""]) => ({
      name,
      type,
      column: columnOf(name, attributes),
      meaning: wordsOf(meaning),
      key: name === "id" || foreign.has(name),
    }));
}

function readValues(body: string): Member[] {
  return [...body.matchAll(VALUE)].map(([, meaning = "", name = "", attributes = ""]) => ({
    name,
    column: columnOf(name, attributes),
    meaning: wordsOf(meaning),
    key: false,
  }));
}

function columnOf(name: string, attributes: string): string {
  return / @map\("([^"]+)"\)/.exec(attributes)?.[1] ?? name;
}

function wordsOf(comment: string): string {
  return comment.replace(/^ *\/\/\/ ?/gm, "").trim();
}
