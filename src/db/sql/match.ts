import type pg from "pg";
import { wellFormed } from "../../values/text.ts";
import { Parameters } from "./parameters.ts";

/** A name to find an actor for, with what else is known of them. */
export interface NameToMatch {
  readonly name: string;
  /** Only actors of this kind. */
  readonly kind: string | null;
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[];
}

/** An actor that a name may mean. */
export interface Candidate {
  readonly id: string;
  /** The name on record that came nearest; null where only an identifier speaks for it. */
  readonly matched: string | null;
  /** How near it is, in thousandths. */
  readonly score: number;
  /** What speaks for and against it, by the values of MatchReason. */
  readonly reasons: readonly string[];
}

/**
 * For each name the actors that it may mean, the nearest first, `limit` at most. One statement, whatever the number of
 * names.
 * @param changeSet only what the record held after this change set; null for now
 */
export async function selectCandidates(
  pool: pg.Pool,
  names: readonly NameToMatch[],
  { changeSet, limit }: { changeSet: number | null; limit: number },
): Promise<Candidate[][]> {
  const parameters = new Parameters();
  const text = writeCandidates(names, { changeSet, limit }, parameters);
  const { rows } = await pool.query<Candidate & { name: number }>(text, parameters.values);
  const lists: Candidate[][] = names.map(() => []);
  for (const { name, ...candidate } of rows) lists[name - 1]?.push(candidate);
  return lists;
}

/** Writes the statement of `selectCandidates`, whose values become parameters; `name` is the number of the name. */
export function writeCandidates(
  names: readonly NameToMatch[],
  { changeSet, limit }: { changeSet: number | null; limit: number },
  parameters: Parameters,
): string {
  const asked = names.map(({ name, kind, identifiers }) => ({
    name,
    kind,
    schemes: identifiers.map(({ scheme }) => scheme),
    values: identifiers.map(({ value }) => value),
  }));
  const texts = asked.flatMap(({ name, schemes, values }) => [name, ...schemes, ...values]);
  for (const text of texts) wellFormed(text, "text");
  return `select q.n::int "name", c."id", c."matched", c."score", c."reasons"
    from jsonb_array_elements(${parameters.add(JSON.stringify(asked))}::jsonb) with ordinality q(asked, n)
    cross join lateral (
      select m.* from chancery_match(q.asked ->> 'name', (q.asked ->> 'kind')::"actor_kind",
        array(select jsonb_array_elements_text(q.asked -> 'schemes')), array(select jsonb_array_elements_text(q.asked -> 'values')),
        ${parameters.add(changeSet)}::int) m
      order by m."score" desc, m."id" limit ${Math.trunc(limit)}) c
    order by q.n, c."score" desc, c."id"`;
}
