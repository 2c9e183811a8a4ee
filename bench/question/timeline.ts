import { benchId } from "../id.ts";
import type { Nodes, Question } from "./question.ts";

interface Told {
  readonly kind: string;
  readonly startEdtf: string;
  readonly record: { key: string };
  readonly event: { title: string } | null;
  readonly recognition: { stance: string } | null;
  readonly utterance: { exact: string } | null;
}

/** What concerns one actor, whatever its kind. */
export const timeline: Question = {
  name: "timeline",
  shows: "50 facts of several kinds that concern an actor",
  variables: () => ({
    chancery: { actor: `State:${benchId("actor", 7)}` },
    peer: { actor: benchId("actor", 7) },
  }),
  chancery: `query ($actor: ID!) { state(id: $actor) { timeline(first: 50) { nodes { assertionKind key valid { start { edtf } }
    ... on Event { title } ... on Recognition { stance } ... on Utterance { exact } } } } }`,
  postgraphile: `query ($actor: UUID!) { timelineOf: peerTimelineOf(thing: $actor) { nodes { kind record { key } startEdtf
    event { title } recognition { stance } utterance { exact } } } }`,
  sql: `select '{"state":{"timeline":{"nodes":[' || (
      select coalesce(string_agg('{"assertionKind":"' || a."kind" || '","key":' || to_json(r."key") || ',"valid":{"start":{"edtf":' || to_json(a."start_edtf") || '}}' ||
        coalesce(',"title":' || to_json(e."title"), ',"stance":"' || n."stance" || '"', ',"exact":' || to_json(u."exact"), '') || '}', ',' order by a."sort_day", a."id"), '')
      from (select a.* from "concern" c join "assertion" a on a."id" = c."version_id"
        where c."thing_id" = s."id" and a."recorded_to" is null and a."reported_to" is null order by c."sort_day", c."version_id" limit 50) a
      join "record" r on r."id" = a."record_id"
      left join "event" e on e."assertion_id" = a."id" left join "recognition" n on n."assertion_id" = a."id" left join "utterance" u on u."assertion_id" = a."id"
    ) || ']}}}' as "data" from "actor" s where s."id" = $1`,
  alike: ({ timelineOf }: { timelineOf: Nodes<Told> }) => ({
    state: {
      timeline: {
        nodes: timelineOf.nodes.map(({ kind, record, startEdtf, event, recognition, utterance }) => ({
          assertionKind: kind,
          key: record.key,
          valid: { start: { edtf: startEdtf } },
          ...event,
          ...recognition,
          ...utterance,
        })),
      },
    },
  }),
};
