import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, Bloc, actorTypes } from "./actor.ts";
import { builder } from "./builder.ts";
import { link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byId } from "./filter.ts";
import { entryById } from "./thing.ts";

export const BlocMembership = factType("BlocMembership", (t) => ({
  bloc: link(t, "BlocMembership", "bloc", Actor),
  member: link(t, "BlocMembership", "member", Actor),
}));

const blocMemberships = factList("BlocMembership", {
  type: BlocMembership,
  description: "Who is a member of which bloc, for what time.",
  filter: {
    bloc: byId("blocId", ["Bloc"], "Of this bloc."),
    member: byId("memberId", actorTypes, "Of this member."),
  },
});

entryById("blocMembership", "BlocMembership", BlocMembership);
entry("blocMemberships", (t) => connection(t, blocMemberships));

const membershipsOfBloc = below(blocMemberships, "Its members, each for its time.", { blocId: new ParentKey() });
builder.objectField(Bloc, "memberships", (t) => connection(t, membershipsOfBloc));

const blocMembershipsOfActor = below(blocMemberships, "The blocs it is a member of.", { memberId: new ParentKey() });
builder.interfaceField(Actor, "blocMemberships", (t) => connection(t, blocMembershipsOfActor));
