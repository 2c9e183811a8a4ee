import { withArticle } from "../values/article.ts";
import { Actor } from "./actor.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { Event } from "./event.ts";
import { loadThingBy } from "./load.ts";
import { meaning } from "./meaning.ts";
import { Position } from "./position.ts";
import type { Shown } from "./row.ts";

const Election = builder.objectRef<Shown>("Election").implement({
  description: meaning("Election"),
  fields: (t) => ({ position: link(t, "Election", "position", Position) }),
});

const Consignment = builder.objectRef<Shown>("Consignment").implement({
  description: meaning("Consignment"),
  fields: (t) => ({
    donor: link(t, "Consignment", "donor", Actor),
    goods: column(t, "Consignment", "goods"),
    amount: column(t, "Consignment", "amount"),
    route: column(t, "Consignment", "route"),
  }),
});

const Blockade = builder.objectRef<Shown>("Blockade").implement({
  description: meaning("Blockade"),
  fields: (t) => ({ means: column(t, "Blockade", "means") }),
});

const details = { election: Election, consignment: Consignment, blockade: Blockade };
for (const [field, type] of Object.entries(details)) {
  const model = `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
  builder.objectField(Event, field, (t) =>
    t.field({
      type,
      nullable: true,
      description: `What there is to say of it as ${withArticle(field)}; null where it is none.`,
      extensions: { computed: "detail" },
      resolve: (event, _args, context, info) => loadThingBy(context, info, model, "assertionId", event.id),
    }),
  );
}
