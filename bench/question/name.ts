import type { Nodes, Question } from "./question.ts";

/** Actors by a part of their name. */
export const names: Question = {
  name: "names",
  shows: "20 actors by a part of their name",
  variables: () => ({ chancery: { part: "sateba" }, peer: { part: "sateba" } }),
  chancery: `query ($part: String!) { actors(filter: { name: { contains: $part } }, first: 20) { nodes { name key } } }`,
  postgraphile: `query ($part: String!) { actorsNamed: peerActorsNamed(part: $part) { nodes { name key } } }`,
  sql: `select '{"actors":{"nodes":[' || coalesce(string_agg('{"name":' || to_json(a."name") || ',"key":' || to_json(a."key") || '}', ',' order by a."name" collate "C", a."id"), '') || ']}}' as "data"
    from (select a.* from "actor" a where exists (select 1 from "name" n where n."actor_id" = a."id" and n."folded" like '%' || $1 || '%')
      order by a."name" collate "C", a."id" limit 20) a`,
  alike: ({ actorsNamed }: { actorsNamed: Nodes<object> }) => ({ actors: actorsNamed }),
};
