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
import "./history.ts";
import "./occupancy.ts";
import "./recognition.ts";
import "./utterance.ts";
import "./event.ts";
import "./contest.ts";
import "./event-detail.ts";
import "./sanctions-programme.ts";
import "./timeline.ts";
import "./designation.ts";
import "./commitment.ts";
import "./claim.ts";
import "./quantity-claim.ts";
import "./account.ts";
import "./stance.ts";
import "./recognition-tally.ts";
import "./recognition-by-stance.ts";
import "./named-recognition.ts";
import "./bloc-membership.ts";
import "./event-coding.ts";
import "./assessment.ts";
import "./mention.ts";
import "./identity-judgement.ts";
import "./delta.ts";
import "./network.ts";
import "./change.ts";
import "./write/fact.ts";
import type { GraphQLSchema } from "graphql";
import { builder } from "./builder.ts";
import { federate } from "./federation.ts";
import { guard } from "./scope.ts";

/** The contract of the API, built of every noun; a noun stands after those it builds on. */
export const schema: GraphQLSchema = guard(builder.toSchema());

/** The schema that is served: the contract, and what a gateway of a federation asks besides. */
export const served: GraphQLSchema = federate(schema);
