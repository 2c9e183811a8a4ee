import { isValid, type Key } from "../access/key.ts";
import { formatInstant } from "../values/instant.ts";

/** One line on what a key is: "Key Reuters desk (018f…) may read, contribute until 2027-01-31T00:00:00Z". */
export function describeKey(key: Key): string {
  const until = key.expiresAt === null ? "" : ` until ${formatInstant(key.expiresAt)}`;
  const state =
    key.revokedAt === null ? `may ${key.scopes.join(", ")}${until}` : `was revoked at ${formatInstant(key.revokedAt)}`;
  return `Key ${key.name} (${key.id}) ${state}`;
}

/** The lines of a table of keys, headed, its columns two spaces apart. */
export function tableOf(keys: readonly Key[]): string[] {
  const rows = [["ID", "NAME", "SCOPES", "STATE", "MADE", "LAST USED"], ...keys.map(rowOf)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function rowOf(key: Key): string[] {
  const made = `${formatInstant(key.createdAt)} by ${key.createdBy}`;
  const used = key.lastUsedAt === null ? "never" : formatInstant(key.lastUsedAt);
  return [key.id, key.name, key.scopes.join(","), stateOf(key), made, used];
}

function stateOf({ revokedAt, expiresAt }: Key): string {
  if (revokedAt !== null) return `revoked ${formatInstant(revokedAt)}`;
  if (expiresAt === null) return "valid";
  return `${isValid({ revokedAt, expiresAt }) ? "valid until" : "expired"} ${formatInstant(expiresAt)}`;
}
