import type { NewAssertion } from "../../record/assertion.ts";
import { findHeldRecords } from "../../record/held-version.ts";
import { correctRecords } from "../../record/correct.ts";
import { retractRecords } from "../../record/retract.ts";
import { updateRecords } from "../../record/update.ts";
import { assertRecords } from "../../record/version.ts";
import { formatInstant } from "../../values/instant.ts";
import type { Entering } from "./entering.ts";
import { newAssertion, type Sources } from "../../record/terms/new-assertion.ts";
import { statesOf, type AssertionEntry } from "../../record/terms/read-assertion.ts";
import { refuseRecordCycles } from "../../record/terms/refuse-record-cycles.ts";
import { weighAssertion } from "./weigh-assertion.ts";

/**
 * Enters the assertions of a dossier that the record does not hold, corrects those that say something else now, and
 * updates and withdraws those of which the dossier says so. Answers whether something is left that a change set may not
 * do to a record that it changed already: to be done by entering the same again.
 */
export async function enterDossierAssertions(entering: Entering, crisisId: string, sources: Sources): Promise<boolean> {
  const { tx, set, dossier, ids, added } = entering;
  const keys = dossier.assertions.map(({ key }) => key);
  const held = await findHeldRecords(tx, crisisId, keys);
  const fresh: Parameters<typeof assertRecords>[2][number][] = [];
  const corrected: Parameters<typeof correctRecords>[2][number][] = [];
  const updated: Parameters<typeof updateRecords>[2][number][] = [];
  const retracted: Parameters<typeof retractRecords>[2][number][] = [];
  let left = false;
  for (const entry of dossier.assertions) {
    const { key, kind } = entry;
    const record = { id: ids.of("record", key), kind, crisisId, key };
    const [assertion, ...updates] = statesInOrder(entry, entering, sources);
    const old = held.get(key);
    if (!old) {
      fresh.push({ record, assertion, updates });
      left ||= entry.retracted !== null;
      continue;
    }
    const verdict = weighAssertion(entry, [assertion, ...updates], old, dossier.problems);
    if (verdict.does === "NOTHING") entering.unchanged += 1;
    else if (verdict.does === "RETRACT") retracted.push({ recordId: record.id, reason: verdict.reason });
    else if (verdict.does === "UPDATE") updated.push({ recordId: record.id, reports: verdict.reports });
    else {
      corrected.push({ recordId: record.id, version: verdict.held.id, assertion: verdict.assertion });
      left ||= verdict.more;
    }
  }
  const told = new Set(keys);
  await refuseRecordCycles(tx, dossier.assertions, { ids, problems: dossier.problems, told });
  dossier.problems.refuseIfAny();
  assertRecords(tx, set, fresh);
  await correctRecords(tx, set, corrected);
  await updateRecords(tx, set, updated);
  await retractRecords(tx, set, retracted);
  added.assertions += fresh.length;
  added.corrections += corrected.length;
  added.updates += [
    ...fresh.map(({ updates = [] }) => updates),
    ...updated.map(({ reports }) => reports),
  ].flat().length;
  added.retractions += retracted.length;
  return left;
}

/** The states of an assertion. Tells of those that are not reported later than the one before. */
function statesInOrder(
  entry: AssertionEntry,
  entering: Entering,
  sources: Sources,
): readonly [NewAssertion, ...NewAssertion[]] {
  const [first, ...others] = statesOf(entry);
  const states: [NewAssertion, ...NewAssertion[]] = [newAssertion(entry, first, entering, sources)];
  for (const state of others) {
    const assertion = newAssertion(entry, state, entering, sources);
    const before = states.at(-1)?.reportedFrom;
    if (before && assertion.reportedFrom <= before) {
      const [report, last] = [formatInstant(assertion.reportedFrom), formatInstant(before)];
      const message = `This update was reported ${report}, and what it follows ${last}; updates stand oldest first, each from a later report.`;
      entering.dossier.problems.add(state.spot, message);
    }
    states.push(assertion);
  }
  return states;
}
