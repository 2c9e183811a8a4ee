import { benchId } from "../id.ts";
import type { Nodes, Question } from "./question.ts";

interface Told {
  readonly title: string;
  readonly assertion: {
    readonly participations: Nodes<{ role: string; actor: { name: string } }>;
    readonly evidences: Nodes<{
      passage: { exact: string; capture: { document: { title: string; publisher: string } } };
    }>;
  };
}

/** An event of PostGraphile's in the shape of Chancery's. */
function eventOf({ title, assertion }: Told) {
  return { title, participations: assertion.participations.nodes, evidence: assertion.evidences.nodes };
}

const chancery = `nodes { title participations { role actor { name } }
  evidence { passage { exact capture { document { title publisher } } } } }`;
const postgraphile = `nodes { title assertion {
  participations(orderBy: [ORDINAL_ASC]) { nodes { role actor { name } } }
  evidences(orderBy: [ORDINAL_ASC]) { nodes { passage { exact capture { document { title publisher } } } } } } }`;

/**
 * The JSON of the events that `rows` selects, with `day` and `id` to order them by; where `held` gives the number of a
 * change set, with actors and documents as they stood after it.
 */
function json(rows: string, held?: string): string {
  const former = (table: string, alias: string) =>
    held === undefined
      ? ""
      : `left join lateral (select f."row" from "former_thing" f where f."relation" = '${table}' and f."id" = ${alias}."id"
          and f."stood_from" <= ${held} and f."stood_to" > ${held}) ${alias}_then on true`;
  const column = (alias: string, name: string) =>
    held === undefined ? `${alias}."${name}"` : `coalesce(${alias}_then."row" ->> '${name}', ${alias}."${name}")`;
  return `select coalesce(string_agg('{"title":' || to_json(e."title") || ',"participations":[' || (
      select coalesce(string_agg('{"role":"' || p."role" || '","actor":{"name":' || to_json(${column("b", "name")}) || '}}', ',' order by p."ordinal"), '')
      from "participation" p join "actor" b on b."id" = p."actor_id" ${former("actor", "b")} where p."assertion_id" = e."id"
    ) || '],"evidence":[' || (
      select coalesce(string_agg('{"passage":{"exact":' || to_json(s."exact") || ',"capture":{"document":{"title":' || to_json(${column("d", "title")}) || ',"publisher":' || to_json(${column("d", "publisher")}) || '}}}}', ',' order by v."ordinal"), '')
      from "evidence" v join "passage" s on s."id" = v."passage_id" join "capture" c on c."id" = s."capture_id" join "document" d on d."id" = c."document_id"
      ${former("document", "d")} where v."assertion_id" = e."id"
    ) || ']}', ',' order by e."day", e."id"), '') from (${rows}) e`;
}

const current = `select e."title", a."sort_day" as "day", a."id" from "assertion" a join "event" e on e."assertion_id" = a."id"
  where a."kind" = 'EVENT' and a."recorded_to" is null and a."reported_to" is null`;

/** A page of fifty, three levels deep. */
export const events: Question = {
  name: "events",
  shows: "50 events of a crisis, three levels deep",
  variables: () => ({
    chancery: { crisis: `Crisis:${benchId("crisis", 3)}` },
    peer: { crisis: benchId("crisis", 3) },
  }),
  chancery: `query ($crisis: ID!) { events(filter: { crisis: { eq: $crisis } }, first: 50) { ${chancery} } }`,
  postgraphile: `query ($crisis: UUID!) { eventsOf: peerEventsOf(crisis: $crisis) { ${postgraphile} } }`,
  sql: `select '{"events":{"nodes":[' || (${json(`${current} and a."crisis_id" = $1 order by a."sort_day", a."id" limit 50`)}) || ']}}' as "data"`,
  alike: ({ eventsOf }: { eventsOf: Nodes<Told> }) => ({ events: { nodes: eventsOf.nodes.map(eventOf) } }),
};

/** A page far down the list of all events. */
export const deepPage: Question = {
  name: "deep page",
  shows: "50 events of all, from the middle of the list",
  variables: async (ask) => {
    let after = "";
    for (let page = 0; page < 50; page += 1) {
      const given = after === "" ? {} : { after };
      const { events: list } = (await ask(
        `query ($after: String) { events(first: 100, after: $after) { pageInfo { endCursor } } }`,
        given,
      )) as { events: { pageInfo: { endCursor: string } } };
      after = list.pageInfo.endCursor;
    }
    // The keys stand after one byte of version and two hashes of eight.
    const [day, id] = JSON.parse(Buffer.from(after, "base64url").subarray(17).toString("utf8")) as [number, string];
    return { chancery: { after }, peer: { day, id } };
  },
  chancery: `query ($after: String!) { events(first: 50, after: $after) { ${chancery} } }`,
  postgraphile: `query ($day: Int!, $id: UUID!) { eventsAfter: peerEventsAfter(day: $day, beyond: $id) { ${postgraphile} } }`,
  sql: `select '{"events":{"nodes":[' || (${json(`${current} and (a."sort_day", a."id") > ($1, $2) order by a."sort_day", a."id" limit 50`)}) || ']}}' as "data"`,
  alike: ({ eventsAfter }: { eventsAfter: Nodes<Told> }) => ({ events: { nodes: eventsAfter.nodes.map(eventOf) } }),
};

/** The same page of a crisis as the record held it before half of what it holds. */
export const heldThen: Question = {
  name: "held then",
  shows: "50 events as the record held them half its life ago",
  variables: async (ask) => {
    const { changeSets } = (await ask(`query { changeSets(first: 1) { nodes { number } } }`, {})) as {
      changeSets: { nodes: { number: number }[] };
    };
    const number = Math.ceil((changeSets.nodes[0]?.number ?? 2) / 2);
    const at = new Date(Date.UTC(2020, 0, 1) + number * 60_000).toISOString();
    return {
      chancery: { crisis: `Crisis:${benchId("crisis", 3)}`, at },
      peer: { crisis: benchId("crisis", 3), number },
    };
  },
  chancery: `query ($crisis: ID!, $at: DateTime!) { record(asOf: { knownAt: $at, knownBy: RECORDED }) {
    events(filter: { crisis: { eq: $crisis } }, first: 50) { ${chancery} } } }`,
  postgraphile: `query ($crisis: UUID!, $number: Int!) { eventsHeld: peerEventsHeld(crisis: $crisis, number: $number) { ${postgraphile
    .replace("actor { name }", "actor { name: nameHeld(number: $number) }")
    .replace("title publisher", "title: titleHeld(number: $number) publisher: publisherHeld(number: $number)")} } }`,
  sql: `select '{"record":{"events":{"nodes":[' || (${json(
    `select e."title", a."sort_day" as "day", a."id" from "assertion" a join "event" e on e."assertion_id" = a."id"
    where a."kind" = 'EVENT' and a."crisis_id" = $1 and a."recorded_from" <= $2 and (a."recorded_to" is null or a."recorded_to" > $2) and a."reported_to" is null
    order by a."sort_day", a."id" limit 50`,
    "$2",
  )}) || ']}}}' as "data"`,
  alike: ({ eventsHeld }: { eventsHeld: Nodes<Told> }) => ({
    record: { events: { nodes: eventsHeld.nodes.map(eventOf) } },
  }),
};
