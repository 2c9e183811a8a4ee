import type { Db } from "../db/client.ts";

/** Whether nothing was ever entered into the record. */
export async function isEmpty(db: Db): Promise<boolean> {
  return (await db.prisma.changeSet.findFirst({ select: { number: true } })) === null;
}
