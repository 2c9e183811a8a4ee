import { createHash } from "node:crypto";
import { print, type GraphQLResolveInfo } from "graphql";
import { Refusal } from "../../errors.ts";
import type { Repeatable } from "../../record/idempotency.ts";
import type { GraphContext } from "../context.ts";

/** A key: 1 to 255 visible characters of ASCII. */
const visible = /^[\x21-\x7e]{1,255}$/;

/**
 * What the mutation that is being resolved is known by when it is sent again; null where it has no idempotency key.
 * @throws Refusal BAD_USER_INPUT for a header that is no key
 */
export function repeatableOf({ asker, idempotencyKey }: GraphContext, info: GraphQLResolveInfo): Repeatable | null {
  if (idempotencyKey === null || asker.keyId === null) return null;
  if (!visible.test(idempotencyKey)) {
    throw new Refusal("BAD_USER_INPUT", "An Idempotency-Key has 1 to 255 visible characters of ASCII, such as a uuid.");
  }
  return { keyId: asker.keyId, idempotencyKey, field: String(info.path.key), content: contentOf(info) };
}

/** SHA-256 over what was asked, and the values that it was asked with. */
function contentOf({ operation, fragments, variableValues }: GraphQLResolveInfo): string {
  const documents = [operation, ...Object.values(fragments)].map((node) => print(node));
  return createHash("sha256")
    .update(JSON.stringify([documents, variableValues]))
    .digest("hex");
}
