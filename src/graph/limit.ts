import { bounds } from "../limit/bound.ts";
import { pageSize } from "../limit/count.ts";
import { builder } from "./builder.ts";

/** What `Limits` tells, each with what it means. */
const told: Readonly<Record<string, readonly [value: number, description: string]>> = {
  cost: [
    bounds.cost,
    "The most that one operation may cost. It costs one for every object that its answer may hold: a connection counts by its `first` or `last`, a plain list as three or as its bound, a leaf nothing. More costs what reads more than it shows: 10 a count of a whole list, 30 one by values, 20 each condition on letters and each list below a change, 50 each on whose word a fact rests on, 50 each name of `match`, 100 a `search`, 200 each step over ties, 300 a `delta`; of a mutation each operation, and each piece of evidence that is given, is one more. Every answer tells its cost under `extensions.cost` and as `x-cost`.",
  ],
  depth: [bounds.depth, "The most levels of fields below each other; fragments count as what they stand for."],
  aliases: [bounds.aliases, "The most aliases in an operation."],
  directives: [bounds.directives, "The most directives in an operation."],
  tokens: [bounds.tokens, "The most lexical tokens of a document; values given as variables do not count."],
  mutationFields: [bounds.mutationFields, "The most root fields of a mutation."],
  pageSize: [pageSize.most, "The most entries of a page."],
  usualPageSize: [pageSize.usual, "How many entries a page has where neither `first` nor `last` is given."],
  requestBytes: [bounds.requestBytes, "The most bytes of the body of a request."],
  answerBytes: [bounds.answerBytes, "The most bytes of an answer."],
  executionMs: [
    bounds.executionMs,
    "How long a query may take, in milliseconds. A mutation is done or not, whoever waits: it waits 20 s at most for its turn, and each of its statements may take 60 s.",
  ],
};

const Limits = builder.objectRef<typeof told>("Limits").implement({
  description: "How much one request may ask for. What asks for more is refused as a whole, before anything is read.",
  fields: (t) =>
    Object.fromEntries(
      Object.entries(told).map(([name, [value, description]]) => [name, t.int({ description, resolve: () => value })]),
    ),
});

builder.queryField("limits", (t) =>
  t.field({
    type: Limits,
    description: "How much one request may ask for: the same for everybody.",
    extensions: { constant: told },
    resolve: () => told,
  }),
);
