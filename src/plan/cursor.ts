import { fieldMeaning } from "../db/meaning.ts";
import { ownColumn, ownerOf } from "../db/sql/page.ts";
import { Expressed } from "../db/sql/parameters.ts";
import { typeOf, type Scope } from "../db/sql/where.ts";
import type { ListAsked } from "../graph/list.ts";
import { aroundChangeSet } from "../record/view.ts";
import { headOf, saltOf } from "../values/cursor.ts";
import { millisecondText } from "./value.ts";
import type { Run } from "./run.ts";

type Told = Pick<ListAsked, "asking" | "view">;

const hex = (bytes: Buffer) => `'\\x${bytes.toString("hex")}'::bytea`;
const version = headOf("").subarray(0, 1);
const hashBytes = headOf("").length - version.length;

/** The first bytes of the hash of an expression. */
function hashed(bytes: string): string {
  return `substr(sha256(${bytes}), 1, ${hashBytes})`;
}

/** What the cursors of a scope begin with, as `headOf` makes it. */
export function headExpression(run: Run, scope: string): string {
  return run.add(headOf(scope), "bytea");
}

/** The same of a list below a parent, whose keys are part of its scope, as `scopeBelow` makes it. */
export function headBelow(run: Run, { asking, view }: Told, keys: readonly string[]): string {
  const words = keys.map((key) => `coalesce(${key}::text, '')`).join(` || ' ' || `);
  const [before, behind] = aroundChangeSet(view);
  const [known, rest] =
    view.changeSet instanceof Expressed
      ? [before, `${view.changeSet.sql}::text || '${behind} ' || ${words}`]
      : [`${before}${view.changeSet ?? ""}${behind} `, words];
  const start = run.add(Buffer.concat([saltOf("scope"), Buffer.from(`${asking} ${known}`, "utf8")]), "bytea");
  return `${hex(version)} || ${hashed(`${start} || convert_to(${rest}, 'UTF8')`)}`;
}

/** The keys of a row in the order of a list, as the JSON that a cursor carries. */
export function keysExpression(scope: Scope, order: readonly string[]): string {
  const keys = order.map((field) => {
    const column = ownColumn(scope, field);
    const type = typeOf(fieldMeaning(ownerOf(scope, field).model, field));
    if (type === "int") return `${column}::text`;
    if (type === "uuid") return `'"' || ${column}::text || '"'`;
    if (type === "timestamptz") return `'"' || ${millisecondText(column)} || '"'`;
    return `to_json(${column})::text`;
  });
  return `'[' || ${keys.join(" || ',' || ")} || ']'`;
}

/** A cursor as `encodeCursor` writes it; null for keys that are too long. */
export function cursorExpression(head: string, keys: string): string {
  const written = `translate(encode(h || ${hashed(`${hex(saltOf("cursor"))} || h || k`)} || k, 'base64'), '+/=' || chr(10), '-_')`;
  return `(select case when length(c) <= 2048 then c end from (select ${written} c from (select ${head} h, convert_to(${keys}, 'UTF8') k) s) w)`;
}
