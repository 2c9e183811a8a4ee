import { uuidOf } from "../graph/node.ts";
import { ownQueue, proposalQueue } from "../graph/proposal.ts";
import { joined, orNull, type Json } from "./json.ts";
import { every } from "./link.ts";
import { planConnection } from "./list.ts";
import type { Field, KnownMoment, Planning, Row } from "./planning.ts";
import { bareTableOf, columnAt } from "./row.ts";
import { sql, type Run } from "./run.ts";

/** Plans everything that was proposed. */
export function planProposals(planning: Planning, field: Field, moment: KnownMoment): Json {
  planning.tellAsker();
  return planConnection(planning, field, proposalQueue, moment);
}

/** Plans what the asker's own key proposed. */
export function planOwnProposals(planning: Planning, field: Field, moment: KnownMoment): Json {
  planning.tellAsker();
  return planConnection(planning, field, proposalQueue, moment, ({ asker }) => ownQueue(asker));
}

/** Plans the proposal with an id, for its author and for those who review. */
export function planProposal(planning: Planning, field: Field, moment: KnownMoment): Json {
  planning.tellAsker();
  const args = planning.args(field);
  const uuid = planning.once((run) => run.add(uuidOf(String(args(run)["id"]), ["Proposal"]), "uuid"));
  const { scope, from } = bareTableOf(planning, "Proposal", moment);
  const row: Row = { scope, types: ["Proposal"], moment, asked: null };
  // What may not be seen is not read, so that it takes no longer than what is not there.
  const match = (run: Run) => {
    const ifSeen = run.asker.scopes.has("review")
      ? ""
      : ` and ${columnAt(row, "keyId")} = ${run.add(run.asker.keyId, "uuid")}`;
    return `${columnAt(row, "id")} = ${uuid(run)}${ifSeen}`;
  };
  const found = sql(" from ", from, every(match));
  const among = sql(`select ${columnAt(row, "id")}`, found);
  return orNull(sql("(select ", joined(planning.object(field, { ...row, among })), found, ")"), field.nullable);
}
