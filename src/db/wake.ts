import pg from "pg";

/** Told of a notice on a channel: its payload, or null where notices may have been missed, so that it is time to look. */
export type Hear = (payload: string | null) => void;

const firstWaitMs = 100;
const longestWaitMs = 5_000;

/**
 * Hears what PostgreSQL notifies at commit (NOTIFY), for a whole process over one session of its own, opened when
 * somebody first listens. A lost session is opened again for as long as it takes. Notices are told while the session
 * stands and never later, so whoever relies on them looks at the tables too: at every null, and now and then.
 */
export class Wake {
  readonly #url: string;
  readonly #hearers = new Map<string, Set<Hear>>();
  #session: pg.Client | undefined;
  #opening: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #closed = false;

  constructor(url: string) {
    this.#url = url;
  }

  /**
   * Tells `hear` of every notice on a channel; with null once the channel is listened to, and again whenever it is
   * listened to anew.
   * @param channel a name of lower-case letters and underscores
   * @returns what ends it
   */
  on(channel: string, hear: Hear): () => void {
    if (!/^[a-z_]+$/.test(channel)) throw new Error(`${channel} is no name of a channel`);
    const others = this.#hearers.get(channel);
    const hearers = others ?? new Set();
    hearers.add(hear);
    this.#hearers.set(channel, hearers);
    if (!this.#session) this.#open();
    else if (!others) void this.#listen(this.#session, [channel]);
    return () => void hearers.delete(hear);
  }

  /** Closes the session; nobody is told of anything any more. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#opening;
    await this.#session?.end();
  }

  #open(): void {
    if (this.#retry) return;
    this.#opening ??= this.#connect().finally(() => (this.#opening = undefined));
  }

  async #connect(): Promise<void> {
    const session = new pg.Client({
      connectionString: this.#url,
      application_name: "chancery wake",
      connectionTimeoutMillis: longestWaitMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    // What breaks a session also ends it, and that is heard.
    session.on("error", () => undefined);
    session.on("notification", ({ channel, payload }) => this.#tell(channel, payload ?? ""));
    session.once("end", () => this.#reopen(session));
    try {
      await session.connect();
    } catch {
      this.#reopen(session);
      return;
    }
    this.#session = session;
    await this.#listen(session, [...this.#hearers.keys()]);
  }

  async #listen(session: pg.Client, channels: readonly string[]): Promise<void> {
    try {
      await session.query(channels.map((channel) => `LISTEN ${channel}`).join("; "));
    } catch {
      await session.end();
      return;
    }
    this.#failures = 0;
    for (const channel of channels) this.#tell(channel, null);
  }

  #reopen(after: pg.Client): void {
    if (this.#session && this.#session !== after) return;
    this.#session = undefined;
    if (this.#closed || this.#retry) return;
    const open = () => {
      this.#retry = undefined;
      this.#open();
    };
    this.#retry = setTimeout(open, Math.min(longestWaitMs, firstWaitMs * 2 ** this.#failures++)).unref();
  }

  #tell(channel: string, payload: string | null): void {
    if (this.#closed) return;
    for (const hear of [...(this.#hearers.get(channel) ?? [])]) hear(payload);
  }
}
