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
  const connect = async () => {
    signal.throwIfAborted();
    return lend(await pool.connect(), signal);
  };
  const query = async (...statement: unknown[]): Promise<unknown> => {
    const client = await connect();
    try {
      return await (client.query as (...statement: unknown[]) => Promise<unknown>)(...statement);
    } finally {
      client.release();
    }
  };
  // No method of the pool may run on this object: what it notes of its connections would be noted here, and be missed there.
  return Object.create(pool, { query: { value: query }, connect: { value: connect } }) as pg.Pool;
}

/** Lets a connection that was taken from its pool be cut by `signal` until it is given back. */
function lend(client: pg.PoolClient, signal: AbortSignal): pg.PoolClient {
  const lent = client as { query?: unknown; release: (broken?: Error | boolean) => void };
  const giveBack = client.release.bind(client);
  const query = client.query.bind(client) as (...statement: unknown[]) => Promise<unknown>;
  let given = false;
  const end = (broken?: Error | boolean) => {
    if (given) return;
    given = true;
    signal.removeEventListener("abort", cut);
    delete lent.query;
    giveBack(broken);
  };
  const cut = () => {
    end(true);
    (client as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy();
  };
  lent.release = end;
  lent.query = (...statement: unknown[]) =>
    query(...statement).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    });
  if (signal.aborted) cut();
  else signal.addEventListener("abort", cut, { once: true });
  return client;
}
