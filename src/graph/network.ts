import type { GraphQLResolveInfo } from "graphql";
import { selectRows } from "../db/sql/page.ts";
import type { Where } from "../db/sql/where.ts";
import { selectTies, type Tie } from "../db/sql/tie.ts";
import type { Cost } from "../limit/count.ts";
import { knownIn, taken, validDuring, type View } from "../record/view.ts";
import { Actor, actorTypes } from "./actor.ts";
import { Assertion } from "./assertion.ts";
import { builder } from "./builder.ts";
import { viewOf, type GraphContext } from "./context.ts";
import { entry } from "./entry.ts";
import { loadThing, withDetails } from "./load.ts";
import { loadNode, uuidOf } from "./node.ts";
import { badInput } from "./refusal.ts";
import { askedBy, shown } from "./row.ts";

/** The most actors of a network, and the most ties that are looked through at a step. */
export const [mostActors, mostTies] = [200, 5000] as const;
/** What it costs to look through the ties of a step. */
const step = 200;
const mostDepth = 3;
const mostSteps = 6;

const kinds = {
  RECOGNITION: { description: "One takes a stance towards the other as claimant of an office." },
  STANCE: { description: "One stands somewhere towards the other." },
  OCCUPANCY: { description: "One asserts that the other holds an office." },
  COMMITMENT: { description: "One promised, offered, threatened or demanded something of the other." },
  UTTERANCE: { description: "One spoke to the other." },
  EVENT: { description: "Both took part in one event." },
  MEMBERSHIP: { description: "One is a member of the other." },
} as const;

const TieKind = builder.enumType("TieKind", { description: "What ties two actors.", values: kinds });

/** The names of what ties actors. */
export const tieKinds = Object.keys(kinds);

interface Network {
  readonly actorIds: readonly string[];
  readonly ties: readonly Tie[];
  readonly cut: boolean;
}

function loadActors(ids: readonly string[], context: GraphContext, info: GraphQLResolveInfo) {
  return Promise.all(ids.map((id) => loadThing(context, info, "Actor", id))).then((actors) =>
    actors.filter((actor) => actor !== null),
  );
}

const NetworkTie = builder.objectRef<Tie>("NetworkTie").implement({
  description: "That an assertion ties two actors.",
  fields: (t) => {
    const end = (field: "fromId" | "toId", description: string) =>
      t.field({
        type: Actor,
        nullable: true,
        description: `${description}; null where the view does not show them.`,
        resolve: (tie, _args, context, info) => loadThing(context, info, "Actor", tie[field]),
      });
    return {
      from: end("fromId", "Who acts: who recognises, speaks, promises, belongs; of an event who is named first"),
      to: end("toId", "Whom it is towards; of an event who is named later"),
      through: t.field({ type: TieKind, description: "What ties them.", resolve: ({ through }) => through as never }),
      assertion: t.field({
        type: Assertion,
        description: "The assertion that ties them.",
        resolve: ({ versionId }, _args, context, info) => {
          const asked = askedBy(viewOf(context, info));
          const loader = context.loaders.get<string, object>("tying version", async (ids) => {
            const query = { model: "Assertion", where: { id: { in: [...ids] } }, order: ["id"], descending: false };
            const rows = await withDetails(context, await selectRows(context.db.pool, { ...query, limit: ids.length }));
            const found = new Map(rows.map((row) => [row["id"], row]));
            return ids.map((id) => found.get(id) ?? new Error(`version ${id} is missing`));
          });
          return loader.load(versionId).then((row) => shown("Assertion", row as Record<string, unknown>, asked));
        },
      }),
    };
  },
});

const ActorNetwork = builder.objectRef<Network>("ActorNetwork").implement({
  description: "Actors, and the assertions that tie them to each other.",
  fields: (t) => ({
    actors: t.field({
      type: [Actor],
      description: "The actors, in the order in which they are met.",
      extensions: { cost: { times: mostActors } satisfies Cost },
      resolve: ({ actorIds }, _args, context, info) => loadActors(actorIds, context, info),
    }),
    ties: t.field({
      type: [NetworkTie],
      description: "What ties these actors to each other, as far as it was met on the way.",
      extensions: { cost: { times: mostActors } satisfies Cost },
      resolve: ({ ties }) => [...ties],
    }),
    cut: t.boolean({
      description: `Whether there is more than is shown: beyond ${mostActors} actors or ${mostTies} ties a step, no further ones are.`,
      resolve: ({ cut }) => cut,
    }),
  }),
});

/** The assertions that tie in a view. */
export function knownTies(view: View): Where {
  const asked = askedBy(view);
  return { AND: [knownIn(view), taken, asked ? validDuring(asked.from, asked.to) : {}] };
}

/** Throws bad input for a number of steps that is not gone. */
export function expectDepth(depth: number): void {
  if (depth < 1 || depth > mostDepth) throw badInput(`depth is ${depth}; it may be 1 to ${mostDepth}.`);
}

