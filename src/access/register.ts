import type { Db } from "../db/client.ts";
import { readKeyByDigest, readKeysById, type KeyRow } from "../db/sql/key.ts";
import { Refusal } from "../errors.ts";
import type { ApiKey } from "../generated/prisma/client.ts";
import { formatInstant } from "../values/instant.ts";
import { wellFormed } from "../values/text.ts";
import { digestOf, makeSecret, type Key } from "./key.ts";
import { scopes, type Scope } from "./scope.ts";

/** What a new key shall be. */
export interface KeyOrder {
  /** What it is called: 1 to 100 characters, unlike every key that is not revoked. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** The moment from which it is no longer accepted; null for a key that stays until it is revoked. */
  readonly expiresAt: Date | null;
  /** Who makes it. */
  readonly createdBy: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const longestName = 100;

/**
 * Makes a key and enters it into the register.
 * @returns the key, and the secret that its holder sends, which cannot be had again
 * @throws Refusal BAD_USER_INPUT for a name, scopes or an expiry that will not do; CONFLICT for a name that is in use
 */
export async function createKey(db: Db, order: KeyOrder): Promise<{ readonly key: Key; readonly secret: string }> {
  const name = checkName(order.name);
  const held = scopes.filter((scope) => order.scopes.includes(scope));
  if (held.length === 0) throw refuse(`A key needs a scope: ${scopes.join(", ")}.`);
  if (order.expiresAt !== null && order.expiresAt <= new Date()) {
    throw refuse(`A key that expires at ${formatInstant(order.expiresAt)} is of no use; choose a later time.`);
  }
  const { id, secret } = makeSecret();
  const { createdBy, expiresAt } = order;
  const data = { id, name, digest: digestOf(secret), scopes: held.map(stored), createdBy, expiresAt };
  try {
    return { key: shown(await db.prisma.apiKey.create({ data })), secret };
  } catch (error) {
    if ((error as { code?: unknown }).code !== "P2002") throw error;
    throw new Refusal("CONFLICT", `A key called ${name} exists; choose another name, or revoke that one first.`);
  }
}

/** Every key, the latest first, those that are no longer accepted among them. */
export async function listKeys(db: Db): Promise<Key[]> {
  return (await db.prisma.apiKey.findMany({ orderBy: [{ createdAt: "desc" }, { id: "desc" }] })).map(shown);
}

/**
 * Revokes the key with this id or name; every server on the database refuses it within 5 s. A key that is revoked
 * already stays as it is.
 * @throws Refusal BAD_USER_INPUT where there is none
 */
export async function revokeKey(db: Db, named: string): Promise<Key> {
  const where = uuid.test(named) ? { id: named } : { name: named };
  // A name may have been that of others, which were revoked before.
  const found = await db.prisma.apiKey.findFirst({ where, orderBy: { revokedAt: { sort: "desc", nulls: "first" } } });
  if (!found) throw refuse(`There is no key ${named}. "chancery key list" shows every key with its id and name.`);
  await db.prisma.apiKey.updateMany({ where: { id: found.id, revokedAt: null }, data: { revokedAt: new Date() } });
  return shown(await db.prisma.apiKey.findUniqueOrThrow({ where: { id: found.id } }));
}

/** The key whose secret has this digest and is accepted now; null where there is none. */
export async function findKey(db: Db, digest: string): Promise<Key | null> {
  const found = await readKeyByDigest(db.pool, digest);
  return found ? shown(found) : null;
}

/** The keys with these ids. */
export async function readKeys(db: Db, ids: readonly string[]): Promise<Key[]> {
  return (await readKeysById(db.pool, ids)).map(shown);
}

function stored(scope: Scope): ApiKey["scopes"][number] {
  return scope.toUpperCase() as ApiKey["scopes"][number];
}

function shown(row: KeyRow): Key {
  const { id, name, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt } = row;
  const held = row.scopes.map((scope) => scope.toLowerCase() as Scope);
  return { id, name, scopes: held, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt };
}

function checkName(given: string): string {
  const name = wellFormed(given, "name of the key").trim();
  if (name === "" || name.length > longestName || /\p{Cc}/u.test(name)) {
    throw refuse(`A key's name has 1 to ${longestName} characters on one line, such as "Reuters desk".`);
  }
  if (uuid.test(name)) throw refuse("A key's name must not look like an id; call it by what it is for.");
  return name;
}

function refuse(message: string): Refusal {
  return new Refusal("BAD_USER_INPUT", message);
}
