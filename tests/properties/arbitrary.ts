import fc from "fast-check";
import type { Model, Operation, Told } from "./model.ts";

/** What is to be done to some record, before it is known how that stands. */
export interface Intention {
  readonly do: Operation["do"];
  readonly record: number;
  /** What each report says, and how many days after the one before it came: 0 is refused. */
  readonly reports: readonly { readonly says: number; readonly gap: number; readonly later: boolean }[];
  /** Which of the held versions is meant. */
  readonly which: number;
}

/** One change set to be: what is done in it, and by how many milliseconds the clock of the machine is wrong. */
export interface Plan {
  readonly intentions: readonly Intention[];
  readonly jump: number;
}

/** A number that all a fact says follows from. */
export const says = fc.nat(59);

/** Mostly a later day, at times the same one. */
const gap = fc.oneof(
  { weight: 7, arbitrary: fc.integer({ min: 1, max: 4 }) },
  { weight: 1, arbitrary: fc.constant(0) },
);
const report = fc.record({ says, gap, later: fc.boolean() });

function intentions(records: number): fc.Arbitrary<Intention> {
  return fc.record({
    do: fc.constantFrom<Operation["do"][]>("assert", "update", "update", "correct", "correct", "retract"),
    record: fc.nat(records - 1),
    reports: fc.array(report, { minLength: 1, maxLength: 2 }),
    which: fc.nat(5),
  });
}

/** A few change sets, one after another, of one to two operations each. */
export function plansOf(records: number, most = 5): fc.Arbitrary<Plan[]> {
  const plan = fc.record({
    intentions: fc.array(intentions(records), { minLength: 1, maxLength: 2 }),
    jump: fc.constantFrom(0, 0, -86_400_000, 3_600_000),
  });
  return fc.array(plan, { minLength: 2, maxLength: most, size: "max" });
}

/**
 * What an intention comes to, as the model stands. What exists is not asserted again, but updated; what does not exist
 * is mostly asserted, whatever was intended, so that there is something to go on from.
 */
export function operationOf({ do: intended, record, reports, which }: Intention, model: Model): Operation {
  const held = model.held(record);
  const what = model.records.has(record) || which === 0 ? intended : "assert";
  if (what === "retract") return { do: what, record };
  if (what === "correct") {
    const old = held[which % Math.max(1, held.length)];
    const from = old?.from ?? 0;
    const [right] = reports as [Intention["reports"][number]];
    return { do: what, record, from, told: toldOn(right.says, Math.max(0, from + 1 - right.gap), right.later) };
  }
  let day = model.newest(record)?.from ?? which;
  const told = reports.map((each, i) => {
    day += model.records.has(record) || i > 0 ? each.gap : 0;
    return toldOn(each.says, day, each.later);
  });
  return { do: model.records.has(record) ? "update" : what, record, reports: told };
}

/** A fact told on a day, and where `later` again on the day after. */
function toldOn(number: number, day: number, later: boolean): Told {
  return { says: number, days: later ? [day, day + 1] : [day] };
}
