import { countByField } from "../db/sql/facet.ts";
import type { Keys } from "../db/sql/page.ts";
import { ParentKey } from "../db/sql/parameters.ts";
import { Condition, type Where } from "../db/sql/where.ts";
import { knownIn, taken, viewKey, type KnownView, type View } from "../record/view.ts";
import { builder } from "./builder.ts";
import { connection } from "./connection.ts";
import { viewOf, type GraphContext } from "./context.ts";
import { keysOf, type KeyField, type ListSpec } from "./list.ts";
import { recognitions } from "./recognition.ts";
import { RecognitionTally } from "./recognition-tally.ts";
import type { Shown } from "./row.ts";

const recognising = ["RECOGNISES", "RECOGNISES_AS_INTERIM"];

/** Those that held, certainly or possibly, between the days that two keys of the parent give. */
const heldThen: Where = {
  AND: [
    { OR: [{ startEarliest: null }, { startEarliest: { lte: new ParentKey(3) } }] },
    { OR: [{ endLatest: null }, { endLatest: { gte: new ParentKey(2) } }] },
  ],
};

/** That no bloc is given as a key of the parent. */
const amongAll = new Condition((_scope, parameters) => `${parameters.key(4)}::uuid is null`);

function namedIn(view: View): Where {
  const member = { blocId: new ParentKey(4), assertion: { AND: [knownIn(view), taken, heldThen] } };
  return {
    positionId: new ParentKey(0),
    claimantId: new ParentKey(1),
    stance: { in: recognising },
    assertion: { AND: [taken, heldThen] },
    OR: [{ HOLDS: amongAll }, { recogniser: { membershipMemberBlocMembership: { some: member } } }],
  };
}

/** Office, claimant, the first and the last day on which the tally may have begun to hold, and the bloc, if any. */
export const tallyKeys: readonly KeyField[] = [
  "positionId",
  "claimantId",
  ["startEarliest", "startLatest", "sortDay"],
  ["startLatest", "startEarliest", "sortDay"],
  "amongId",
];

const named: ListSpec = {
  ...recognitions,
  description:
    "The recognitions that `named` counts: more than one may be of the same recogniser. Below it the view's moment of knowledge holds, and the tally's own day.",
  where: namedIn,
  ownTime: true,
  parent: tallyKeys,
};
builder.objectField(RecognitionTally, "namedRecognitions", (t) => connection(t, named));

/** Whose recognisers `named` counts, below a tally. */
export function namedKnown(view: View): Where {
  return { AND: [namedIn(view), { assertion: knownIn(view) }] };
}

async function countNamed(tally: Shown, context: GraphContext, view: KnownView): Promise<number> {
  const query = { model: "Recognition", where: namedKnown(view), field: "recogniserId", byMonth: false };
  const loader = context.loaders.get<Keys, number>(`named ${viewKey(view)}`, async (parents) =>
    (await countByField(context.db.pool, query, parents)).map((recognisers) => recognisers.length),
  );
  return loader.load(keysOf(tallyKeys, tally));
}

builder.objectField(RecognitionTally, "named", (t) =>
  t.int({
    description:
      "How many the record itself can name beside the number told: the recognisers of this claimant in this office, as RECOGNISES or RECOGNISES_AS_INTERIM, each counted once, by recognitions that are accepted or disputed, are known at the view's moment, and held, certainly or possibly, on the day the tally begins, or where it has none on the day it is ordered by. Where a bloc is given, only those that were its members that day.",
    extensions: { computed: "named" },
    resolve: (tally, _args, context, info) => countNamed(tally, context, viewOf(context, info)),
  }),
);
