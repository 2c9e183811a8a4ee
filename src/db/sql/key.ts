import type pg from "pg";

/** A key as the database has it, but for its digest. */
export interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: string[];
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

const columns = `id, name, scopes::text[], created_at as "createdAt", created_by as "createdBy",
  expires_at as "expiresAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt"`;

/**
 * The key whose secret has this digest; undefined where there is none that is accepted now. One that was revoked or has
 * expired is no row at all, so that it takes no longer than one that never was.
 */
export async function readKeyByDigest(pool: pg.Pool, digest: string): Promise<KeyRow | undefined> {
  const text = `select ${columns} from api_key
    where digest = $1 and revoked_at is null and (expires_at is null or expires_at > clock_timestamp())`;
  return (await pool.query<KeyRow>(text, [digest])).rows[0];
}

/** The keys with these ids, in no order. */
export async function readKeysById(pool: pg.Pool, ids: readonly string[]): Promise<KeyRow[]> {
  return (await pool.query<KeyRow>(`select ${columns} from api_key where id = any ($1::uuid[])`, [ids])).rows;
}

/**
 * Notes when keys were last used. A key is left as it is where another server noted it less than a minute before, or is
 * noting it just now.
 */
export async function noteKeyUse(pool: pg.Pool, uses: ReadonlyMap<string, Date>): Promise<void> {
  await pool.query(
    `update api_key k set last_used_at = u.at
       from unnest($1::uuid[], $2::timestamptz[]) as u (id, at)
      where k.id = u.id and (k.last_used_at is null or k.last_used_at <= u.at - interval '1 minute')
        and k.id in (select id from api_key where id = any ($1::uuid[]) for no key update skip locked)`,
    [[...uses.keys()], [...uses.values()]],
  );
}
