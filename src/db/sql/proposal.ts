import type pg from "pg";

/** The long parts of a proposal, as JSON holds them; null where they are longer together than was allowed. */
export interface ProposalParts {
  readonly id: string;
  readonly difference: unknown;
  readonly outcomes: unknown;
}

/** As many bytes as a proposal says of what it alters. */
export function lengthOfParts(alias: string): string {
  return ["difference", "outcomes"].map((part) => `octet_length(${alias}."${part}"::text)`).join(" + ");
}

/** Reads what some proposals alter, unless all of it is longer than `most` bytes: then none of it is read. */
export async function selectProposalParts(
  pool: pg.Pool,
  ids: readonly string[],
  most: number,
): Promise<ProposalParts[]> {
  const { rows } = await pool.query<ProposalParts>(
    `with measured as (
      select p."id", p."difference", p."outcomes", sum(${lengthOfParts("p")}) over () "length"
      from "proposal" p where p."id" = any($1::uuid[])
    )
    select "id"::text, case when "length" <= $2 then "difference" end "difference",
      case when "length" <= $2 then "outcomes" end "outcomes"
    from measured`,
    [ids, most],
  );
  return rows;
}
