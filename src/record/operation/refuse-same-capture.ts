import type { Tx } from "../../db/client.ts";
import { textSha256 } from "../capture.ts";
import type { Ids } from "../terms/ids.ts";
import { spotAt } from "../terms/node.ts";
import type { Problems } from "../terms/problem.ts";
import type { Batch } from "./batch.ts";

/** Tells of copies whose text the record holds of the same document already, or that are brought in twice. */
export async function refuseSameCaptures(tx: Tx, batch: Batch, ids: Ids, problems: Problems): Promise<void> {
  const given = batch.things.capture.filter(({ said }) => ids.has("document", said.document));
  if (given.length === 0) return;
  const copies = given.map(({ said, spot }) => {
    const documentId = ids.of("document", said.document);
    return { spot: spotAt(spot, "text"), documentId, sha256: textSha256(said.text) };
  });
  const held = await tx.capture.findMany({
    where: { documentId: { in: copies.map(({ documentId }) => documentId) } },
    select: { id: true, documentId: true, sha256: true },
  });
  const known = new Map(held.map(({ id, documentId, sha256 }) => [`${documentId} ${sha256}`, id]));
  const fresh = new Set<string>();
  for (const { spot, documentId, sha256 } of copies) {
    const name = `${documentId} ${sha256}`;
    const existing = known.get(name);
    if (existing !== undefined) {
      const message = "The record holds a copy of this document with the same text already; quote that one.";
      problems.add(spot, message, { code: "DUPLICATE", existing: `Capture:${existing}` });
    } else if (fresh.has(name)) {
      problems.add(spot, "The same text is brought in twice for one document; leave one out.", { code: "DUPLICATE" });
    }
    fresh.add(name);
  }
}
