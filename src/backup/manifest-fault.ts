import { excerpt } from "../values/excerpt.ts";

/** Finds what is wrong with a value; null where nothing is. It says what would be right. */
type Look = (value: unknown) => string | null;

const text: Look = (value) => (typeof value === "string" && value !== "" ? null : "is to be a text");
const count: Look = (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? null : "is to be a whole number");
const sha256: Look = (value) =>
  typeof value === "string" && /^[0-9a-f]{64}$/.test(value) ? null : "is to be 64 hexadecimal digits";
const tableName: Look = (value) =>
  typeof value === "string" && /^[a-z][a-z0-9_]{0,62}$/.test(value)
    ? null
    : `is to be the name of a table, such as actor, and is ${typeof value === "string" ? excerpt(value) : "none"}`;

/** The way to what is wrong, one step longer. */
function below(step: string, wrong: string): string {
  return /^[.[]/.test(wrong) ? `${step}${wrong}` : `${step} ${wrong}`;
}

function fields(shape: Readonly<Record<string, Look>>): Look {
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return `is to be an object with ${Object.keys(shape).join(", ")}`;
    }
    for (const [name, look] of Object.entries(shape)) {
      const wrong = look((value as Readonly<Record<string, unknown>>)[name]);
      if (wrong !== null) return below(`.${name}`, wrong);
    }
    return null;
  };
}

function list(look: Look): Look {
  return (value) => {
    if (!Array.isArray(value)) return "is to be a list";
    for (const [at, each] of value.entries()) {
      const wrong = look(each);
      if (wrong !== null) return below(`[${at}]`, wrong);
    }
    const names = (value as { name: string }[]).map(({ name }) => name);
    const twice = names.find((name, at) => names.indexOf(name) < at);
    return twice === undefined ? null : `names ${excerpt(twice)} twice`;
  };
}

const head = fields({ number: count, hash: sha256 });

const manifest = fields({
  format: count,
  chancery: text,
  madeAt: text,
  migrations: list(fields({ name: text, checksum: text })),
  head: (value) => (value === null ? null : head(value)),
  tables: list(fields({ name: tableName, rows: count, bytes: count, sha256 })),
});

/** What in a manifest is not as a backup has it, and how it is to be; null where all of it is. */
export function faultOf(told: unknown): string | null {
  return manifest(told);
}
