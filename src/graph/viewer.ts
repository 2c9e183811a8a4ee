import type { Asker } from "../access/asker.ts";
import { builder } from "./builder.ts";
import { enumOf } from "./meaning.ts";
import { requiresNothing } from "./scope.ts";

const Viewer = builder.objectRef<Asker>("Viewer").implement({
  description: "Who asks: the holder of a key, or anybody. Tells a client what it may do before it tries.",
  fields: (t) => ({
    keyId: t.id({
      nullable: true,
      description: "The id of the key, by which logs and reviews name it; null for somebody without a key.",
      resolve: ({ keyId }) => keyId,
    }),
    name: t.string({
      description: "What the key is called, and the author of what it enters; `anybody` without a key.",
      resolve: ({ name }) => name,
    }),
    scopes: t.field({
      type: [enumOf("Scope")],
      description: "What may be asked for, the least first. None implies another.",
      resolve: ({ scopes }) => [...scopes].map((scope) => scope.toUpperCase()),
    }),
    expiresAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "The moment from which the key is no longer accepted; null where none was set, and without a key.",
      resolve: ({ expiresAt }) => expiresAt,
    }),
  }),
});

builder.queryField("viewer", (t) =>
  t.field({
    type: Viewer,
    description: "Who asks, and what they may do. Whoever is let in may ask, whatever the scopes of their key.",
    extensions: { ...requiresNothing, computed: "viewer" },
    resolve: (_root, _args, { asker }) => asker,
  }),
);
