import { excerpt } from "../../values/excerpt.ts";
import { decodeId } from "../../values/ids.ts";
import { InvalidValue } from "../../values/invalid-value.ts";
import { spotAt, type Fields } from "../terms/node.ts";
import { typeOf } from "../terms/noun.ts";
import type { Problems } from "../terms/problem.ts";
import { fields, required } from "../terms/read-fields.ts";
import { key, text } from "../terms/read-value.ts";
import type { Reading } from "../terms/reading.ts";
import { Batch, type Subject, type Targeting } from "./batch.ts";
import { clearedIn, fieldsOf, parted, without } from "./json-node.ts";
import type { Links } from "./links.ts";
import { recordToken, type HeldThing } from "./look-up.ts";
import { deedOf, type Deed, type JsonFields } from "./operation.ts";
import { readFact, refuseUnreported } from "./read-fact.ts";
import type { Placed } from "./placed.ts";
import { readAmendment } from "./amendment.ts";
import { isKeyed, readIdentifier, readName, readThing, type ThingNoun } from "./read-thing.ts";
import { withArticle } from "../../values/article.ts";

/**
 * What each operation brings in, made known to links before any is followed; null for those that bring in nothing new.
 * Tells of keys that are taken, in the record or by two operations.
 */
export function announce(placed: readonly Placed[], links: Links, problems: Problems): (Subject | null)[] {
  const crisesFirst = placed.map((_, at) => at).sort((a, b) => rank(placed[a]) - rank(placed[b]) || a - b);
  const subjects: (Subject | null)[] = placed.map(() => null);
  const taken = new Set<string>();
  for (const at of crisesFirst) {
    const { operation, path } = placed[at] as Placed;
    const newcomer = newcomerOf(deedOf(operation), operation.input, at, links);
    if (!newcomer) continue;
    const spot = fieldsOf(operation.input, path);
    const subject = { ...newcomer, spot };
    subjects[at] = subject;
    links.add(newcomer, operation.input["ref"], spotAt(spot, "ref"));
    refuseTakenKey(subject, links, taken, problems);
  }
  return subjects;
}

function rank(placed: Placed | undefined): number {
  return placed?.operation.name === "crisisCreate" ? 0 : 1;
}

