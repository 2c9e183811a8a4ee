import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Refusal } from "./errors.ts";
import { leastRate } from "./limit/bound.ts";

/** What the environment decides. */
export interface Config {
  /** DATABASE_URL: a PostgreSQL of the reader's own; absent means the embedded one. */
  readonly databaseUrl?: string;
  /** CHANCERY_DATA: where the embedded PostgreSQL keeps everything. An absolute path. */
  readonly dataFolder: string;
  /** HOST: the address to listen on. */
  readonly host: string;
  /** PORT: the port to listen on; 0 is any free one. */
  readonly port: number;
  /** Whether PORT was set: then no other port will do. */
  readonly portChosen: boolean;
  /** CHANCERY_PLAYGROUND: whether browsers get the playground at /graphql. */
  readonly playground: boolean;
  /** CHANCERY_PLAN: whether queries are answered with one statement each, where they can be. */
  readonly plan: boolean;
  /** CHANCERY_DIRECT: whether a query whose plan is known is answered without Yoga. */
  readonly direct: boolean;
  /** CHANCERY_PUBLIC_READ: whether the record may be read without a key. */
  readonly publicRead: boolean;
  /** CHANCERY_TRUST_PROXY: how many proxies stand before the server, whose X-Forwarded-For tells who asks. */
  readonly proxies: number;
  /** CHANCERY_CACHE: how many bytes of answers are kept; 0 for none. */
  readonly cacheBytes: number;
  /**
   * CHANCERY_ALLOWED_HOSTS: names by which the server is asked, beside those of this machine; ".example.org" for all
   * below.
   */
  readonly allowedHosts: readonly string[];
  /** CHANCERY_ALLOWED_ORIGINS: whose pages may ask the API from a browser. */
  readonly allowedOrigins: readonly string[];
  /** CHANCERY_RATE: units of cost that each may ask in a minute; null for as many as they will. */
  readonly rate: number | null;
  /** CHANCERY_LOG: whether every request is logged. */
  readonly log: boolean;
  /** CHANCERY_METRICS: the port that serves /metrics; null for none, 0 for any free one. */
  readonly metricsPort: number | null;
  /** CHANCERY_DEBUG: whether faults are shown with their stack. */
  readonly debug: boolean;
  /** Whether `npm start` started this process, through a shell that does not pass signals on. */
  readonly underNpm: boolean;
}

/** The variables that decide, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const PROJECT = fileURLToPath(new URL("..", import.meta.url));
const DEFAULT_PORT = 4000;
const USUAL_CACHE = 64_000_000;
const USUAL_RATE = 120_000;

/**
 * Reads the environment; an empty variable counts as absent. The only place where the environment is read.
 * @throws Refusal CONFIGURATION for a value that cannot be meant, saying what can.
 */
export function readConfig(environment: Environment = process.env): Config {
  const read = (name: string) => environment[name]?.trim() || undefined;
  const databaseUrl = read("DATABASE_URL");
  const port = read("PORT");
  const metrics = read("CHANCERY_METRICS") ?? "off";
  return {
    ...(databaseUrl === undefined ? {} : { databaseUrl: checkDatabaseUrl(databaseUrl) }),
    dataFolder: resolve(PROJECT, read("CHANCERY_DATA") ?? ".chancery"),
    host: checkHost(read("HOST") ?? "127.0.0.1"),
    port: port === undefined ? DEFAULT_PORT : checkPort("PORT", port),
    portChosen: port !== undefined,
    playground: checkSwitch("CHANCERY_PLAYGROUND", read("CHANCERY_PLAYGROUND") ?? "on"),
    plan: checkSwitch("CHANCERY_PLAN", read("CHANCERY_PLAN") ?? "on"),
    direct: checkSwitch("CHANCERY_DIRECT", read("CHANCERY_DIRECT") ?? "on"),
    publicRead: checkSwitch("CHANCERY_PUBLIC_READ", read("CHANCERY_PUBLIC_READ") ?? "on"),
    proxies: checkProxies(read("CHANCERY_TRUST_PROXY") ?? "off"),
    cacheBytes: checkCache(read("CHANCERY_CACHE") ?? "on"),
    allowedHosts: list(read("CHANCERY_ALLOWED_HOSTS")).map(checkName),
    allowedOrigins: list(read("CHANCERY_ALLOWED_ORIGINS")).map(checkOrigin),
    rate: checkRate(read("CHANCERY_RATE") ?? "on"),
    log: checkSwitch("CHANCERY_LOG", read("CHANCERY_LOG") ?? "on"),
    metricsPort: metrics.toLowerCase() === "off" ? null : checkPort("CHANCERY_METRICS", metrics),
    debug: checkSwitch("CHANCERY_DEBUG", read("CHANCERY_DEBUG") ?? "off"),
    underNpm: read("npm_lifecycle_event") === "start",
  };
}

