import { AssertionKind, type ExtractorKind } from "../../generated/prisma/enums.ts";
import { bounds } from "../../limit/bound.ts";
import { spotAt, type Fields } from "./node.ts";
import { instant } from "./read-date.ts";
import { evidence } from "./read-evidence.ts";
import { fields, optional, orElse, required, type Values } from "./read-fields.ts";
import { checkState, stateShape, update, type StateEntry } from "./read-state.ts";
import { key, list, oneOf, text } from "./read-value.ts";
import type { Read, Reading } from "./reading.ts";

const MACHINES = ["MODEL", "DATASET", "RULE"] as const satisfies readonly ExtractorKind[];

const extractor = fields({ kind: required(oneOf(MACHINES)), name: required(text), version: required(text) });

const shape = {
  key: required(key),
  kind: required(oneOf(Object.values(AssertionKind))),
  ...stateShape,
  status: orElse<StateEntry["status"]>(oneOf(["ACCEPTED", "DISPUTED", "PROPOSED"]), "ACCEPTED"),
  evidence: orElse(list(evidence, { most: bounds.evidence }), []),
  extractor: optional(extractor),
  reported: optional(instant),
  updates: orElse(list(update), []),
  retracted: optional(text),
};

/** An assertion as a dossier gives it, with its later states. */
export type AssertionEntry = Values<typeof shape>;

/** What an assertion says at first, and what later reports say, oldest first. */
export function statesOf(entry: AssertionEntry): [StateEntry, ...StateEntry[]] {
  return [entry, ...entry.updates];
}

/** Reads an assertion with its evidence. */
export const assertion: Read<AssertionEntry> = fields(shape, { check });

function check(entry: Partial<AssertionEntry>, spot: Fields, reading: Reading): void {
  checkState(entry, entry.kind, spot, reading);
  const updates = spot.fields.get("updates")?.value;
  const states = updates?.kind === "list" ? updates.items : [];
  for (const [at, state] of states.entries()) {
    if (state.kind === "fields") checkState({ evidence: entry.updates?.[at]?.evidence }, entry.kind, state, reading);
  }
  checkMachine(entry, spot, reading);
}

/** Tells of what only a machine may leave open, where no machine is named; and of what a machine leaves open and may not. */
function checkMachine(
  { status, evidence: quotations, extractor: machine, reported }: Partial<AssertionEntry>,
  spot: Fields,
  { problems }: Reading,
): void {
  if (status === "PROPOSED" && machine === null) {
    problems.add(
      spotAt(spot, "status"),
      "Only what a machine made is PROPOSED; name it as extractor, or have it ACCEPTED or DISPUTED.",
    );
  }
  if (quotations === undefined) return;
  if (quotations.length > 0) {
    if (reported == null) return;
    problems.add(
      spot.fields.get("reported")?.name ?? spot,
      "When it was reported follows from its documents; give their instant there, as documents[].reported.",
    );
    return;
  }
  if (machine === null || (status !== undefined && status !== "PROPOSED")) {
    const given = spot.fields.has("evidence") ? "The list is empty; it needs an item" : "The field evidence is missing";
    problems.add(
      spotAt(spot, "evidence"),
      `${given}. Only what a machine made, with its extractor and the status PROPOSED, may have no evidence.`,
    );
  } else if (reported === null) {
    problems.add(spot, "Without evidence it is not known when this was reported; say so, as reported: <instant>.");
  }
}
