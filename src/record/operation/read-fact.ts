import type { AssertionKind } from "../../generated/prisma/enums.ts";
import type { Fields, Node } from "../terms/node.ts";
import { assertion, type AssertionEntry } from "../terms/read-assertion.ts";
import { detailOf } from "../terms/read-state.ts";
import type { Reading } from "../terms/reading.ts";
import { parted, renamed, withField } from "./json-node.ts";

const STATE = ["status", "confidence", "valid", "attribution", "evidence", "extractor", "reportedAt"];

/**
 * Reads what a record is to say: what its kind says, and what is said of every fact, side by side.
 * @param key what the record is called while operations are read
 */
export function readFact(kind: AssertionKind, key: string, says: Fields, reading: Reading): AssertionEntry | undefined {
  const [state, detail] = parted(says, STATE);
  let node = renamed(state, { reportedAt: "reported" });
  const evidence = node.fields.get("evidence");
  if (evidence) {
    node = { ...node, fields: new Map([...node.fields, ["evidence", { ...evidence, value: quoted(evidence.value) }]]) };
  }
  node = withField(withField(node, "kind", kind), "key", "named");
  node = withField(node, detailOf(kind), renamed(detail, kind === "EVENT" ? { eventStatus: "status" } : {}));
  const entry = assertion(node, reading);
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
