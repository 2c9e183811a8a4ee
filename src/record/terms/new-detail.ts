import type { AssertionKind } from "../../generated/prisma/enums.ts";
import type { Detail } from "../detail.ts";
import type { Ids } from "./ids.ts";
import { newEvent, newOccupancy, newRecognition, newUtterance } from "./new-deed.ts";
import { newAssessment, newAccount, newClaim, newQuantityClaim } from "./new-claim.ts";
import { newEventCoding, newIdentityJudgement, newMention } from "./new-coding.ts";
import { newCommitment, newDesignation } from "./new-sanction.ts";
import { newBlocMembership, newRecognitionTally, newStance } from "./new-standing.ts";
import type { StateEntry } from "./read-state.ts";

/** What an assertion of a dossier says, with the ids of what it speaks of. */
export function newDetail(kind: AssertionKind, state: StateEntry, ids: Ids): Detail {
  const detail = detailOf(kind, state, ids);
  if (!detail) throw new Error(`It was not looked whether the state at ${state.spot.path} says what its kind does.`);
  return detail;
}

function detailOf(kind: AssertionKind, state: StateEntry, ids: Ids): Detail | null {
  const { occupancy, recognition, utterance, event, designation, commitment, claim, quantityClaim } = state;
  const { account, stance, recognitionTally, blocMembership, eventCoding, assessment } = state;
  const { mention, identityJudgement } = state;
  switch (kind) {
    case "OCCUPANCY":
      return occupancy && { kind, says: newOccupancy(occupancy, ids) };
    case "RECOGNITION":
      return recognition && { kind, says: newRecognition(recognition, ids) };
    case "UTTERANCE":
      return utterance && { kind, says: newUtterance(utterance, ids) };
    case "EVENT":
      return event && { kind, says: newEvent(event, ids) };
    case "DESIGNATION":
      return designation && { kind, says: newDesignation(designation, ids) };
    case "COMMITMENT":
      return commitment && { kind, says: newCommitment(commitment, ids) };
    case "CLAIM":
      return claim && { kind, says: newClaim(claim, ids) };
    case "QUANTITY_CLAIM":
      return quantityClaim && { kind, says: newQuantityClaim(quantityClaim, ids) };
    case "ACCOUNT":
      return account && { kind, says: newAccount(account, ids) };
    case "STANCE":
      return stance && { kind, says: newStance(stance, ids) };
    case "RECOGNITION_TALLY":
      return recognitionTally && { kind, says: newRecognitionTally(recognitionTally, ids) };
    case "BLOC_MEMBERSHIP":
      return blocMembership && { kind, says: newBlocMembership(blocMembership, ids) };
    case "EVENT_CODING":
      return eventCoding && { kind, says: newEventCoding(eventCoding, ids) };
    case "ASSESSMENT":
      return assessment && { kind, says: newAssessment(assessment, ids) };
    case "MENTION":
      return mention && { kind, says: newMention(mention, ids) };
    case "IDENTITY_JUDGEMENT":
      return identityJudgement && { kind, says: newIdentityJudgement(identityJudgement, ids) };
  }
}
