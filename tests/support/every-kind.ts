/** A crisis in miniature whose dossier holds an assertion of every kind, and every link that one may have. */
export const everyKind = `dossier: 1
crisis: { key: ruritania-1894, title: Ruritanian succession, summary: Two men claim the throne of Ruritania. }
documents:
  - key: gazette
    title: Two kings
    publisher: Strelsau Gazette
    kind: ARTICLE
    language: en
    published: 1894-05-02
    licence: CC0-1.0
    textPublic: true
    capture:
      mediaType: text/plain
      capturedAt: 2026-01-05T10:00:00Z
      text: |-
        Rudolf was crowned king. Gallia recognises Michael.
        Duke Micheal holds Zenda, and up to 300 guards with him.
  - key: courier
    title: The castle falls
    publisher: Zenda Courier
    kind: ARTICLE
    language: en
    published: 1894-06-01
    licence: CC0-1.0
    textPublic: true
    capture:
      mediaType: text/plain
      capturedAt: 2026-01-05T10:00:00Z
      text: Gallia no longer recognises Michael. The guards took the offer.
actors:
  - { key: gallia, kind: STATE, name: Gallia }
  - { key: league, kind: BLOC, name: League of the Rhine }
  - { key: rudolf, kind: PERSON, name: Rudolf }
  - { key: michael, kind: PERSON, name: Michael }
  - { key: guards, kind: COLLECTIVE, name: Guards of Zenda }
positions:
  - { key: king, title: King of Ruritania, seats: 1 }
programmes:
  - { key: GAL-RUR, title: Measures of Gallia, issuer: gallia, legalBases: [Decree 7], measures: [freezing of assets] }
assertions:
  - { key: rudolf-king, kind: OCCUPANCY, occupancy: { holder: rudolf, position: king, capacity: INCUMBENT, claimType: DE_JURE }, evidence: &crowned [{ document: gazette, quote: Rudolf was crowned king }] }
  - key: gallia-michael
    kind: RECOGNITION
    valid: { start: 1894-04 }
    recognition: { recogniser: gallia, claimant: michael, position: king, stance: RECOGNISES, onBehalfOf: league }
    evidence: &recognised [{ document: gazette, quote: Gallia recognises Michael }]
  - { key: rudolf-speaks, kind: UTTERANCE, utterance: { speaker: rudolf, paraphrase: He is the king, said: 1894-05-01, channel: SPEECH }, evidence: *crowned }
  - { key: vote, kind: EVENT, event: { title: The estates vote, eventKind: ELECTION, status: PLANNED, election: { position: king } }, evidence: *crowned }
  - { key: bread, kind: EVENT, event: { title: Bread for Zenda, eventKind: AID, status: BLOCKED, partOf: vote, consignment: { donor: gallia, goods: [bread, salt], amount: ten carts, route: over the bridge } }, evidence: *crowned }
  - { key: bridge, kind: EVENT, event: { title: The bridge is closed, eventKind: BLOCKADE, status: OCCURRED, blockade: { means: [carts] } }, evidence: &holds [{ document: gazette, quote: Duke Micheal holds Zenda }] }
  - { key: michael-listed, kind: DESIGNATION, valid: { start: 1894-04-20 }, designation: { target: michael, programme: GAL-RUR, authority: gallia, listed: { edtf: 1894-04-19, text: the day before, basis: INFERRED }, measures: [freezing of assets], reason: Rebellion, reference: "0007" }, evidence: *holds }
  - key: offer
    kind: COMMITMENT
    commitment: { commitmentKind: OFFER, by: rudolf, to: guards, action: To lift the measures, conditions: They open the gates, otherwise: threat, programme: GAL-RUR, designation: michael-listed, deadline: 1894-05-31, commitmentStatus: OPEN, utterance: rudolf-speaks, answers: bridge }
    evidence: *holds
    updates:
      - commitment: { commitmentKind: OFFER, by: rudolf, to: guards, action: To lift the measures, conditions: They open the gates, otherwise: threat, programme: GAL-RUR, designation: michael-listed, deadline: 1894-05-31, commitmentStatus: MET, outcome: The guards took it, utterance: rudolf-speaks, answers: bridge }
        evidence: [{ document: courier, quote: The guards took the offer }]
  - { key: threat, kind: COMMITMENT, commitment: { commitmentKind: THREAT, by: rudolf, action: To storm the castle, commitmentStatus: LAPSED }, evidence: *holds }
  - { key: rightful, kind: CLAIM, claim: { proposition: Michael is the rightful king, claimant: gallia, about: michael, subject: rudolf-king, contradicts: usurper, supports: three-hundred }, evidence: *recognised }
  - { key: usurper, kind: CLAIM, claim: { proposition: Michael is the rightful king, claimant: rudolf, polarity: DENIES }, evidence: *crowned }
  - { key: three-hundred, kind: QUANTITY_CLAIM, quantityClaim: { claimant: michael, value: 300, low: 0, high: 300, comparator: UP_TO, unit: person, counted: guards in Zenda, words: up to 300 guards, condition: in May, subject: bridge }, evidence: [{ document: gazette, quote: up to 300 guards }] }
  - { key: bridge-by-michael, kind: ACCOUNT, account: { event: bridge, teller: michael, frame: It is under repair, statusAsserted: DENIED }, evidence: *holds }
  - { key: guards-loyal, kind: STANCE, stance: { actor: guards, towards: michael, stanceKind: LOYAL_TO }, evidence: *holds }
  - { key: tally, kind: RECOGNITION_TALLY, recognitionTally: { claimant: michael, position: king, comparator: MORE_THAN, value: 4, scope: members of the league, among: league, countedBy: gallia }, evidence: *recognised }
  - { key: gallia-in-league, kind: BLOC_MEMBERSHIP, valid: { start: 1815 }, blocMembership: { bloc: league, member: gallia }, evidence: *recognised }
  - { key: coded, kind: EVENT_CODING, status: PROPOSED, extractor: { kind: MODEL, name: coder-one, version: "3" }, reported: 1894-05-03T00:00:00Z, eventCoding: { subject: gallia-michael, ontology: PLOVER, version: 2024-02, code: SUPPORT, modes: [recognise], contexts: [diplomatic], quad: 1, coder: coder-one, codedOn: 1894-05-03 } }
  - { key: judged, kind: ASSESSMENT, assessment: { subject: three-hundred, assessor: rudolf, verdict: Too many, url: "https://courier.test/7" }, evidence: *crowned }
  - { key: named, kind: MENTION, mention: { surface: Micheal, resolvesTo: michael }, evidence: *holds }
  - { key: same-man, kind: IDENTITY_JUDGEMENT, identityJudgement: { mention: named, right: michael, verdict: SAME, score: 0.9, explanation: Two letters changed places, judge: the editor }, evidence: *holds }
  - { key: not-brothers, kind: IDENTITY_JUDGEMENT, identityJudgement: { left: rudolf, right: michael, verdict: DIFFERENT, explanation: Both speak at once, judge: the editor }, evidence: *crowned }
`;

/** A text with one thing written otherwise. */
export function written(text: string, from: string | RegExp, to: string): string {
  const after = text.replace(from, () => to);
  if (after === text) throw new Error(`There is no ${String(from)} to be written otherwise.`);
  return after;
}
