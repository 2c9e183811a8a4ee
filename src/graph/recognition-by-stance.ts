import type { GraphQLResolveInfo } from "graphql";
import { enumMeaning } from "../db/meaning.ts";
import { selectRows } from "../db/sql/page.ts";
import { ParentKey } from "../db/sql/parameters.ts";
import type { Where } from "../db/sql/where.ts";
import { knownIn, taken, validDuring, viewKey, type View } from "../record/view.ts";
import { Actor, actorTypes } from "./actor.ts";
import { builder } from "./builder.ts";
import { viewOf, type GraphContext } from "./context.ts";
import { loadThing } from "./load.ts";
import { enumOf } from "./meaning.ts";
import { uuidOf } from "./node.ts";
import { Position } from "./position.ts";
import { askedBy, type DaySpan, type Shown } from "./row.ts";

/** Those who take one stance towards one claimant. */
interface Group {
  readonly claimantId: string;
  readonly stance: string;
  readonly recogniserIds: readonly string[];
}

/** The most recognitions that are grouped at once. */
const most = 10_000;

const RecognitionStanceGroup = builder.objectRef<Group>("RecognitionStanceGroup").implement({
  description: "Who takes one stance towards one claimant of an office, by recognitions that are accepted or disputed.",
  fields: (t) => ({
    claimant: t.field({
      type: Actor,
      nullable: true,
      description: "The claimant; null where the view does not show them.",
      resolve: ({ claimantId }, _args, context, info) => loadThing(context, info, "Actor", claimantId),
    }),
    stance: t.field({
      type: enumOf("RecognitionStance"),
      description: "The stance.",
      resolve: ({ stance }) => stance as never,
    }),
    count: t.int({
      description: "How many take it, each counted once, shown or not.",
      resolve: (group) => group.recogniserIds.length,
    }),
    actors: t.field({
      type: [Actor],
      description: "Who takes it.",
      resolve: async ({ recogniserIds }, _args, context, info) => {
        const actors = await Promise.all(recogniserIds.map((id) => loadThing(context, info, "Actor", id)));
        return actors.filter((actor) => actor !== null);
      },
    }),
  }),
});

/** The recognitions by which actors stand somewhere in a view: on the days asked about, and towards one claimant, if any. */
export function standingIn(view: View, asked: DaySpan | null, claimantId: string | null): Where {
  const time = asked ? validDuring(asked.from, asked.to) : {};
  return {
    positionId: new ParentKey(),
    ...(claimantId === null ? {} : { claimantId }),
    assertion: { AND: [knownIn(view), taken, time] },
  };
}

async function readGroups(
  position: Shown,
  {
    validAt,
    claimant,
  }: { readonly validAt?: number | null | undefined; readonly claimant?: string | null | undefined },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Group[]> {
  const view = viewOf(context, info);
  const asked = validAt == null ? askedBy(view) : { from: validAt, to: validAt };
  const claimantId = claimant == null ? null : uuidOf(claimant, actorTypes);
  const name = `by stance|${viewKey(view)}|${asked?.from ?? ""}|${claimantId ?? ""}`;
  const loader = context.loaders.get<string, Group[]>(name, async (ids) => {
    const rows = await selectRows(context.db.pool, {
      model: "Recognition",
      where: { ...standingIn(view, asked, claimantId), positionId: { in: [...ids] } },
      order: ["sortDay", "id"],
      descending: false,
      limit: most + 1,
    });
    if (rows.length > most) throw new Error(`more than ${most} recognitions are to be grouped at once`);
    return ids.map((id) => groupsOf(rows.filter((row) => row["positionId"] === id)));
  });
  return loader.load(position.id);
}

function groupsOf(rows: readonly Readonly<Record<string, unknown>>[]): Group[] {
  const groups = new Map<string, { claimantId: string; stance: string; recognisers: Set<string> }>();
  for (const row of rows) {
    const [claimantId, stance] = [String(row["claimantId"]), String(row["stance"])];
    const group = groups.get(`${claimantId} ${stance}`) ?? { claimantId, stance, recognisers: new Set<string>() };
    group.recognisers.add(String(row["recogniserId"]));
    groups.set(`${claimantId} ${stance}`, group);
  }
  const stances = Object.keys(enumMeaning("RecognitionStance").values);
  const sorted = [...groups.values()].sort((a, b) => stances.indexOf(a.stance) - stances.indexOf(b.stance));
  return sorted.map(({ recognisers, ...group }) => ({ ...group, recogniserIds: [...recognisers] }));
}

builder.objectField(Position, "recognitionsByStance", (t) =>
  t.field({
    extensions: { computed: "recognitionsByStance" },
    type: [RecognitionStanceGroup],
    description:
      "Who stands where towards the claimants of the office: each claimant and stance with those who take it, of all that held, certainly or possibly, on a day, in the order of the stances. One of whom sources disagree stands in several.",
    args: {
      validAt: t.arg({
        type: "Date",
        description: "The day, in place of the view's; left out, that of the view, or else any.",
      }),
      claimant: t.arg.id({ description: "Towards this claimant only; left out, towards all." }),
    },
    resolve: (position, args, context, info) => readGroups(position, args, context, info),
  }),
);
