import type { Parameters } from "./parameters.ts";
import { compileWhere, Condition, tableAs, type Scope, type Where } from "./where.ts";

/** Where a kind of assertion names whose word it rests on, beside its attribution: table and column. */
const voices = [
  ["account", "teller_id"],
  ["assessment", "assessor_id"],
  ["claim", "claimant_id"],
  ["occupancy", "asserted_by_id"],
  ["quantity_claim", "claimant_id"],
  ["recognition_tally", "counted_by_id"],
  ["utterance", "speaker_id"],
] as const;

/** On an assertion: that the evidence which supports it comes from one document only, of those that `documents` shows. */
export function restingOnOneSource(documents: Where): Condition {
  return new Condition((scope, parameters) => {
    const shown = compileWhere(documents, { model: "Document", alias: "d" }, parameters);
    return `(select count(distinct d."id") from "evidence" e join "passage" s on s."id" = e."passage_id"
      join "capture" c on c."id" = s."capture_id" join "document" d on d."id" = c."document_id"
      where e."assertion_id" = ${scope.alias}."id" and e."role" = 'SUPPORTS' and ${shown}) = 1`;
  });
}

/** On an assertion: that somebody without a name is among those whose word it rests on: a collective, or mere words. */
export function restingOnUnnamed(): Condition {
  return new Condition(
    (
      scope,
    ) => `(exists (select 1 from "attribution" b where b."assertion_id" = ${scope.alias}."id" and b."actor_id" is null)
      or exists (select 1 from ${voicesOf(scope)} v join "actor" c on c."id" = v."actor_id" where c."kind" = 'COLLECTIVE'))`,
  );
}

/**
 * On an assertion: that a party to its crisis is among those whose word it rests on. Parties are who holds or claims an
 * office that is contested, nominees aside, and the organizations and collectives of the crisis' states.
 * @param known the versions of occupancies that count
 */
export function restingOnParty(known: Where): Condition {
  return new Condition(
    // An array is worked out once for the statement, where a subquery might be for every row.
    (scope, parameters) => `exists (select 1 from ${voicesOf(scope)} v
      where ${scope.alias}."crisis_id"::text || v."actor_id" = any(array(
        select z."crisis_id"::text || z."holder_id" from (${parties(known, parameters)}) z)))`,
  );
}

function voicesOf({ alias }: Scope): string {
  const lists = [["attribution", "actor_id"], ...voices].map(
    ([table = "", column = ""]) => `select "${column}" "actor_id" from "${table}" where "assertion_id" = ${alias}."id"`,
  );
  return `(${lists.join(" union all ")})`;
}

/**
 * Crises and their parties. Rivals are found as `record/contest.ts` finds them: an office has the most rivals on a day on
 * which one of its tenures begins; as many as leave for good on that day do not count where as many come.
 */
function parties(known: Where, parameters: Parameters): string {
  const positions = tableAs({ model: "Position", alias: "o" }, parameters);
  const actors = tableAs({ model: "Actor", alias: "m" }, parameters);
  const links = compileWhere(
    parameters.asOf === null ? {} : { createdIn: { lte: parameters.asOf } },
    { model: "CrisisState", alias: "cs" },
    parameters,
  );
  return `with tenure as materialized (
      select ka."crisis_id", k."position_id", k."holder_id", o."seats",
        coalesce(ka."start_earliest"::bigint, -9e9) "from", coalesce(ka."end_latest"::bigint, 9e9) "to"
      from "occupancy" k join "assertion" ka on ka."id" = k."assertion_id" join ${positions} on o."id" = k."position_id"
      where k."capacity" <> 'NOMINEE' and o."seats" is not null
        and ka."status" in ('ACCEPTED', 'DISPUTED')
        and ${compileWhere(known, { model: "Assertion", alias: "ka" }, parameters)}),
    contested as materialized (
      select d."position_id", d."from" "day" from (select distinct "position_id", "seats", "from" from tenure) d
      cross join lateral (
        select count(*) rivals, count(*) filter (where h."after" and not h."before") coming,
          count(*) filter (where h."before" and not h."after") leaving
        from (
          select bool_or(r."from" < d."from") "before", bool_or(r."to" > d."from") "after" from tenure r
          where r."position_id" = d."position_id" and r."from" <= d."from" and r."to" >= d."from" group by r."holder_id") h) c
      where c.rivals - least(c.coming, c.leaving) > d."seats")
    select x."crisis_id", x."holder_id" from tenure x join contested q
      on q."position_id" = x."position_id" and q."day" between x."from" and x."to"
    union select cs."crisis_id", m."id" from "crisis_state" cs join ${actors} on m."state_id" = cs."state_id"
    where m."kind" in ('ORGANIZATION', 'COLLECTIVE') and ${links}`;
}
