import type { Db } from "../db/client.ts";
import { Turnstile } from "../db/turnstile.ts";
import { Refusal } from "../errors.ts";

/** How many writers may wait for their turn in one process, and how long one waits for everybody before it, in ms. */
const bounds = { waiting: 100, patienceMs: 20_000 };

const turnstiles = new WeakMap<object, Turnstile>();

/**
 * Does `work` when every writer before it in this process has ended: those who wait hold no connection to the database,
 * which readers need. Between processes the lock of the record decides, for which `work` may wait as long as `leftMs`
 * tells, a millisecond at least.
 * @throws Refusal OVERLOADED when the turn does not come within `patienceMs`, or a hundred wait already
 */
export async function inOrder<T>(
  { prisma }: Db,
  work: (leftMs: () => number) => Promise<T>,
  patienceMs = bounds.patienceMs,
): Promise<T> {
  const until = performance.now() + patienceMs;
  const turnstile = turnstiles.get(prisma) ?? new Turnstile(1);
  turnstiles.set(prisma, turnstile);
  if (turnstile.waiting >= bounds.waiting || !(await turnstile.enter(patienceMs))) throw turnMissed();
  try {
    return await work(() => Math.max(1, Math.ceil(until - performance.now())));
  } finally {
    turnstile.leave();
  }
}

/** That the turn to write did not come in time; nothing was entered. */
export function turnMissed(cause?: unknown): Refusal {
  const message = "Other changes are being entered, and take long; nothing was entered, try again shortly.";
  return new Refusal("OVERLOADED", message, {}, cause);
}
