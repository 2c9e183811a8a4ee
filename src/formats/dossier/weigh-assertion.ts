import type { NewAssertion } from "../../record/assertion.ts";
import { contentOfNew, type HeldContent, type HeldRecord } from "../../record/held-version.ts";
import { excerpt } from "../../values/excerpt.ts";
import { formatInstant } from "../../values/instant.ts";
import { spotAt } from "../../record/terms/node.ts";
import type { Problems } from "../../record/terms/problem.ts";
import type { AssertionEntry } from "../../record/terms/read-assertion.ts";

/** What is to be done about an assertion of a dossier that the record holds. */
export type Verdict =
  | { readonly does: "NOTHING" }
  | { readonly does: "RETRACT"; readonly reason: string }
  | { readonly does: "CORRECT"; readonly held: HeldContent; readonly assertion: NewAssertion; readonly more: boolean }
  | { readonly does: "UPDATE"; readonly reports: readonly [NewAssertion, ...NewAssertion[]] };

/**
 * What is to be done so that the record says what the dossier does: withdraw it; else correct the oldest state that says
 * something else, `more` being to be done afterwards; else enter later reports; else nothing. States are told apart by
 * when they were reported, but for the first, which is the first held. Tells of what cannot be done.
 */
export function weighAssertion(
  { key, kind, spot, reported, retracted, updates }: AssertionEntry,
  states: readonly NewAssertion[],
  held: HeldRecord,
  problems: Problems,
): Verdict {
  const nothing: Verdict = { does: "NOTHING" };
  const tell = (field: string, message: string) => {
    problems.add(spotAt(spot, field), message);
    return nothing;
  };
  if (held.kind !== kind) {
    return tell(
      "kind",
      `The record holds ${excerpt(key)} as ${held.kind}, and this says ${kind}; give this another key.`,
    );
  }
  const [first, newest] = [held.versions[0], held.versions.at(-1)];
  if (!first || !newest) {
    if (retracted === null) return tell("key", `${excerpt(key)} was withdrawn from the record; give this another key.`);
    if (retracted === held.retraction) return nothing;
    const reason = excerpt(held.retraction ?? "");
    return tell("retracted", `${excerpt(key)} was withdrawn for another reason, ${reason}, which stands; give that.`);
  }
  if (retracted !== null) return { does: "RETRACT", reason: retracted };
  if (reported && reported.getTime() !== first.reportedFrom.getTime()) {
    const instant = formatInstant(first.reportedFrom);
    return tell("reported", `The record holds ${excerpt(key)} as reported ${instant}; keep that, or give another key.`);
  }
  const wrong: { held: HeldContent; assertion: NewAssertion }[] = [];
  const later: NewAssertion[] = [];
  for (const [at, assertion] of states.entries()) {
    const same = (version: HeldContent) => version.reportedFrom.getTime() === assertion.reportedFrom.getTime();
    const match = at === 0 ? first : held.versions.slice(1).find(same);
    if (match && match.content !== contentOfNew(assertion)) {
      if (assertion.reportedFrom > match.reportedFrom) {
        const [from, earliest] = [formatInstant(match.reportedFrom), formatInstant(assertion.reportedFrom)];
        const message = `The record holds ${excerpt(key)} as reported ${from}, and this rests on nothing before ${earliest}; keep a source of then as well, or give what was reported later as an update.`;
        problems.add(spotAt(spot, "evidence"), message);
        continue;
      }
      wrong.push({ held: match, assertion });
    }
    if (match) continue;
    if (assertion.reportedFrom > newest.reportedFrom) later.push(assertion);
    else {
      const [report, last] = [formatInstant(assertion.reportedFrom), formatInstant(newest.reportedFrom)];
      const message = `This was reported ${report}, and the record holds ${excerpt(key)} as of ${last} already; an update is from a later report.`;
      problems.add(updates[at - 1]?.spot ?? spot, message);
    }
  }
  const [mistake] = wrong;
  if (mistake) return { does: "CORRECT", ...mistake, more: wrong.length > 1 || later.length > 0 };
  const [next, ...others] = later;
  return next ? { does: "UPDATE", reports: [next, ...others] } : nothing;
}
