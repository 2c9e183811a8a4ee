import { Overloaded } from "./bounded-pool.ts";

/** What may befall a statement that is no mistake of whoever sent it. */
export type DatabaseFault = "DB_UNAVAILABLE" | "OVERLOADED" | "TIMEOUT" | "STORAGE_FULL" | "READ_ONLY";

/** By PostgreSQL's code, or that of Node; Prisma hands both on inside errors of its own. */
const byCode: readonly (readonly [RegExp, DatabaseFault])[] = [
  [/^(ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|08...|57P..)$/, "DB_UNAVAILABLE"],
  [/^(53300|P2024)$/, "OVERLOADED"],
  [/^(57014|55P03|25P03|P2028)$/, "TIMEOUT"],
  [/^(53100|53200)$/, "STORAGE_FULL"],
  [/^25006$/, "READ_ONLY"],
];

/** By what node-postgres says where it gives no code. */
const byMessage: Readonly<Record<string, DatabaseFault>> = {
  "timeout exceeded when trying to connect": "OVERLOADED",
  "Connection terminated unexpectedly": "DB_UNAVAILABLE",
  "Connection terminated due to connection timeout": "DB_UNAVAILABLE",
  "Connection terminated": "DB_UNAVAILABLE",
  "Client has encountered a connection error and is not queryable": "DB_UNAVAILABLE",
};

/** A quota that is used up, for which PostgreSQL has no code; it names the file, and what the system says of it. */
const full = /^could not (extend|write)[^]*: (File too large|Disk quota exceeded|No space left on device)$/;

const deepest = 6;

/** What befell the database, by an error of a statement however it was wrapped; undefined for any other error. */
export function databaseFault(error: unknown, depth = 0): DatabaseFault | undefined {
  if (typeof error !== "object" || error === null || depth > deepest) return undefined;
  if (error instanceof Overloaded) return "OVERLOADED";
  const { code, originalCode, message, originalMessage, cause, meta, errors } = error as Record<string, unknown>;
  for (const each of [code, originalCode]) {
    const found = byCode.find(([pattern]) => typeof each === "string" && pattern.test(each));
    if (found) return found[1];
  }
  for (const each of [message, originalMessage]) {
    if (typeof each !== "string") continue;
    if (Object.hasOwn(byMessage, each)) return byMessage[each];
    if (full.test(each)) return "STORAGE_FULL";
  }
  const adapter = (meta as Record<string, unknown> | undefined)?.["driverAdapterError"];
  const within = [cause, adapter, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  for (const each of within) {
    const found = databaseFault(each, depth + 1);
    if (found) return found;
  }
  return undefined;
}
