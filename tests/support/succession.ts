import { openDb } from "../../src/db/client.ts";
import { importDossier } from "../../src/formats/dossier/import-dossier.ts";
import { cloneFilled, type TestDatabase } from "./database.ts";

const quoted = (document: string) => (quote: string) => `[{ document: ${document}, quote: ${JSON.stringify(quote)} }]`;
const gazette = quoted("gazette");
const herald = quoted("herald");

/**
 * A crisis in miniature, of which every answer can be counted by hand: two kings, three foreign states in a league, a
 * bridge. The Gazette is of 2 May 1894, the Herald of 10 June 1894, the Courier of 1 July 1894.
 */
export const succession = `dossier: 1
crisis:
  key: ruritania-1894
  title: Ruritanian succession
  summary: Two men claim the throne of Ruritania.
  start: 1894-03
  states: [state-rt]
documents:
  - key: gazette
    title: A king
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
        Rudolf was crowned king on Tuesday. “I am the king”, he said.
        Voices in the crowd cried “Long live the king”. Borduria recognises Rudolf.
  - key: herald
    title: Two kings
    publisher: Gallic Herald
    kind: ARTICLE
    language: en
    published: 1894-06-10
    licence: CC0-1.0
    textPublic: true
    capture:
      mediaType: text/plain
      capturedAt: 2026-01-05T10:00:00Z
      text: |-
        Michael calls himself king since Thursday. Gallia recognises Michael. Borduria stands by Rudolf.
        Syldavia takes no side. Antoinette said that his guards closed the bridge of Zenda.
        The envoy met Rudolf, a courtier says. The envoy told Michael: “Be brave”.
        The court declares the throne filled. Antoinette is chancellor.
        Gallia, Borduria and Syldavia form the League. More than five powers recognise Michael.
  - key: courier
    title: The tide turns
    publisher: Bordurian Courier
    kind: ARTICLE
    language: en
    published: 1894-07-01
    licence: CC0-1.0
    textPublic: true
    capture:
      mediaType: text/plain
      capturedAt: 2026-01-05T10:00:00Z
      text: |-
        Borduria has turned to Michael. Syldavia still takes no side.
places:
  - { key: zenda, name: Zenda, kind: CITY, states: [state-rt] }
  - { key: zenda-bridge, name: Bridge of Zenda, kind: BRIDGE, partOf: zenda }
actors:
  - { key: state-rt, kind: STATE, name: Ruritania }
  - { key: gallia, kind: STATE, name: Gallia }
  - { key: borduria, kind: STATE, name: Borduria }
  - { key: syldavia, kind: STATE, name: Syldavia }
  - { key: league, kind: BLOC, name: The League }
  - { key: rudolf, kind: PERSON, name: Rudolf }
  - { key: michael, kind: PERSON, name: Michael }
  - { key: antoinette, kind: PERSON, name: Antoinette }
  - { key: envoy, kind: PERSON, name: The Gallic envoy }
  - { key: hermit, kind: PERSON, name: The hermit }
  - { key: crowd, kind: COLLECTIVE, name: Voices in the crowd, state: state-rt }
  - { key: court, kind: ORGANIZATION, organizationKind: GOVERNMENT, name: The court, state: state-rt }
positions:
  - { key: king, title: King of Ruritania, state: state-rt, seats: 1 }
  - { key: chancellor, title: Chancellor of Ruritania, state: state-rt, seats: 1 }
assertions:
  - key: rudolf-king
    kind: OCCUPANCY
    valid: { start: 1894-05-01 }
    occupancy: { holder: rudolf, position: king, capacity: INCUMBENT, claimType: DE_JURE }
    evidence: ${gazette("Rudolf was crowned king on Tuesday")}
  - key: michael-king
    kind: OCCUPANCY
    valid: { start: 1894-06-07 }
    occupancy: { holder: michael, position: king, capacity: CLAIMED, claimType: ASSERTED, assertedBy: michael }
    evidence: ${herald("Michael calls himself king since Thursday")}
  - key: antoinette-chancellor
    kind: OCCUPANCY
    occupancy: { holder: antoinette, position: chancellor, capacity: INCUMBENT, claimType: DE_FACTO }
    evidence: ${herald("Antoinette is chancellor")}
  - key: gallia-michael
    kind: RECOGNITION
    valid: { start: 1894-06-08 }
    recognition: { recogniser: gallia, claimant: michael, position: king, stance: RECOGNISES }
    evidence: ${herald("Gallia recognises Michael")}
  - key: borduria-rudolf
    kind: RECOGNITION
    valid: { start: 1894-05 }
    recognition: { recogniser: borduria, claimant: rudolf, position: king, stance: RECOGNISES }
    evidence:
      - { document: gazette, quote: Borduria recognises Rudolf }
      - { document: herald, quote: Borduria stands by Rudolf }
  - key: borduria-michael
    kind: RECOGNITION
    valid: { start: 1894-06-30 }
    recognition: { recogniser: borduria, claimant: michael, position: king, stance: RECOGNISES_AS_INTERIM }
    evidence: [{ document: courier, quote: Borduria has turned to Michael }]
  - key: syldavia-neutral
    kind: RECOGNITION
    recognition: { recogniser: syldavia, claimant: michael, position: king, stance: NEUTRAL }
    evidence: ${herald("Syldavia takes no side")}
    updates:
      - confidence: HIGH
        recognition: { recogniser: syldavia, claimant: michael, position: king, stance: NO_STATEMENT }
        evidence: [{ document: courier, quote: Syldavia still takes no side }]
  - key: rudolf-speaks
    kind: UTTERANCE
    utterance: { speaker: rudolf, exact: I am the king, said: 1894-05-01, channel: SPEECH, acts: [DESCRIBE], verbatim: true }
    evidence: ${gazette('"I am the king"')}
  - key: crowd-cries
    kind: UTTERANCE
    utterance: { speaker: crowd, exact: Long live the king, said: 1894-05-01, channel: SPEECH, acts: [APPEAL], verbatim: true }
    evidence: ${gazette("Long live the king")}
  - key: envoy-speaks
    kind: UTTERANCE
    utterance: { speaker: envoy, audience: michael, exact: Be brave, said: 1894-06-09, channel: UNKNOWN, acts: [APPEAL], verbatim: true }
    evidence: ${herald('The envoy told Michael: "Be brave"')}
  - key: court-declares
    kind: UTTERANCE
    utterance: { speaker: court, paraphrase: The throne is filled, said: 1894-06-09, channel: WRITTEN, acts: [DESCRIBE], verbatim: false }
    evidence: ${herald("The court declares the throne filled")}
  - key: bridge-closed
    kind: EVENT
    valid: { start: 1894-06-05, end: 1894-06-05 }
    attribution: [{ actor: antoinette, verb: said }]
    event: { title: Guards close the bridge, eventKind: BLOCKADE, status: OCCURRED, places: [zenda-bridge], participations: [{ actor: michael, role: ACTOR }] }
    evidence: ${herald("his guards closed the bridge of Zenda")}
  - key: envoy-meets-rudolf
    kind: EVENT
    valid: { start: 1894-05-20, end: 1894-05-20 }
    attribution: [{ words: a courtier, verb: says }]
    event: { title: The envoy meets Rudolf, eventKind: MEETING, status: OCCURRED, participations: [{ actor: envoy, role: ACTOR }, { actor: rudolf, role: RECIPIENT }] }
    evidence: ${herald("The envoy met Rudolf, a courtier says")}
  - { key: gallia-in-league, kind: BLOC_MEMBERSHIP, blocMembership: { bloc: league, member: gallia }, evidence: ${herald("Gallia, Borduria and Syldavia form the League")} }
  - { key: borduria-in-league, kind: BLOC_MEMBERSHIP, blocMembership: { bloc: league, member: borduria }, evidence: ${herald("Gallia, Borduria and Syldavia form the League")} }
  - { key: syldavia-in-league, kind: BLOC_MEMBERSHIP, blocMembership: { bloc: league, member: syldavia }, evidence: ${herald("Gallia, Borduria and Syldavia form the League")} }
  - key: more-than-five
    kind: RECOGNITION_TALLY
    valid: { start: 1894-06-10 }
    recognitionTally: { claimant: michael, position: king, comparator: MORE_THAN, value: 5, scope: powers }
    evidence: ${herald("More than five powers recognise Michael")}
  - key: more-than-five-of-the-league
    kind: RECOGNITION_TALLY
    valid: { start: 1894-07-01 }
    recognitionTally: { claimant: michael, position: king, comparator: MORE_THAN, value: 5, scope: members, among: league }
    evidence: ${herald("More than five powers recognise Michael")}
`;

/** Makes a database that holds the succession of Ruritania: for a test file that reads it, or writes to its own copy. */
export function cloneSuccession(): Promise<TestDatabase> {
  return cloneFilled("succession", async (url) => {
    const db = openDb(url);
    try {
      await importDossier(db, succession, {
        folder: ".",
        author: "Anthony Hope",
        at: new Date("2026-01-05T12:00:00.000Z"),
      });
    } finally {
      await db.close();
    }
  });
}