/** Throws bad input for a length of a way that is not gone. */
export function expectSteps(maxDepth: number): void {
  if (maxDepth < 1 || maxDepth > mostSteps) throw badInput(`maxDepth is ${maxDepth}; it may be 1 to ${mostSteps}.`);
}

/** The ties of some actors as the field's view shows them. */
async function tiesOf(
  actors: readonly string[],
  through: readonly string[],
  context: GraphContext,
  info: GraphQLResolveInfo,
) {
  const known = knownTies(viewOf(context, info));
  const ties = await selectTies(context.db.pool, { actors, through, known, limit: mostTies + 1 });
  return { ties: ties.slice(0, mostTies), cut: ties.length > mostTies };
}

async function readNetwork(
  start: string,
  depth: number,
  through: readonly string[],
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Network> {
  const met = new Set([start]);
  const ties = new Map<string, Tie>();
  let [edge, cut] = [[start], false];
  for (let step = 0; step < depth && edge.length > 0; step += 1) {
    const found = await tiesOf(edge, through, context, info);
    cut ||= found.cut;
    edge = [];
    for (const tie of found.ties) {
      for (const id of [tie.fromId, tie.toId].filter((each) => !met.has(each))) {
        if (met.size === mostActors) cut = true;
        else edge.push((met.add(id), id));
      }
      if (met.has(tie.fromId) && met.has(tie.toId)) ties.set(JSON.stringify(tie), tie);
    }
  }
  return { actorIds: [...met], ties: [...ties.values()], cut };
}

const through = { description: "Through what; left out, through anything." };

builder.interfaceField(Actor, "network", (t) =>
  t.field({
    extensions: { computed: "network", cost: { per: ["depth", step] } satisfies Cost },
    type: ActorNetwork,
    description: `Who is tied to it, and through what, by what the view knows; ${mostActors} actors at most.`,
    args: {
      depth: t.arg.int({ required: true, defaultValue: 1, description: `Over how many ties, 1 to ${mostDepth}.` }),
      through: t.arg({ type: [TieKind], ...through }),
    },
    resolve: (actor, args, context, info) => {
      expectDepth(args.depth);
      return readNetwork(actor.id, args.depth, args.through ?? tieKinds, context, info);
    },
  }),
);

/** Goes out from `from` one tie at a time until `to` is met, and then back along the ties by which it was. */
async function findPath(
  { from, to, maxDepth }: { from: string; to: string; maxDepth: number },
  names: readonly string[],
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Network | null> {
  const metBy = new Map<string, Tie | null>([[from, null]]);
  let [edge, cut] = [[from], false];
  for (let step = 0; step < maxDepth && !metBy.has(to) && edge.length > 0; step += 1) {
    const found = await tiesOf(edge, names, context, info);
    const behind = new Set(edge);
    cut ||= found.cut;
    edge = [];
    for (const tie of found.ties) {
      const next = behind.has(tie.fromId) ? tie.toId : tie.fromId;
      if (!metBy.has(next)) edge.push((metBy.set(next, tie), next));
    }
  }
  if (!metBy.has(to)) return cut ? { actorIds: [], ties: [], cut } : null;
  const [actorIds, ties]: [string[], Tie[]] = [[to], []];
  for (let tie = metBy.get(to); tie; tie = metBy.get(actorIds[0] ?? "")) {
    actorIds.unshift(tie.fromId === actorIds[0] ? tie.toId : tie.fromId);
    ties.unshift(tie);
  }
  return { actorIds, ties, cut };
}

entry("connectionBetween", (t) =>
  t.field({
    extensions: { computed: "connectionBetween", cost: { per: ["maxDepth", step] } satisfies Cost },
    type: ActorNetwork,
    nullable: true,
    description:
      "A shortest way from one actor to another over ties, in its order; null where none is so short, and where the view does not show both. Where `cut` is true there were more ties than are looked through: the way may not be the shortest, and where it names nobody there may be one; narrow `through`.",
    args: {
      from: t.arg.id({ required: true, description: "The id of the actor to go from." }),
      to: t.arg.id({ required: true, description: "The id of the actor to go to." }),
      maxDepth: t.arg.int({
        required: true,
        defaultValue: 4,
        description: `Over how many ties at most, 1 to ${mostSteps}.`,
      }),
      through: t.arg({ type: [TieKind], ...through }),
    },
    resolve: async (_root, args, context, info) => {
      expectSteps(args.maxDepth);
      const ends = { from: uuidOf(args.from, actorTypes), to: uuidOf(args.to, actorTypes), maxDepth: args.maxDepth };
      const shownEnds = await Promise.all([args.from, args.to].map((id) => loadNode(context, info, id)));
      if (shownEnds.includes(null)) return null;
      return findPath(ends, args.through ?? tieKinds, context, info);
    },
  }),
);
