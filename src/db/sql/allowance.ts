import type pg from "pg";

/** What somebody has spent on all servers together. */
export interface Spent {
  readonly who: string;
  readonly spent: number;
}

/**
 * Adds what was spent here to what was spent everywhere, and answers the sums of those who spent.
 * @param perSecond how much of it flows back in a second
 */
export async function addSpent(pool: pg.Pool, spent: readonly Spent[], perSecond: number): Promise<Spent[]> {
  const { rows } = await pool.query<Spent>(
    `insert into "allowance" as a ("who", "spent", "at")
      select w, s, clock_timestamp() from unnest($1::text[], $2::float8[]) u (w, s) order by w
    on conflict ("who") do update set
      "spent" = greatest(0, a."spent" - $3 * extract(epoch from excluded."at" - a."at")::float8) + excluded."spent",
      "at" = greatest(a."at", excluded."at")
    returning "who", "spent"`,
    [spent.map(({ who }) => who), spent.map((each) => each.spent), perSecond],
  );
  return rows;
}

/** Forgets those who have spent nothing for an hour. */
export async function forgetSpent(pool: pg.Pool): Promise<void> {
  await pool.query(`delete from "allowance" where "at" < clock_timestamp() - interval '1 hour'`);
}
