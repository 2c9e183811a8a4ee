import type { GraphQLResolveInfo } from "graphql";
import { selectRows } from "../db/sql/page.ts";
import type { Where } from "../db/sql/where.ts";
import { rivalries, type Rivalry, type Tenure } from "../record/contest.ts";
import { knownIn, taken, viewKey, type View } from "../record/view.ts";
import type { Certainty } from "../values/fuzzy-date.ts";
import { builder } from "./builder.ts";
import { viewOf, type GraphContext } from "./context.ts";
import { CertaintyEnum, certaintyOf } from "./fuzzy-date.ts";
import { Occupancy } from "./occupancy.ts";
import { Position } from "./position.ts";
import { askedBy, shown, type DaySpan, type Shown } from "./row.ts";

interface ContestRow extends Rivalry<Shown> {
  readonly position: Shown;
  readonly asked: DaySpan | null;
}

const Contest = builder.objectRef<ContestRow>("Contest").implement({
  description:
    "That more actors hold or claim an office than it has seats. Worked out from the occupancies on record that are accepted or disputed; it says who the rivals are, and never who is right.",
  fields: (t) => ({
    position: t.field({ type: Position, description: "The office.", resolve: ({ position }) => position }),
    from: t.field({
      type: "Date",
      nullable: true,
      description: "The first day these may have been rivals; null where no beginning is recorded.",
      resolve: (c) => c.from,
    }),
    to: t.field({
      type: "Date",
      nullable: true,
      description: "The last day these may have been rivals; null where no end is known.",
      resolve: (c) => c.to,
    }),
    certainty: t.field({
      type: CertaintyEnum,
      nullable: true,
      description:
        "CERTAIN where more than the seats were certainly held or claimed on the day asked about, else POSSIBLE; null where no day is asked about.",
      resolve: ({ asked, occupancies, position }) => {
        if (!asked) return null;
        const certain = occupancies.filter((row) => certaintyOf(row, asked) === "CERTAIN").map(tenureOf);
        return certaintyOfContest(certain, Number(position["seats"]), asked);
      },
    }),
    occupancies: t.field({
      type: [Occupancy],
      description: "The rival holdings and claims, the oldest first.",
      resolve: (c) => [...c.occupancies],
    }),
  }),
});

/** The most occupancies of one office that are weighed against each other. */
const most = 10_000;

/** The occupancies that are weighed against each other in a view. */
export function weighedIn(view: View): Where {
  return { assertion: { AND: [knownIn(view), taken] } };
}

/** The contests that tenures of an office make: those on the days asked about, or all where none are. */
export function contestsOf<T>(tenures: readonly Tenure<T>[], seats: number, asked: DaySpan | null): Rivalry<T>[] {
  return rivalries(tenures, seats).filter((span) => !asked || covers(span, asked));
}

/** How certain it is that an office is contested on the days asked about, by those of the tenures that are certain then. */
export function certaintyOfContest<T>(certain: readonly Tenure<T>[], seats: number, asked: DaySpan): Certainty {
  return contestsOf(certain, seats, asked).length > 0 ? "CERTAIN" : "POSSIBLE";
}

/** The contests of an office in the view; those on the days asked about, or all where none are. */
async function readContests(position: Shown, asked: DaySpan | null, context: GraphContext, info: GraphQLResolveInfo) {
  const seats = position["seats"];
  if (typeof seats !== "number") return [];
  const view = viewOf(context, info);
  const loader = context.loaders.get<string, Shown[]>(`contest|${viewKey(view)}|${asked?.from ?? ""}`, async (ids) => {
    const where = { positionId: { in: [...ids] }, ...weighedIn(view) };
    const rows = await selectRows(context.db.pool, {
      model: "Occupancy",
      where,
      order: ["sortDay", "id"],
      descending: false,
      limit: most + 1,
    });
    if (rows.length > most) throw new Error(`more than ${most} occupancies are weighed at once`);
    return ids.map((id) => rows.filter((row) => row["positionId"] === id).map((row) => shown("Assertion", row, asked)));
  });
  const tenures = (await loader.load(position.id)).map(tenureOf);
  return contestsOf(tenures, seats, asked).map((rivalry) => ({ ...rivalry, position, asked }));
}

function tenureOf(row: Shown): Tenure<Shown> {
  return {
    holder: String(row["holderId"]),
    nominee: row["capacity"] === "NOMINEE",
    from: row["startEarliest"] as number | null,
    to: row["endLatest"] as number | null,
    occupancy: row,
  };
}

function covers({ from, to }: Rivalry<unknown>, asked: DaySpan): boolean {
  return (from ?? -Infinity) <= asked.from && (to ?? Infinity) >= asked.to;
}

builder.objectField(Position, "contest", (t) =>
  t.field({
    extensions: { computed: "contest" },
    type: Contest,
    nullable: true,
    description:
      "The rivals for the office on a day; null where it is not contested then, and where its number of seats is not stated. Without a day, here or in the view: the latest contest on record.",
    args: {
      validAt: t.arg({ type: "Date", description: "The day, in place of the view's; left out, that of the view." }),
    },
    resolve: async (position, { validAt }, context, info) => {
      const asked = validAt == null ? askedBy(viewOf(context, info)) : { from: validAt, to: validAt };
      return (await readContests(position, asked, context, info)).at(-1) ?? null;
    },
  }),
);

builder.objectField(Position, "contests", (t) =>
  t.field({
    extensions: { computed: "contests" },
    type: [Contest],
    description:
      "Every span of days in which the office was contested, in order of time; a new one begins where the rivals change. The day of the view does not narrow it.",
    resolve: (position, _args, context, info) => readContests(position, null, context, info),
  }),
);
