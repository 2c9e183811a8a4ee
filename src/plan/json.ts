import { sql, type Piece, type Sql } from "./run.ts";

/** A part of a JSON text: as it stands, or as an SQL expression of type text gives it, which is never null. */
export type JsonPart = { readonly text: string } | { readonly sql: Sql };
export type Json = readonly JsonPart[];

/** Stands in an answer that is not to be given: something in it is null that must not be, or too long. No JSON holds it. */
export const missing = "\u0001";
/** The same in SQL. */
export const missingText = "E'\\x01'";

/** A text as it stands. */
export function text(value: string): Json {
  return [{ text: value }];
}

/** What an expression gives. */
export function expression(...parts: readonly (Piece | Sql)[]): Json {
  return [{ sql: sql(...parts) }];
}

/** What an expression gives, where it is not null, else null; or what must not be sent where null is not allowed. */
export function orNull(inner: Piece | Sql, nullable: boolean): Json {
  return expression("coalesce(", inner, `, ${nullable ? "'null'" : missingText})`);
}

/** The rows that a query gives as its column `j`, as a JSON list. */
export function listOf(...query: readonly (Piece | Sql)[]): Json {
  return [{ text: "[" }, { sql: sql("coalesce((", ...query, "), '')") }, { text: "]" }];
}

/** One SQL expression for a JSON text: literals and expressions joined, which costs PostgreSQL least. */
export function joined(parts: Json): Sql {
  const terms: (Piece | Sql)[] = [];
  let literal = "";
  const flush = () => {
    if (literal !== "") terms.push(`'${literal.replaceAll("'", "''")}'`);
    literal = "";
  };
  for (const part of parts) {
    if ("text" in part) literal += part.text;
    else {
      flush();
      terms.push(part.sql);
    }
  }
  flush();
  if (terms.length === 0) return ["''"];
  return sql(...terms.flatMap((term, i) => (i === 0 ? [term] : [" || ", term])));
}

/** The value of an enum as JSON, where the expression is of it. */
export function quotedJson(word: Piece | Sql): Json {
  return [{ text: '"' }, { sql: sql("(", word, ")::text") }, { text: '"' }];
}

/** Parts of an object or a list, with commas between. */
export function separated(members: readonly Json[]): Json {
  return members.flatMap((member, i) => (i === 0 ? member : [{ text: "," }, ...member]));
}
