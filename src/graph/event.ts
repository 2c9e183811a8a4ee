import { ParentKey } from "../db/sql/parameters.ts";
import type { Where } from "../db/sql/where.ts";
import { Actor, actorTypes } from "./actor.ts";
import { builder } from "./builder.ts";
import { children, throughChildren } from "./child.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byEnum, byId } from "./filter.ts";
import { meaning } from "./meaning.ts";
import { Place } from "./place.ts";
import type { Shown } from "./row.ts";
import { entryById } from "./thing.ts";

const Participation = builder.objectRef<Shown>("Participation").implement({
  description: meaning("Participation"),
  fields: (t) => ({ actor: link(t, "Participation", "actor", Actor), role: column(t, "Participation", "role") }),
});

export const Event: ReturnType<typeof factType> = factType("Event", (t) => ({
  title: column(t, "Event", "title"),
  eventKind: column(t, "Event", "eventKind"),
  eventStatus: column(t, "Event", "eventStatus"),
  partOf: link(t, "Event", "partOf", Event),
  participations: children(t, Participation, "Who took part, and in what part.", {
    model: "Participation",
    field: "assertionId",
    order: ["assertionId", "ordinal"],
  }),
  places: throughChildren(t, Place, "Where it took place; empty where the source does not say.", {
    model: "EventPlace",
    field: "assertionId",
    order: ["assertionId", "placeId"],
    relation: "place",
  }),
}));

const tookPart = (actor: Where): Where => ({ assertion: { participations: { some: actor } } });
const tookPlace = (place: Where): Where => ({ assertion: { eventPlaces: { some: place } } });

const events = factList("Event", {
  type: Event,
  description: "What happened, was to happen, or is said to have happened.",
  filter: {
    eventKind: byEnum("EventKind", "eventKind", "By what kind of event it is."),
    eventStatus: byEnum("EventStatus", "eventStatus", "By how far it came about."),
    participant: byId("actorId", actorTypes, "In which this actor took part.", tookPart),
    place: byId("placeId", ["Place"], "That took place here.", tookPlace),
    partOf: byId("partOfId", ["Event"], "Right below this larger event."),
  },
});

entryById("event", "Event", Event);
entry("events", (t) => connection(t, events));

const ofActor = below(events, "The events it took part in.", tookPart({ actorId: new ParentKey() }));
builder.interfaceField(Actor, "events", (t) => connection(t, ofActor));

const ofPlace = below(events, "The events that took place here.", tookPlace({ placeId: new ParentKey() }));
builder.objectField(Place, "events", (t) => connection(t, ofPlace));

const parts = below(events, "The events that are part of it.", { partOfId: new ParentKey() }, ["recordId"]);
builder.objectField(Event, "parts", (t) => connection(t, parts));