function newcomerOf(deed: Deed, input: JsonFields, at: number, links: Links): Omit<Subject, "spot"> | null {
  if (deed.does === "ASSERT") {
    const crisis = links.peek(input["crisis"], "crisis") ?? "";
    return { noun: "record", kind: deed.kind, token: recordToken(crisis, textOf(input["key"])) };
  }
  if (deed.does !== "CREATE") return null;
  const { noun, kind } = deed;
  const ref = textOf(input["ref"]);
  return { noun, kind, token: isKeyed(noun) ? textOf(input["key"]) : ref === "" ? `#${at}` : `@${ref}` };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function refuseTakenKey({ noun, token, spot }: Subject, links: Links, taken: Set<string>, problems: Problems): void {
  const held = links.held(noun, token);
  const place = spotAt(spot, "key");
  const name = excerpt(token.slice(token.indexOf("/") + 1));
  if (held) {
    const message = `Another ${held.type} has the key ${name} already; change that one or, where it is not meant or was withdrawn, give this another key.`;
    problems.add(place, message, { code: "DUPLICATE", existing: `${held.type}:${held.id}` });
  } else if (taken.has(`${noun} ${token}`) && isKeyed(noun)) {
    problems.add(place, `The key ${name} is given twice; give one another key.`, { code: "DUPLICATE" });
  }
  taken.add(`${noun} ${token}`);
}

/** Reads operations by the terms of entry. What is wrong with one is told, and it is left out. */
export function readOperations(
  placed: readonly Placed[],
  subjects: readonly (Subject | null)[],
  links: Links,
  reading: Reading,
): Batch {
  const batch = new Batch();
  for (const at of placed.keys()) readOperation(batch, at, placed, subjects, links, reading);
  return batch;
}

/** Reads one of some operations, as `readOperations` does all. */
export function readOperation(
  batch: Batch,
  at: number,
  placed: readonly Placed[],
  subjects: readonly (Subject | null)[],
  links: Links,
  reading: Reading,
): void {
  const { operation, path } = placed[at] as Placed;
  const spot = without(subjects[at]?.spot ?? fieldsOf(operation.input, path), "ref");
  const deed = deedOf(operation);
  if (deed.does === "UPDATE" || deed.does === "CORRECT") readChange(batch, deed, at, spot, links, reading);
  else if (deed.does === "AMEND")
    readAmended(batch, deed, { at, spot, cleared: clearedIn(operation.input) }, links, reading);
  else if (deed.does === "CREATE")
    readCreation(batch, deed, { at, spot, token: subjects[at]?.token ?? "" }, links, reading);
  else if (deed.does === "ASSERT") readAssertion(batch, deed.kind, at, spot, links, reading);
  else if (deed.does === "RETRACT") {
    const target = readTarget(at, spot, null, links, reading);
    const reason = text(spotAt(spot, "reason"), reading);
    if (target && reason !== undefined) batch.retracted.push({ ...target, reason });
  } else readPart(batch, deed.does, { at, spot }, { ...reading, follow: links.followIn(undefined) });
}

function readCreation(
  batch: Batch,
  { noun, kind }: Deed & { does: "CREATE" },
  given: { at: number; spot: Fields; token: string },
  links: Links,
  reading: Reading,
): void {
  const said = readThing(noun as ThingNoun, kind, given.spot, { ...reading, follow: links.followIn(undefined) });
  if (said) (batch.things[noun as ThingNoun] as unknown[]).push({ ...given, said });
}

function readAmended(
  batch: Batch,
  { noun, kind }: Deed & { does: "AMEND" },
  { at, spot, cleared }: { at: number; spot: Fields; cleared: readonly string[] },
  links: Links,
  reading: Reading,
): void {
  const place = spotAt(spot, "id");
  const type = typeOf(noun, kind);
  const held = links.findTarget(textOf(place.kind === "scalar" ? place.value : ""), place, noun);
  const version = spotAt(spot, "expectedVersion");
  const stated = version.kind === "scalar" ? String(version.value) : "";
  const expected = /^(0|[1-9]\d*)$/.test(stated) ? Number(stated) : NaN;
  if (!Number.isSafeInteger(expected)) {
    reading.problems.add(version, "This is not the version of a thing; give the amendedIn that you have read, or 0.");
  }
  const following = { ...reading, follow: links.followIn(undefined) };
  const said = readAmendment(noun, without(spot, "id", "expectedVersion"), cleared, following);
  if (held && held.type !== type) {
    const message = `This is the id of ${withArticle(held.type)}; here it takes that of ${withArticle(type)}.`;
    reading.problems.add(place, message, { code: "WRONG_KIND" });
  } else if (held && said) {
    const { id: thingId, token } = held;
    batch.amended.push({ at, spot, noun, thingId, token, type, expected: expected || null, said });
  }
}

type Part = "ADD_NAME" | "ADD_IDENTIFIER" | "WITHDRAW_NAME" | "WITHDRAW_IDENTIFIER";

/** Reads a name or an identifier that an actor is given, or that is withdrawn from them. */
function readPart(batch: Batch, does: Part, given: { at: number; spot: Fields }, reading: Reading): void {
  const withdraws = does.startsWith("WITHDRAW");
  if (does.endsWith("NAME")) {
    const name = readName(given.spot, reading);
    if (name) (withdraws ? batch.withdrawnNames : batch.names).push({ ...given, ...name });
  } else {
    const identifier = readIdentifier(given.spot, reading);
    if (identifier) (withdraws ? batch.withdrawnIdentifiers : batch.identifiers).push({ ...given, ...identifier });
  }
}

const naming = fields({ key: required(key) });

function readAssertion(
  batch: Batch,
  kind: Batch["asserted"][number]["kind"],
  at: number,
  spot: Fields,
  links: Links,
  reading: Reading,
): void {
  const link = spotAt(spot, "crisis");
  const crisis = link.kind === "fields" ? links.followIn(undefined)(link, "crisis") : undefined;
  if (crisis !== undefined) reading.references.push({ node: link, noun: "crisis", key: crisis, kinds: [] });
  const named = naming(parted(spot, ["key"])[0], reading);
  const token = recordToken(crisis ?? "", named?.key ?? "");
  const says = spotAt(spot, "says");
  const entry =
    says.kind === "fields" ? readFact(kind, token, says, { ...reading, follow: links.followIn(crisis) }) : undefined;
  if (entry && named && crisis !== undefined) {
    batch.asserted.push({ at, spot, kind, token, crisis, key: named.key, entry });
  }
}

function readChange(
  batch: Batch,
  { does, kind }: Deed & { does: "UPDATE" | "CORRECT" },
  at: number,
  spot: Fields,
  links: Links,
  reading: Reading,
): void {
  const target = readTarget(at, spot, typeOf("record", kind), links, reading);
  const token = target?.held.token ?? "";
  const [crisis = "", name = ""] = token.split("/");
  const says = spotAt(spot, "says");
  if (says.kind !== "fields") return;
  const entry = readFact(kind, token, says, { ...reading, follow: links.followIn(crisis) });
  if (entry && does === "UPDATE") refuseUnreported(entry, reading);
  if (!entry || !target) return;
  (does === "UPDATE" ? batch.updated : batch.corrected).push({ ...target, kind, token, crisis, key: name, entry });
}

/** Reads which record is to be changed, and what its author took for the version that stands. */
function readTarget(
  at: number,
  spot: Fields,
  type: string | null,
  links: Links,
  reading: Reading,
): (Targeting & { readonly held: HeldThing }) | undefined {
  const place = spotAt(spot, "id");
  const held = links.findTarget(textOf(place.kind === "scalar" ? place.value : ""), place, "record");
  const version = spotAt(spot, "expectedVersion");
  const expectedVersion = versionOf(textOf(version.kind === "scalar" ? version.value : ""));
  if (expectedVersion === undefined) {
    reading.problems.add(version, "This is not the version of a record; give the version that you have read of it.");
  }
  if (held && type !== null && held.type !== type) {
    const message = `This is the id of ${withArticle(held.type)}; here it takes that of ${withArticle(type)}.`;
    reading.problems.add(place, message, { code: "WRONG_KIND" });
    return;
  }
  return held && expectedVersion !== undefined
    ? { at, spot, recordId: held.id, id: `${held.type}:${held.id}`, expectedVersion, held }
    : undefined;
}

function versionOf(id: string): string | undefined {
  try {
    const { type, uuid } = decodeId(id);
    return type === "Version" ? uuid : undefined;
  } catch (error) {
    if (error instanceof InvalidValue) return undefined;
    throw error;
  }
}
