import pg from "pg";

/** Thrown where so many already wait for a connection that waiting too would help nobody. */
export class Overloaded extends Error {
  override readonly name = "Overloaded";
  constructor() {
    super("too many statements wait for a connection already");
  }
}

/** Told of the connection that was waited for. */
export type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (release?: unknown) => void,
) => void;

/** A pool at which only twice as many may wait as there are connections; whoever comes then is turned away at once. */
export class BoundedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    if (this.waitingCount >= 2 * this.options.max) {
      if (!callback) return Promise.reject(new Overloaded());
      callback(new Overloaded(), undefined, () => undefined);
      return;
    }
    if (!callback) return super.connect();
    super.connect(callback);
  }
}

/**
 * The same pool for one operation, whose statements end when the operation does: the connection is cut, upon which
 * PostgreSQL stops within half a second (`client_connection_check_interval`). They fail with the reason of `signal`.
 */
export function poolUntil(pool: pg.Pool, signal: AbortSignal): pg.Pool {
  const query = async (...statement: unknown[]): Promise<unknown> => {
    signal.throwIfAborted();
    const client = await pool.connect();
    if (signal.aborted) client.release();
    signal.throwIfAborted();
    const stopped = new AbortController();
    const stop = () => {
      stopped.abort();
      client.release(true);
      (client as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy();
    };
    signal.addEventListener("abort", stop, { once: true });
    try {
      return await (client.query as (...statement: unknown[]) => Promise<unknown>)(...statement);
    } catch (error) {
      throw stopped.signal.aborted ? signal.reason : error;
    } finally {
      signal.removeEventListener("abort", stop);
      if (!stopped.signal.aborted) client.release();
    }
  };
  return Object.create(pool, { query: { value: query } }) as pg.Pool;
}
