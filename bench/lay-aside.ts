import type pg from "pg";

/** What filling itself looks things up by, and so must stay while it runs. */
const neededToFill = ["created_in", "recorded_from", "version_id"];

/**
 * Drops foreign keys, and the indexes that only reading needs, so that a large record is filled in minutes. Triggers, checks,
 * keys and exclusions stay: every row is entered as it would be in life.
 * @param say told of the progress
 * @returns what makes all of it again, over all rows
 */
export async function layAside(session: pg.ClientBase, say: (line: string) => void): Promise<() => Promise<void>> {
  const { rows: keys } = await session.query<{ drop: string; make: string }>(
    `select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as "drop",
      format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as "make"
    from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace order by k.oid`,
  );
  const { rows: indexes } = await session.query<{ drop: string; make: string }>(
    `select format('drop index %s', i.indexrelid::regclass) as "drop", pg_get_indexdef(i.indexrelid) as "make"
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace and not i.indisunique
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
      and not exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0] and a.attname = any ($1))
    order by i.indexrelid`,
    [neededToFill],
  );
  for (const { drop } of [...keys, ...indexes]) await session.query(drop);
  return async () => {
    say(`  making ${indexes.length} indexes and ${keys.length} foreign keys`);
    await session.query("set maintenance_work_mem = '1GB'");
    for (const { make } of [...indexes, ...keys]) await session.query(make);
  };
}
