import type { AssertionKind } from "../../generated/prisma/enums.ts";
import type { Fields, Node } from "../terms/node.ts";
import { assertion, type AssertionEntry } from "../terms/read-assertion.ts";
import { detailOf } from "../terms/read-detail.ts";
import type { Reading } from "../terms/reading.ts";
import { parted, renamed, type FieldNode } from "./json-node.ts";

const STATE = ["status", "confidence", "valid", "attribution", "evidence", "extractor", "reportedAt"];

/**
 * Reads what a record is to say: what its kind says, and what is said of every fact, side by side.
 * @param key what the record is called while operations are read
 */
export function readFact(kind: AssertionKind, key: string, says: Fields, reading: Reading): AssertionEntry | undefined {
  const [state, detail] = parted(says, STATE);
  const fields = new Map<string, FieldNode>();
  const given = (value: Node): FieldNode => ({ name: value, value });
  for (const [name, field] of state.fields) {
    if (name === "evidence") fields.set(name, { ...field, value: quoted(field.value) });
    else fields.set(name === "reportedAt" ? "reported" : name, field);
  }
  const { path, offset } = says;
  fields.set("kind", given({ kind: "scalar", path, offset, value: kind, source: kind }));
  fields.set("key", given({ kind: "scalar", path, offset, value: "named", source: "named" }));
  fields.set(detailOf(kind), given(kind === "EVENT" ? renamed(detail, { eventStatus: "status" }) : detail));
  const entry = assertion({ ...state, fields }, reading);
  return entry && { ...entry, key };
}

/** Tells of an update that rests on no report. */
export function refuseUnreported({ evidence, spot }: AssertionEntry, { problems }: Reading): void {
  if (evidence.length > 0) return;
  const message = "An update rests on a later report; give the passage that says so as evidence.";
  problems.add(spot, message, { code: "MISSING" });
}

/** Evidence calls the words that are to be found `exact`. */
function quoted(node: Node): Node {
  if (node.kind !== "list") return node;
  return {
    ...node,
    items: node.items.map((item) => (item.kind === "fields" ? renamed(item, { exact: "quote" }) : item)),
  };
}
