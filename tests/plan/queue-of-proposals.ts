import { asHolder, type TestRecord } from "../support/record.ts";
import { findGalliaMichael, galliaMichael, submit } from "../support/writing.ts";

/** Whose proposals there are: the holder of each scope goes by that name. */
export const proposer = "kermit";
const author = asHolder(proposer, "read", "contribute");
const reviewer = asHolder("rowlf", "read", "review");

const shown = `proposal { id changes { id } }`;

/** Proposes of a record that has every kind what waits, what was decided, and what was overtaken in each way there is. */
export async function enterProposals(record: TestRecord): Promise<void> {
  const propose = async (name: string, type: string, said: object): Promise<string> => {
    const input = { reason: `It says "so", \\ and 👑.`, ...said };
    const told = await submit(record, name, input, { as: author, fields: `... on ${type}Submitted { ${shown} }` });
    return (told["proposal"] as { id: string }).id;
  };
  const decide = (name: string, id: string, as: Record<string, string>, said: object = { reason: "Seen." }) =>
    submit(record, name, { id, ...said }, { as });
  const enter = (name: string, said: object) => submit(record, name, { reason: "At once.", ...said });
  const { data } = await record.ask(`{ positionByKey(key: "king") { id } }`);
  const king = (data?.["positionByKey"] as { id: string }).id;
  const fact = await findGalliaMichael(record);
  const asserted = (key: string) => ({
    crisis: { key: "ruritania-1894" },
    key,
    says: { ...galliaMichael, stance: "NEUTRAL" },
  });
  const corrected = { ...fact, says: { ...galliaMichael, stance: "REJECTS" } };
  const alias = { actor: { key: "rudolf" }, text: "Rassendyll", kind: "ALIAS" };
  const amended = { id: king, expectedVersion: "0", title: "The King", inception: { edtf: "1700" } };
  await enter("actorNameAdd", alias);

  await propose("personCreate", "Person", { key: "waits", name: "Ñandú 👑 “so”" });
  await propose("recognitionAssert", "Recognition", asserted("waits"));
  const long = Array.from({ length: 12 }, (_, at) => ({ personCreate: { key: `many-${at}`, name: `Many ${at}` } }));
  await submit(record, "changeSetSubmit", { reason: "Many.", operations: long }, { as: author });
  await decide("proposalAccept", await propose("personCreate", "Person", { key: "taken", name: "Taken" }), reviewer);
  await decide("proposalReject", await propose("personCreate", "Person", { key: "hoax", name: "A hoax" }), reviewer);
  await decide("proposalWithdraw", await propose("recognitionAssert", "Recognition", asserted("back")), author, {});
  // What follows is overtaken: another version stands, an amendment, a withdrawal, and two keys that are taken.
  await propose("recognitionCorrect", "Recognition", corrected);
  await propose("positionAmend", "Position", amended);
  await propose("actorNameWithdraw", "Actor", alias);
  await propose("personCreate", "Person", { key: "bertram", name: "Bertram" });
  await propose("recognitionAssert", "Recognition", asserted("meanwhile"));
  await enter("recognitionCorrect", { ...corrected, says: { ...galliaMichael, stance: "NEUTRAL" } });
  await enter("positionAmend", { ...amended, title: "Monarch" });
  await enter("actorNameWithdraw", alias);
  await enter("personCreate", { key: "bertram", name: "Bertram" });
  await enter("recognitionAssert", asserted("meanwhile"));
}
