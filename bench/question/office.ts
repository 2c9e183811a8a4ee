import type { Nodes, Question } from "./question.ts";

const day = 18_500;
const on = new Date(day * 86_400_000).toISOString().slice(0, 10);
const office = "office-4";

const standing = `a."recorded_to" is null and a."reported_to" is null
  and (a."start_earliest" is null or a."start_earliest" <= $2) and (a."end_latest" is null or a."end_latest" >= $2)`;

interface Stand {
  readonly stance: string;
  readonly form: string;
  readonly recogniser: { name: string };
  readonly claimant: { name: string };
}

/** Who recognises whom in an office on a day. */
export const recognitions: Question = {
  name: "recognitions",
  shows: "who recognises whom in an office on a day",
  variables: () => ({ chancery: { office, on }, peer: { office, day } }),
  chancery: `query ($office: String!, $on: Date!) { positionByKey(key: $office) {
    recognitions(validAt: $on, first: 100) { nodes { stance form recogniser { name } claimant { name } } } } }`,
  postgraphile: `query ($office: String!, $day: Int!) {
    recognitionsOf: peerRecognitionsOf(office: $office, day: $day) { nodes { stance form recogniser { name } claimant { name } } } }`,
  sql: `select '{"positionByKey":{"recognitions":{"nodes":[' || (
      select coalesce(string_agg('{"stance":"' || r."stance" || '","form":"' || r."form" || '","recogniser":{"name":' || to_json(b."name") || '},"claimant":{"name":' || to_json(c."name") || '}}', ',' order by r."sort_day", r."id"), '')
      from (select r.*, a."sort_day", a."id" from "recognition" r join "assertion" a on a."id" = r."assertion_id"
        where r."position_id" = o."id" and ${standing} order by a."sort_day", a."id" limit 100) r
      join "actor" b on b."id" = r."recogniser_id" join "actor" c on c."id" = r."claimant_id"
    ) || ']}}}' as "data" from "position" o where o."key" = $1`,
  alike: ({ recognitionsOf }: { recognitionsOf: Nodes<Stand> }) => ({
    positionByKey: { recognitions: recognitionsOf },
  }),
};

interface Rival {
  readonly holder: { name: string };
  readonly basis: string;
  readonly claimType: string;
  readonly assertion: { evidences: Nodes<{ passage: { exact: string } }> };
}

/** Who contest an office on a day, by what they say so. */
export const contest: Question = {
  name: "contested office",
  shows: "the rivals for an office on a day, with the passages",
  variables: () => ({ chancery: { office, on }, peer: { office, day } }),
  chancery: `query ($office: String!, $on: Date!) { positionByKey(key: $office) { title seats
    contest(validAt: $on) { occupancies { holder { name } basis claimType evidence { passage { exact } } } } } }`,
  postgraphile: `query ($office: String!, $day: Int!) { positionByKey: peerOfficeOf(office: $office) { title seats }
    occupanciesOf: peerOccupanciesOf(office: $office, day: $day) { nodes { holder { name } basis claimType
      assertion { evidences(orderBy: [ORDINAL_ASC]) { nodes { passage { exact } } } } } } }`,
  sql: `select '{"positionByKey":{"title":' || to_json(o."title") || ',"seats":' || o."seats" || ',"contest":' || (
      select case when count(*) <= o."seats" then 'null' else '{"occupancies":[' || string_agg(
        '{"holder":{"name":' || to_json(b."name") || '},"basis":' || to_json(h."basis") || ',"claimType":"' || h."claim_type" || '","evidence":[' || (
          select coalesce(string_agg('{"passage":{"exact":' || to_json(s."exact") || '}}', ',' order by v."ordinal"), '')
          from "evidence" v join "passage" s on s."id" = v."passage_id" where v."assertion_id" = a."id"
        ) || ']}', ',' order by a."sort_day", a."id") || ']}' end
      from "occupancy" h join "assertion" a on a."id" = h."assertion_id" join "actor" b on b."id" = h."holder_id"
      where h."position_id" = o."id" and a."status" in ('ACCEPTED', 'DISPUTED') and ${standing}
    ) || '}}' as "data" from "position" o where o."key" = $1`,
  alike: (data: { positionByKey: object; occupanciesOf: Nodes<Rival> }) => ({
    positionByKey: {
      ...data.positionByKey,
      contest: {
        occupancies: data.occupanciesOf.nodes.map(({ assertion, ...rival }) => ({
          ...rival,
          evidence: assertion.evidences.nodes,
        })),
      },
    },
  }),
};
