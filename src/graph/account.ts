import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byId } from "./filter.ts";
import { Event } from "./event.ts";
import { entryById } from "./thing.ts";

export const Account = factType("Account", (t) => ({
  event: link(t, "Account", "event", Event),
  teller: link(t, "Account", "teller", Actor),
  frame: column(t, "Account", "frame"),
  statusAsserted: column(t, "Account", "statusAsserted"),
}));

const accounts = factList("Account", {
  type: Account,
  description: "The tellings of events; rivals stand side by side.",
  filter: {
    teller: byId("tellerId", actorTypes, "Told by this actor."),
    event: byId("eventId", ["Event"], "Of this event."),
  },
});

entryById("account", "Account", Account);
entry("accounts", (t) => connection(t, accounts));

const accountsOfEvent = below(accounts, "Every telling of it, by whom, in what words.", { eventId: new ParentKey() }, [
  "recordId",
]);
builder.objectField(Event, "accounts", (t) => connection(t, accountsOfEvent));

const accountsOfActor = below(accounts, "The events it tells, its way.", { tellerId: new ParentKey() });
builder.interfaceField(Actor, "accounts", (t) => connection(t, accountsOfActor));
