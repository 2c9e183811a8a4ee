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
  readonly #open = new Set<pg.PoolClient>();

  constructor(options: pg.PoolConfig) {
    super(options);
    this.on("connect", (client) => {
      this.#open.add(client);
      // A session lost while somebody holds it fails their next statement; unheard, it would end the process.
      client.on("error", () => undefined);
    });
    this.on("remove", (client) => this.#open.delete(client));
  }

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

  /** Cuts every connection that is still open, whoever holds it, and answers how many there were. */
  cut(): number {
    for (const client of this.#open) cutConnection(client);
    return this.#open.size;
  }
}

/** What says that an operation has ended: an AbortSignal, or what is as much of one as is needed, and costs less. */
export type EndSignal = Pick<AbortSignal, "aborted" | "reason" | "throwIfAborted"> & {
  addEventListener(type: "abort", listener: () => void, options: { readonly once: true }): void;
  removeEventListener(type: "abort", listener: () => void): void;
};

/**
 * The same pool for one operation, whose statements end when the operation does: the connection is cut, upon which
 * PostgreSQL stops within half a second (`client_connection_check_interval`). They fail with the reason of `signal`.
 */
export function poolUntil(pool: pg.Pool, signal: EndSignal): pg.Pool {
  return connectingBy(pool, () => connectUntil(pool, signal));
}

/** The same pool, but that its connections are had by `connect`. */
export function connectingBy(pool: pg.Pool, connect: () => Promise<pg.PoolClient>): pg.Pool {
  const query = async (...statement: unknown[]): Promise<unknown> => {
    const client = await connect();
    try {
      return await (client.query as Query)(...statement);
    } finally {
      client.release();
    }
  };
  // Never the inherited `connect`: it would keep the books of connections on this object, and the pool lose them.
  return Object.create(pool, { connect: { value: connect }, query: { value: query } }) as pg.Pool;
}

type Query = (...statement: unknown[]) => Promise<unknown>;

/** A connection of the pool that is cut and given back when `signal` says so, unless it was given back before. */
async function connectUntil(pool: pg.Pool, signal: EndSignal): Promise<pg.PoolClient> {
  signal.throwIfAborted();
  const client = await pool.connect();
  const [giveBack, query] = [client.release.bind(client), client.query.bind(client) as Query];
  if (signal.aborted) giveBack();
  signal.throwIfAborted();
  let held = true;
  const cut = () => {
    held = false;
    giveBack(true);
    cutConnection(client);
  };
  const release = (reason?: Error | boolean) => {
    if (!held) return;
    held = false;
    signal.removeEventListener("abort", cut);
    Reflect.deleteProperty(client, "query");
    giveBack(reason);
  };
  const queryUntil: Query = async (...statement) => {
    try {
      return await query(...statement);
    } catch (error) {
      throw held ? error : signal.reason;
    }
  };
  signal.addEventListener("abort", cut, { once: true });
  return Object.assign(client, { release, query: queryUntil });
}

/** Cuts a connection, upon which PostgreSQL stops what it does there within half a second. */
export function cutConnection(client: pg.PoolClient): void {
  (client as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy();
}
