import { writeTies } from "../db/sql/tie.ts";
import { knownTies, mostTies } from "../graph/network.ts";
import { expression, joined, listOf, quotedJson, type Json } from "./json.ts";
import { equal, planSingle } from "./link.ts";
import { planMembers } from "./member.ts";
import type { Field, Moment, Planning } from "./planning.ts";
import { askedAt } from "./row.ts";
import type { Run, Sql } from "./run.ts";
import { planThings, planVersion } from "./thing.ts";

/** What a network is shown from: the ids of its actors in their order, a table of its ties, and whether it is cut. */
export interface Network {
  readonly actors: Sql;
  readonly ties: Sql;
  readonly cut: Sql;
}

/** The ties of the actors that a query selects, numbered in their order, one beyond those that are looked through. */
export function tiesFrom(actors: string, through: readonly string[], moment: Moment, run: Run): string {
  const known = knownTies(moment.of(run));
  const ties = writeTies({ actors: `array(${actors})`, through, known, limit: mostTies + 1 }, run.parameters);
  return `select x.*, row_number() over () n from (${ties}) x`;
}

/** Plans what is selected of a network. */
export function planTied(planning: Planning, field: Field, moment: Moment, { actors, ties, cut }: Network): Json {
  const tie = `k${planning.next()}`;
  const end = (each: Field, id: string) => {
    const match = equal("id", `${tie}."${id}"`);
    return planSingle(planning, each, { model: "Actor", types: planning.types(each), moment, match });
  };
  const member = (each: Field): Json =>
    planMembers(planning, each, {
      from: (other) => end(other, "fromId"),
      to: (other) => end(other, "toId"),
      through: () => quotedJson(`${tie}."through"`),
      assertion: (other) => planVersion(planning, other, { id: `${tie}."versionId"`, moment, asked: askedAt(moment) }),
    });
  return planMembers(planning, field, {
    actors: (each) => planThings(planning, each, { model: "Actor", moment, ids: actors }),
    ties: (each) =>
      listOf("select string_agg(", joined(member(each)), `, ',' order by ${tie}.n) from `, ties, ` ${tie}`),
    cut: () => expression("(", cut, ")::text"),
  });
}
