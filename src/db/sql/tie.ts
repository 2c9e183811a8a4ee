import type pg from "pg";
import { Parameters } from "./parameters.ts";
import { compileWhere, type Where } from "./where.ts";

/** That a version of a fact ties two actors. */
export interface Tie {
  readonly fromId: string;
  readonly toId: string;
  readonly through: string;
  readonly versionId: string;
}

/** What ties actors: the table, and the columns that name who and whom. */
const links: Readonly<Record<string, readonly [table: string, from: string, to: string]>> = {
  RECOGNITION: ["recognition", "recogniser_id", "claimant_id"],
  STANCE: ["stance", "actor_id", "towards_id"],
  OCCUPANCY: ["occupancy", "asserted_by_id", "holder_id"],
  COMMITMENT: ["commitment", "by_id", "to_id"],
  UTTERANCE: ["utterance", "speaker_id", "audience_id"],
  MEMBERSHIP: ["bloc_membership", "member_id", "bloc_id"],
};

/**
 * The ties of any of these actors, each once, the earliest facts first, `limit` at most. One statement of indexed
 * look-ups. Who took part in one event is tied to the others in it, told from the one who stands first.
 */
export async function selectTies(
  pool: pg.Pool,
  {
    actors,
    through,
    known,
    limit,
  }: { actors: readonly string[]; through: readonly string[]; known: Where; limit: number },
): Promise<Tie[]> {
  if (through.length === 0) return [];
  const parameters = new Parameters();
  const ids = `${parameters.add(actors)}::uuid[]`;
  const { rows } = await pool.query<Tie>(
    writeTies({ actors: ids, through, known, limit }, parameters),
    parameters.values,
  );
  return rows;
}

/** Writes the statement of `selectTies`; `actors` is the expression of an array of ids. */
export function writeTies(
  { actors, through, known, limit }: { actors: string; through: readonly string[]; known: Where; limit: number },
  parameters: Parameters,
): string {
  const ids = `any(${actors})`;
  const pairs = through.flatMap((name) => {
    if (name === "EVENT") {
      return [
        ["x", "y"],
        ["y", "x"],
      ].map(
        ([
          mine,
          other,
        ]) => `select x."actor_id" f, y."actor_id" t, 'EVENT' n, x."assertion_id" v from "participation" ${mine}
          join "participation" ${other} on y."assertion_id" = x."assertion_id" and y."ordinal" > x."ordinal" where ${mine}."actor_id" = ${ids}`,
      );
    }
    const [table, from, to] = links[name] ?? [];
    return [from, to].map(
      (end) => `select "${from}" f, "${to}" t, '${name}' n, "assertion_id" v from "${table}" where "${end}" = ${ids}`,
    );
  });
  if (pairs.length === 0) pairs.push(`select null::uuid f, null::uuid t, null n, null::uuid v where false`);
  return `select p.f "fromId", p.t "toId", p.n "through", p.v "versionId" from (${pairs.join(" union ")}) p
    join "assertion" a on a."id" = p.v where p.f is not null and p.t is not null and p.f <> p.t
      and ${compileWhere(known, { model: "Assertion", alias: "a" }, parameters)}
    order by a."sort_day", a."id", p.f, p.t limit ${Math.trunc(limit)}`;
}
