import { benchId } from "../id.ts";
import type { Nodes, Question } from "./question.ts";

interface Told {
  eventOf: { title: string; assertion: { participations: Nodes<Part>; evidences: Nodes<Proof> } };
}
interface Part {
  role: string;
  actor: { name: string };
}
interface Proof {
  role: string;
  passage: { exact: string };
}

/** One event with two short lists. */
export const event: Question = {
  name: "event",
  shows: "an event with those who took part, and the evidence",
  variables: () => ({
    chancery: { record: `Event:${benchId("record", 5001)}` },
    peer: { record: benchId("record", 5001) },
  }),
  chancery: `query ($record: ID!) { event(id: $record) { title
    participations { role actor { name } } evidence { role passage { exact } } } }`,
  postgraphile: `query ($record: UUID!) { eventOf: peerEventOf(record: $record) { title assertion {
    participations(orderBy: [ORDINAL_ASC]) { nodes { role actor { name } } }
    evidences(orderBy: [ORDINAL_ASC]) { nodes { role passage { exact } } } } } }`,
  sql: `select '{"event":{"title":' || to_json(e."title") || ',"participations":[' || (
      select coalesce(string_agg('{"role":"' || p."role" || '","actor":{"name":' || to_json(b."name") || '}}', ',' order by p."ordinal"), '')
      from "participation" p join "actor" b on b."id" = p."actor_id" where p."assertion_id" = a."id"
    ) || '],"evidence":[' || (
      select coalesce(string_agg('{"role":"' || v."role" || '","passage":{"exact":' || to_json(s."exact") || '}}', ',' order by v."ordinal"), '')
      from "evidence" v join "passage" s on s."id" = v."passage_id" where v."assertion_id" = a."id"
    ) || ']}}' as "data"
    from "assertion" a join "event" e on e."assertion_id" = a."id"
    where a."record_id" = $1 and a."recorded_to" is null and a."reported_to" is null`,
  alike: ({ eventOf: { title, assertion } }: Told) => ({
    event: { title, participations: assertion.participations.nodes, evidence: assertion.evidences.nodes },
  }),
};
