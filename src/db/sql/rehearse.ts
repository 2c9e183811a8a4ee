import type { Tx } from "../client.ts";

/** Does `work`, and undoes whatever it wrote, as if it had never been done. Answers what it answered. */
export async function rehearse<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.$executeRaw`savepoint "rehearsal"`;
  const result = await work();
  await tx.$executeRaw`rollback to savepoint "rehearsal"`;
  return result;
}
