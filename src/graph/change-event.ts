import { readChangeCursor } from "../feed/cursor.ts";
import type { FeedEvent } from "../feed/stream.ts";
import { builder } from "./builder.ts";
import { Change } from "./change.ts";
import { askChangeFilter, ChangeFilterInput, resolveFilter } from "./change-filter.ts";
import { requires } from "./scope.ts";

const ChangeEvent = builder.objectRef<FeedEvent>("ChangeEvent").implement({
  description: "An event of a stream of changes: one change, or word of how far the stream has come.",
  fields: (t) => ({
    cursor: t.exposeString("cursor", {
      description:
        "The place in the log that the stream has come to: given as `after`, the stream or `changes` goes on there, also with another server and another filter. It stays good for ever.",
    }),
    change: t.field({
      type: Change,
      nullable: true,
      description:
        "What was changed. Null where the event only tells the place: once, when everything before it has been told and the stream goes on live, and now and then while others' changes pass.",
      resolve: ({ change }) => change,
    }),
  }),
});

builder.subscriptionType({ description: "What is told as it happens, as a stream of Server-Sent Events." });

builder.subscriptionField("recordChanged", (t) =>
  t.field({
    type: ChangeEvent,
    description:
      "Every change of the record, in the order of commits, each once and none left out: first those after the cursor, out of the log, then each as it is committed. The log is never cut, so that no cursor is too old. A stream that is read too slowly, or whose server stops, ends with the error RESUME_FROM and the `cursor` to go on from.",
    args: {
      after: t.arg.string({
        description: "Begin after this cursor of `changes` or of an event; left out, with what changes next.",
      }),
      filter: t.arg({ type: ChangeFilterInput, description: "Which changes to tell of; left out, all." }),
    },
    extensions: requires("read"),
    subscribe: async (_root, { after, filter }, context, info) => {
      const wanted = await resolveFilter(askChangeFilter(filter), context, info);
      const from = after == null ? null : await readChangeCursor(context.db, after);
      return context.feed.open(context, wanted, from);
    },
    resolve: (event) => event,
  }),
);
