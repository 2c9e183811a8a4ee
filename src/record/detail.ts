import type { Tx } from "../db/client.ts";
import { enterAccounts, type NewAccount } from "./account.ts";
import { enterAssessments, type NewAssessment } from "./assessment.ts";
import { enterBlocMemberships, type NewBlocMembership } from "./bloc-membership.ts";
import { enterClaims, type NewClaim } from "./claim.ts";
import { commitmentColumns, enterCommitments, type NewCommitment } from "./commitment.ts";
import { designationColumns, enterDesignations, type NewDesignation } from "./designation.ts";
import type { ChangeSet } from "./entry.ts";
import { enterEventCodings, type NewEventCoding } from "./event-coding.ts";
import { enterEvents, type NewEvent } from "./event.ts";
import { enterIdentityJudgements, type NewIdentityJudgement } from "./identity-judgement.ts";
import { enterMentions, mentionColumns, type NewMention } from "./mention.ts";
import { enterOccupancies, type NewOccupancy } from "./occupancy.ts";
import { enterQuantityClaims, type NewQuantityClaim } from "./quantity-claim.ts";
import { enterRecognitionTallies, type NewRecognitionTally } from "./recognition-tally.ts";
import { enterRecognitions, type NewRecognition } from "./recognition.ts";
import { enterStances, type NewStance } from "./stance.ts";
import { enterUtterances, type NewUtterance } from "./utterance.ts";

/** What assertions of each kind say, to be entered. */
interface Says {
  readonly OCCUPANCY: NewOccupancy;
  readonly RECOGNITION: NewRecognition;
  readonly UTTERANCE: NewUtterance;
  readonly EVENT: NewEvent;
  readonly DESIGNATION: NewDesignation;
  readonly COMMITMENT: NewCommitment;
  readonly CLAIM: NewClaim;
  readonly QUANTITY_CLAIM: NewQuantityClaim;
  readonly ACCOUNT: NewAccount;
  readonly STANCE: NewStance;
  readonly RECOGNITION_TALLY: NewRecognitionTally;
  readonly BLOC_MEMBERSHIP: NewBlocMembership;
  readonly EVENT_CODING: NewEventCoding;
  readonly ASSESSMENT: NewAssessment;
  readonly MENTION: NewMention;
  readonly IDENTITY_JUDGEMENT: NewIdentityJudgement;
}

/** What an assertion says of the world, by its kind. */
export type Detail = { [Kind in keyof Says]: { readonly kind: Kind; readonly says: Says[Kind] } }[keyof Says];

/** What an assertion says, as the columns of its kind; what an event has in tables of its own stays as it is. */
export function detailColumns(detail: Detail): object {
  if (detail.kind === "DESIGNATION") return designationColumns(detail.says);
  if (detail.kind === "COMMITMENT") return commitmentColumns(detail.says);
  if (detail.kind === "MENTION") return mentionColumns(detail.says);
  return { ...detail.says };
}

/** Enters what assertions say. The assertions, and the records that they lead to, are entered before. */
export function enterDetails(
  tx: Tx,
  set: ChangeSet,
  assertions: readonly { readonly assertionId: string; readonly detail: Detail }[],
): void {
  const of = <Kind extends keyof Says>(kind: Kind): (Says[Kind] & { assertionId: string })[] =>
    assertions.flatMap(({ assertionId, detail }) => {
      return detail.kind === kind ? [{ assertionId, ...(detail.says as Says[Kind]) }] : [];
    });
  enterOccupancies(tx, set, of("OCCUPANCY"));
  enterRecognitions(tx, set, of("RECOGNITION"));
  enterUtterances(tx, set, of("UTTERANCE"));
  enterEvents(tx, set, of("EVENT"));
  enterDesignations(tx, set, of("DESIGNATION"));
  enterCommitments(tx, set, of("COMMITMENT"));
  enterClaims(tx, set, of("CLAIM"));
  enterQuantityClaims(tx, set, of("QUANTITY_CLAIM"));
  enterAccounts(tx, set, of("ACCOUNT"));
  enterStances(tx, set, of("STANCE"));
  enterRecognitionTallies(tx, set, of("RECOGNITION_TALLY"));
  enterBlocMemberships(tx, set, of("BLOC_MEMBERSHIP"));
  enterEventCodings(tx, set, of("EVENT_CODING"));
  enterAssessments(tx, set, of("ASSESSMENT"));
  enterMentions(tx, set, of("MENTION"));
  enterIdentityJudgements(tx, set, of("IDENTITY_JUDGEMENT"));
}
