import type { Nodes, Question, Values } from "./question.ts";

interface Hit {
  readonly matched: string;
  readonly score: number;
  readonly actor: { readonly name: string; readonly key: string };
}

const types = ["PERSON", "STATE"];

/** The twenty nearest of what is found. */
const sql = `select '{"search":{"nodes":[' || coalesce(string_agg('{"matched":' || to_json(h."matched") || ',"score":' || (h."score"::float8 / 1000) ||
    ',"node":{"name":' || to_json(a."name") || ',"key":' || to_json(a."key") || '}}', ',' order by h."score" desc, h."id"), '') || ']}}' as "data"
  from (select * from chancery_search($1, '{${types.join(",")}}', null, null, null, null) order by "score" desc, "id" limit 20) h
  join "actor" a on a."id" = h."id"`;

/** Actors by words of their names, as `search` finds them. */
function search(name: string, shows: string, words: string): Question {
  const variables: Values = { words };
  return {
    name,
    shows,
    variables: () => ({ chancery: variables, peer: variables }),
    chancery: `query ($words: String!) { search(query: $words, types: [${types.join(", ")}], first: 20) { nodes {
      matched score node { ... on Person { name key } ... on State { name key } } } } }`,
    postgraphile: `query ($words: String!) { found: peerFound(words: $words) { nodes { matched score actor { name key } } } }`,
    sql,
    alike: ({ found }: { found: Nodes<Hit> }) => ({
      search: {
        nodes: found.nodes.map(({ matched, score, actor: { name, key } }) => ({
          matched,
          score: score / 1000,
          node: { name, key },
        })),
      },
    }),
  };
}

/** A word that many bear, of whom at most two hundred are weighed. */
export const names = search("names", "the 20 actors nearest to a word that many names have", "meguba");

/** Two words, each spelt wrong. */
export const misspelt = search(
  "misspelt names",
  "the 20 actors nearest to two words, each spelt wrong",
  "ninnidi vinirruka",
);
