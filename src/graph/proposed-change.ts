import type { GraphQLResolveInfo } from "graphql";
import { selectProposalParts } from "../db/sql/proposal.ts";
import { bounds } from "../limit/bound.ts";
import { usualTimes, type Cost } from "../limit/count.ts";
import type { Brought } from "../record/operation/brought.ts";
import type { Difference } from "../record/operation/difference.ts";
import type { Outcome } from "../record/operation/outcome.ts";
import { encodeId } from "../values/ids.ts";
import { builder } from "./builder.ts";
import type { GraphContext } from "./context.ts";
import { loadFact, loadRecordByKey, loadThing, loadThingBy } from "./load.ts";
import { loadNode, Node } from "./node.ts";
import { refusal } from "./refusal.ts";
import type { Shown } from "./row.ts";
import { mayRead } from "./scope.ts";

type FieldChange = Difference["fields"][number];

/** How many characters of what proposals alter an answer has told. */
const lengths = new WeakMap<GraphContext, number>();

/** A text, unless the answer is too long with it: it may ask for the same one under many names. */
function told<Text extends string | null>(context: GraphContext, text: Text): Text {
  const length = (lengths.get(context) ?? 0) + (text?.length ?? 0);
  const isTooLong = length > bounds.answerBytes;
  // Once it is, nothing more is told.
  lengths.set(context, isTooLong ? Infinity : length);
  if (isTooLong) throw tooLong();
  return text;
}

function tooLong() {
  return refusal("QUERY_TOO_COMPLEX", "What these proposals alter is longer than an answer may be; ask for fewer.");
}

/** What one operation of a proposal alters. */
interface ProposedValue extends Difference {
  readonly outcome: Outcome;
  readonly open: boolean;
}

const ProposedField = builder.objectRef<FieldChange>("ProposedField").implement({
  description: "A field that a proposal alters, in words: links by key, dates as their source gives them.",
  fields: (t) => ({
    field: t.string({
      description: "The name of the field.",
      resolve: ({ field }, _args, context) => told(context, field),
    }),
    before: t.string({
      nullable: true,
      description: "What it says; null where it says nothing, and for who may not `read`.",
      resolve: ({ before }, _args, context) => (mayRead(context) ? told(context, before) : null),
    }),
    after: t.string({
      nullable: true,
      description: "What it would say; null where it would say nothing.",
      resolve: ({ after }, _args, context) => told(context, after),
    }),
  }),
});

/** A change as its proposal holds it. */
export const ProposedChange = builder.objectRef<ProposedValue>("ProposedChange").implement({
  description: "What one operation of a proposal alters.",
  fields: (t) => ({
    operation: t.exposeString("operation", { description: "The name of the operation, such as recognitionCorrect." }),
    id: t.id({
      description: "The id of what it changes, or of what it brings in, which was allotted when it was proposed.",
      resolve: ({ outcome: { type, id } }) => encodeId(type, id),
    }),
    current: t.field({
      type: Node,
      nullable: true,
      description:
        "What it brings in or changes, as it stands now; null while it is not on record, and for who may not `read`.",
      // The list counts as a usual one, and is read whole; what each of its entries leads to is not.
      extensions: { cost: { times: Math.ceil(bounds.operations / usualTimes) } satisfies Cost },
      resolve: ({ outcome: { type, id } }, _args, context, info) =>
        mayRead(context) ? loadNode(context, info, encodeId(type, id)) : null,
    }),
    outdated: t.boolean({
      description:
        "Whether the record went on meanwhile, so that it cannot be accepted: another version stands than the one that it was made for, what it withdraws was withdrawn, or what it brings in has a key that was taken. What else the record may not take by now, such as an identifier that another actor has or a copy that it holds, its acceptance tells. False once the proposal is decided.",
      resolve: (change, _args, context, info) => change.open && isOutdated(change, context, info),
    }),
    fields: t.field({
      type: [ProposedField],
      description: "The fields that it alters, against what it was made for.",
      resolve: ({ fields }) => [...fields],
    }),
  }),
});

async function isOutdated(change: ProposedValue, context: GraphContext, info: GraphQLResolveInfo): Promise<boolean> {
  const { outcome, versionId, amends, brings } = change;
  if (versionId !== null) return (await loadFact(context, info, outcome.id))?.id !== versionId;
  if (brings !== null) return (await holderOf(brings, context, info)) !== null;
  if (amends === null) return false;
  const thing = await loadThing(context, info, amends.model, amends.id);
  return (thing?.["amendedIn"] ?? null) !== amends.amendedIn;
}

function holderOf({ model, key, crisisId }: Brought, context: GraphContext, info: GraphQLResolveInfo) {
  return crisisId === null
    ? loadThingBy(context, info, model, "key", key)
    : loadRecordByKey(context, { crisisId, key });
}

/**
 * What a proposal alters, one for each of its operations. What is proposed may be long: of what an answer asks for at
 * once, no more is read than an answer may hold.
 * @throws a refusal QUERY_TOO_COMPLEX where it is longer
 */
export async function loadChanges(context: GraphContext, proposal: Shown): Promise<ProposedValue[]> {
  const loader = context.loaders.get<string, readonly (readonly [Difference, Outcome])[]>("changes", async (ids) => {
    const rows = await selectProposalParts(context.db.pool, ids, bounds.answerBytes);
    if (rows.some(({ difference }) => difference === null)) {
      throw tooLong();
    }
    const found = new Map(
      rows.map(({ id, difference, outcomes }) => {
        const told = outcomes as readonly Outcome[];
        return [id, (difference as readonly Difference[]).map((each, at) => [each, told[at] as Outcome] as const)];
      }),
    );
    return ids.map((id) => found.get(id) ?? new Error(`proposal ${id} is missing`));
  });
  const open = proposal["state"] === "PROPOSED";
  return (await loader.load(proposal.id)).map(([difference, outcome]) => ({ ...difference, outcome, open }));
}
