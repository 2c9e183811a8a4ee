import { expect, it } from "vitest";
import { Refusal } from "../src/errors.ts";
import type { Problem } from "../src/formats/dossier/problem.ts";
import { readDossier } from "../src/formats/dossier/read-dossier.ts";
import { everyKind, written } from "./support/every-kind.ts";

/** What is wrong with a dossier. */
async function problemsOf(text: string): Promise<readonly Problem[]> {
  const refusal: unknown = await readDossier(text, { folder: "." }).then(
    () => new Error("Nothing was refused."),
    (error: unknown) => error,
  );
  if (!(refusal instanceof Refusal)) throw refusal;
  return refusal.details["problems"] as Problem[];
}

it.each<[string, string | RegExp, string, string, RegExp]>([
  [
    "a programme that leads nowhere",
    "programme: GAL-RUR, auth",
    "programme: GAL-RUS, auth",
    "designation.programme",
    /no sanctions programme "GAL-RUS".*"GAL-RUR" meant/,
  ],
  [
    "a claim as what follows an offer",
    "otherwise: threat, ",
    "otherwise: usurper, ",
    "commitment.otherwise",
    /of kind CLAIM; an assertion of kind COMMITMENT/,
  ],
  [
    "an event as what an offer lifts",
    "designation: michael-listed",
    "designation: bridge",
    "commitment.designation",
    /of kind EVENT; an assertion of kind DESIGNATION/,
  ],
  [
    "an event as the words of an offer",
    "utterance: rudolf-speaks, ",
    "utterance: bridge, ",
    "commitment.utterance",
    /of kind EVENT; an assertion of kind UTTERANCE/,
  ],
  [
    "an offer that answers a claim",
    "answers: bridge",
    "answers: usurper",
    "commitment.answers",
    /of kind CLAIM; an assertion of kind COMMITMENT or EVENT or UTTERANCE/,
  ],
  [
    "a claim that contradicts an event",
    "contradicts: usurper",
    "contradicts: bridge",
    "claim.contradicts",
    /of kind EVENT; an assertion of kind CLAIM or QUANTITY_CLAIM/,
  ],
  [
    "a claim that supports an event",
    "supports: three-hundred",
    "supports: bridge",
    "claim.supports",
    /of kind EVENT; an assertion of kind CLAIM or QUANTITY_CLAIM/,
  ],
  [
    "an account of a claim",
    "account: { event: bridge",
    "account: { event: usurper",
    "account.event",
    /of kind CLAIM; an assertion of kind EVENT/,
  ],
  [
    "a verdict on an event",
    "subject: three-hundred",
    "subject: bridge",
    "assessment.subject",
    /of kind EVENT; an assertion of kind CLAIM or QUANTITY_CLAIM or ACCOUNT/,
  ],
  [
    "a judgement of an event as a mention",
    "mention: named",
    "mention: bridge",
    "identityJudgement.mention",
    /of kind EVENT; an assertion of kind MENTION/,
  ],
  [
    "an actor as what is coded",
    "subject: gallia-michael",
    "subject: gallia",
    "eventCoding.subject",
    /"gallia" is an actor; an assertion is needed/,
  ],
  [
    "a bloc that is none",
    "bloc: league",
    "bloc: rudolf",
    "blocMembership.bloc",
    /of kind PERSON; an actor of kind BLOC/,
  ],
  [
    "a tally among what is no bloc",
    "among: league",
    "among: gallia",
    "recognitionTally.among",
    /of kind STATE; an actor of kind BLOC/,
  ],
  ["a member of itself", "member: gallia", "member: league", "blocMembership.member", /both "league"/],
  ["a stance towards oneself", "towards: michael", "towards: guards", "stance.towards", /both "guards"/],
  [
    "a threat that leads back to its offer",
    "action: To storm the castle",
    "action: To storm the castle, otherwise: offer",
    "commitment.otherwise",
    /"offer" would follow upon its own failure: offer, otherwise threat, otherwise offer/,
  ],
  [
    "a claim that contradicts itself",
    "contradicts: usurper",
    "contradicts: rightful",
    "claim.contradicts",
    /contradicts leads from "rightful" back to itself/,
  ],
  [
    "a threat that answers itself",
    "action: To storm the castle",
    "action: To storm the castle, answers: threat",
    "commitment.answers",
    /answers leads from "threat" back to itself/,
  ],
  ["a lowest above the highest", "low: 0", "low: 301", "quantityClaim.low", /301, is above the highest, 300/],
  ["a value below the lowest", "value: 300", "value: -1", "quantityClaim.value", /-1, is below the lowest, 0/],
  ["a value above the highest", "value: 300", "value: 301", "quantityClaim.value", /301, is above the highest, 300/],
  ["a tally below nothing", "value: 4", "value: -4", "recognitionTally.value", /whole number from 0/],
  ["a fifth quadrant", "quad: 1", "quad: 5", "eventCoding.quad", /whole number from 1 to 4/],
  ["a code without its leading zeros", "code: SUPPORT", "code: 057", "eventCoding.code", /quotation marks: "057"/],
  ["a score above one", "score: 0.9", "score: 1.1", "identityJudgement.score", /from 0 to 1/],
  [
    "a name that its passage does not hold",
    "surface: Micheal",
    "surface: Michael",
    "mention.surface",
    /"Michael" does not stand in "Duke Micheal holds Zenda"/,
  ],
  ["a judgement of nobody", "left: rudolf, ", "", "identityJudgement", /an actor as left, or a mention/],
  [
    "a judgement of two at once",
    "left: rudolf, ",
    "left: rudolf, mention: named, ",
    "identityJudgement",
    /leave one of them/,
  ],
  ["a judgement of one", "left: rudolf, ", "left: michael, ", "identityJudgement.right", /both "michael"/],
  [
    "an election that was none",
    "eventKind: ELECTION",
    "eventKind: MEETING",
    "event.election",
    /kind ELECTION has election.*kind MEETING/,
  ],
  [
    "a consignment that was none",
    "eventKind: AID",
    "eventKind: MEETING",
    "event.consignment",
    /kind AID has consignment.*kind MEETING/,
  ],
  [
    "a blockade that was none",
    "eventKind: BLOCKADE",
    "eventKind: MEETING",
    "event.blockade",
    /kind BLOCKADE has blockade.*kind MEETING/,
  ],
  [
    "a proposal of nobody",
    'extractor: { kind: MODEL, name: coder-one, version: "3" }, ',
    "",
    "status",
    /Only what a machine made is PROPOSED/,
  ],
  ["a machine's fact without evidence", "status: PROPOSED, ", "", "", /evidence is missing.*status PROPOSED/],
  ["a person as machine", "kind: MODEL, name", "kind: HUMAN, name", "extractor.kind", /one of MODEL, DATASET, RULE/],
  ["a report of no time", "reported: 1894-05-03T00:00:00Z, ", "", "", /reported: <instant>/],
  [
    "a person's fact without evidence",
    /, evidence: \*recognised \}\n {2}- \{ key: coded/,
    " }\n  - { key: coded",
    "",
    /evidence is missing/,
  ],
  [
    "an update of another kind",
    "updates:\n      - commitment:",
    "updates:\n      - account:",
    "updates[0].account",
    /has commitment, and no account/,
  ],
  [
    "an update without evidence",
    "        evidence: [{ document: courier, quote: The guards took the offer }]\n",
    "",
    "updates[0]",
    /field evidence is missing/,
  ],
])("%s is refused", async (_what, from, to, path, message) => {
  const problems = await problemsOf(written(everyKind, from, to));
  const here = problems.filter((problem) => problem.path.replace(/^assertions\[\d+\]\.?/, "") === path);
  expect(here.map((problem) => problem.message)).toContainEqual(expect.stringMatching(message));
  for (const { line, column } of here) expect([line > 40, column > 0]).toEqual([true, true]);
});
