// Enters instants and days on which zones differ, and tells how they are answered and stored. Usage: zone-witness.ts <url>
import { importDossier } from "../../src/formats/dossier/import-dossier.ts";
import { Plans } from "../../src/plan/execute.ts";
import { openRecord } from "../support/record.ts";

const [url = ""] = process.argv.slice(2);

/** Apia had no 30 December 2011; St John's goes forward and back on the other two; Kolkata was 5:53:28 ahead in 1894. */
const instants = [
  "2011-12-30T10:30:00.123Z",
  "2024-03-10T05:31:59.999Z",
  "2024-11-03T04:30:00.001Z",
  "1894-01-01T00:00:00Z",
];
const days = ["2011-12-30", "2024-03-10", "-0043-03-15", "0044-12-31", "1894-01-01", "1582-10-10"];

const documents = instants.map((at, n) =>
  [
    `  - key: paper-${n}`,
    `    title: Paper ${n}`,
    "    publisher: Gazette",
    "    kind: ARTICLE",
    "    language: en",
    `    published: ${at.slice(0, 10)}`,
    `    reported: ${at}`,
    "    licence: CC0-1.0",
    "    textPublic: true",
    `    capture: { mediaType: text/plain, capturedAt: ${at}, text: The bridge was closed on a day. }`,
  ].join("\n"),
);
const assertions = days.map((day, n) =>
  [
    `  - key: closed-${n}`,
    "    kind: EVENT",
    `    valid: { start: { edtf: "${day}" }, end: { edtf: "${day}" } }`,
    `    event: { title: Closed ${n}, eventKind: BLOCKADE, status: OCCURRED, participations: [{ actor: guard, role: ACTOR }] }`,
    `    evidence: [{ document: paper-${n % instants.length}, quote: The bridge was closed on a day }]`,
  ].join("\n"),
);
const dossier = `dossier: 1
crisis: { key: bridge, title: A bridge, summary: It was closed., start: 1894-01-01 }
documents:
${documents.join("\n")}
actors: [{ key: guard, kind: COLLECTIVE, name: The guard }]
assertions:
${assertions.join("\n")}
`;

const questions = [
  "{ documents(first: 10) { nodes { key publishedAt reportedFrom published { edtf precision } captures { capturedAt } } } }",
  "{ events(first: 10) { nodes { title reported { from to } valid { start { edtf earliest latest } end { edtf earliest latest } } } } }",
  '{ record(asOf: { knownAt: "2011-12-30T10:30:00.123Z" }) { events(first: 10) { totalCount nodes { title } } } }',
  '{ record(asOf: { validAt: "2011-12-30" }) { events(first: 10) { nodes { title } } } }',
  '{ documents(first: 10, filter: { reportedFrom: { gt: "2011-12-30T10:30:00.122Z", lt: "2024-03-10T05:32:00Z" } }) { nodes { key } } }',
];
const stored = [
  `select key, reported_from::text from document order by key`,
  `select start_edtf, start_earliest::text, end_latest::text, reported_from::text from assertion order by assertion.start_earliest`,
  `select d.key, c.captured_at::text from capture c join document d on d.id = c.document_id order by 1`,
];

/** What was answered, by plans and without, and what stands in the columns. */
const [answers, columns]: [unknown[], unknown[]] = [[], []];
for (const plans of [new Plans(), null]) {
  const record = openRecord(url, plans);
  if (plans) await importDossier(record.db, dossier, { folder: ".", author: "the founder" });
  for (const question of questions) answers.push((await record.ask(question)).data);
  if (plans) for (const text of stored) columns.push((await record.db.pool.query({ text, rowMode: "array" })).rows);
  await record.close();
}
console.log(JSON.stringify({ host: String(new Date(0)), answers, columns }));
