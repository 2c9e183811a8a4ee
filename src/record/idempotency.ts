import type { Tx } from "../db/client.ts";
import { Refusal } from "../errors.ts";
import type { Prisma } from "../generated/prisma/client.ts";

/** A mutation that is sent under an idempotency key. */
export interface Repeatable {
  readonly keyId: string;
  readonly idempotencyKey: string;
  /** Which field of the request it is, by its name in the response. */
  readonly field: string;
  /** SHA-256 over the document and the variables of the request, as 64 hexadecimal digits. */
  readonly content: string;
}

/** How long an answer is kept at least, in ms: a day. */
export const keptMs = 86_400_000;

/**
 * Answers what was answered to the same before, or else does `work` and keeps what it answers, with whatever it enters.
 * To be called when nobody else changes the record: others who send the same wait for their turn, and are told the same.
 * @throws Refusal IDEMPOTENCY_MISMATCH when the key was used for something else
 */
export async function answerOnce<Answer extends object>(
  tx: Tx,
  repeatable: Repeatable | null,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (!repeatable) return work();
  const { keyId, idempotencyKey, field, content } = repeatable;
  const kept = await tx.idempotency.findMany({ where: { keyId, idempotencyKey } });
  if (kept.some((row) => row.content !== content)) {
    throw new Refusal(
      "IDEMPOTENCY_MISMATCH",
      "This idempotency key was sent before with another request; give every request a key of its own, and the same one only to send it again.",
    );
  }
  const same = kept.find((row) => row.field === field);
  if (same) return same.answer as unknown as Answer;
  const answer = await work();
  await tx.idempotency.deleteMany({ where: { at: { lt: new Date(Date.now() - keptMs) } } });
  const json = answer as unknown as Prisma.InputJsonValue;
  await tx.idempotency.create({ data: { keyId, idempotencyKey, field, content, answer: json } });
  return answer;
}
