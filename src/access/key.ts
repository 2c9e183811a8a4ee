import { createHash, randomBytes } from "node:crypto";
import { newUuid } from "../values/ids.ts";
import type { Scope } from "./scope.ts";

/** A key as the register has it. */
export interface Key {
  /** A uuid, by which logs and the record name it. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly createdBy: string;
  /** The moment from which it is no longer accepted; null where it stays until it is revoked. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** To about a minute; null where it never was. */
  readonly lastUsedAt: Date | null;
}

/** `pcr_`, the key's id, `_` and 32 random bytes in base64url. */
const form = /^pcr_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/;

/** A new id, and the secret that its holder sends: shown once and never kept. */
export function makeSecret(): { readonly id: string; readonly secret: string } {
  const id = newUuid();
  return { id, secret: `pcr_${id}_${randomBytes(32).toString("base64url")}` };
}

/** Whether a text has the form of a secret; whether it is one, the register tells. */
export function isSecret(text: string): boolean {
  return form.test(text);
}

/**
 * SHA-256 of a secret, as 64 hexadecimal digits. A slow hash would protect no better: a secret has 256 random bits, so
 * there is nothing to guess.
 */
export function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Whether a key is accepted at a moment. */
export function isValid({ revokedAt, expiresAt }: Pick<Key, "revokedAt" | "expiresAt">, at = new Date()): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > at);
}
