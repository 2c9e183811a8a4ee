import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";
import type { Prisma, PrismaClient } from "../generated/prisma/client.ts";
import { BoundedPool, type Connected } from "./bounded-pool.ts";

/** The session that a transaction under way was given. */
interface Holder {
  session?: pg.PoolClient;
}

const holders = new AsyncLocalStorage<Holder>();
const sessions = new WeakMap<Prisma.TransactionClient, pg.PoolClient>();

/** A pool that notes which session `inTransaction` is given, for Prisma hands out none. */
export class NotingPool extends BoundedPool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    if (callback) {
      super.connect(callback);
      return;
    }
    const holder = holders.getStore();
    return super.connect().then((session) => {
      if (holder) holder.session ??= session;
      return session;
    });
  }
}

/** Runs `work` in one transaction, of which Prisma's client and `sessionOf` are two hands on the same session. */
export function inTransaction<T>(
  prisma: PrismaClient,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
  options: NonNullable<Parameters<PrismaClient["$transaction"]>[1]>,
): Promise<T> {
  const holder: Holder = {};
  return holders.run(holder, () =>
    prisma.$transaction((tx) => {
      if (holder.session) sessions.set(tx, holder.session);
      return work(tx);
    }, options),
  );
}

/**
 * The session of a transaction that `inTransaction` began, for what Prisma has no words for. It is used while no call of
 * Prisma's is under way.
 */
export function sessionOf(tx: Prisma.TransactionClient): pg.PoolClient | undefined {
  return sessions.get(tx);
}