function checkDatabaseUrl(value: string): string {
  const example = "postgresql://user:password@host:5432/database";
  const url = URL.canParse(value) ? new URL(value) : undefined;
  // The value may hold a password, so it is not repeated.
  if (url === undefined || !["postgresql:", "postgres:"].includes(url.protocol)) {
    throw new Refusal(
      "CONFIGURATION",
      `DATABASE_URL is no PostgreSQL connection string. It would look like ${example}`,
    );
  }
  if (url.pathname.length < 2) {
    throw new Refusal("CONFIGURATION", `DATABASE_URL names no database. It would look like ${example}`);
  }
  return value;
}

function checkPort(name: string, value: string): number {
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65_535) return port;
  throw new Refusal(
    "CONFIGURATION",
    `${name}=${value} is no port. It would be a number from 0 to 65535, such as ${name === "PORT" ? 4000 : 9464}.`,
  );
}

function checkHost(value: string): string {
  if (/^[\w.:%-]+$/.test(value)) return value;
  throw new Refusal(
    "CONFIGURATION",
    `HOST=${value} is no address. It would be 127.0.0.1 (this machine only), 0.0.0.0 (every network) or one of this machine's addresses, without a scheme or port.`,
  );
}

/** A switch, or a number of megabytes. */
function checkCache(value: string): number {
  const megabytes = Number(value);
  if (/^\d+$/.test(value) && megabytes > 1 && megabytes <= 100_000) return megabytes * 1_000_000;
  if (/^[a-z]+$|^[01]$/i.test(value)) return checkSwitch("CHANCERY_CACHE", value) ? USUAL_CACHE : 0;
  throw new Refusal(
    "CONFIGURATION",
    `CHANCERY_CACHE=${value} is no size. It would be off, on (64 megabytes), or a number of megabytes from 2 on.`,
  );
}

/** A switch, or units of cost a minute: enough for the dearest operation. */
function checkRate(value: string): number | null {
  const units = Number(value);
  if (/^\d+$/.test(value) && units >= leastRate && units <= 1_000_000_000) return units;
  if (/^[a-z]+$/i.test(value)) return checkSwitch("CHANCERY_RATE", value) ? USUAL_RATE : null;
  throw new Refusal(
    "CONFIGURATION",
    `CHANCERY_RATE=${value} is no rate. It would be off, on (${USUAL_RATE} units of cost a minute), or a number of units from ${leastRate} to 1000000000.`,
  );
}

function checkSwitch(name: string, value: string): boolean {
  if (["on", "1", "true", "yes"].includes(value.toLowerCase())) return true;
  if (["off", "0", "false", "no"].includes(value.toLowerCase())) return false;
  throw new Refusal("CONFIGURATION", `${name}=${value} is neither on nor off. Set it to on or off.`);
}

function checkProxies(value: string): number {
  if (/^[0-9]$/.test(value)) return Number(value);
  if (["on", "off"].includes(value.toLowerCase())) return value.toLowerCase() === "on" ? 1 : 0;
  throw new Refusal(
    "CONFIGURATION",
    `CHANCERY_TRUST_PROXY=${value} is neither on nor off. Set it to on behind one proxy that sets X-Forwarded-For, to the number of them behind several (9 at most), else to off.`,
  );
}

/** The entries of a list: what stands between commas. */
function list(value: string | undefined): string[] {
  return (value ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

function checkName(value: string): string {
  if (/^(\*|\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?)$/i.test(value)) return value.toLowerCase();
  const message = `CHANCERY_ALLOWED_HOSTS holds ${value}, which is no name of a host. It would be like record.example.org, or .example.org for every name below, without scheme and port.`;
  throw new Refusal("CONFIGURATION", message);
}

function checkOrigin(value: string): string {
  if (URL.canParse(value) && new URL(value).origin === value) return value;
  const message = `CHANCERY_ALLOWED_ORIGINS holds ${value}, which is no origin. It would be like https://example.org: scheme, host and port, and nothing behind.`;
  throw new Refusal("CONFIGURATION", message);
}
