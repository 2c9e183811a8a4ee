import "./scalar.ts";
import "./node.ts";
import "./entry.ts";
import "./node-entry.ts";
import "./actor.ts";
import "./document.ts";
import "./place.ts";
import "./position.ts";
import "./crisis.ts";
import "./change-set.ts";
import "./evidence.ts";
import "./assertion.ts";
import "./occupancy.ts";
import "./recognition.ts";
import "./utterance.ts";
import "./event.ts";
import "./contest.ts";
import type { GraphQLSchema } from "graphql";
import { builder } from "./builder.ts";

/** The schema that is served, built of every noun; a noun stands after those it builds on. */
export const schema: GraphQLSchema = builder.toSchema();
