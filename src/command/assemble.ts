import type { RequestListener } from "node:http";
import { openAccess } from "../access/authenticate.ts";
import type { Config } from "../config.ts";
import { openDb, type Db } from "../db/client.ts";
import { Feed } from "../feed/feed.ts";
import { createPlayground } from "../playground/playground.ts";
import { Plans } from "../plan/execute.ts";
import { KeptAnswers } from "../plan/kept-answer.ts";
import { PlanReport } from "../plan/report.ts";
import { createMetrics, type Metrics } from "../server/metric.ts";
import { createApi } from "../yoga.ts";
import type { Observe } from "../yoga/seen.ts";
import { readVersion } from "./version.ts";
import { logTo, openStandardError } from "./log.ts";

/** The API, put together on an open database. */
export interface Assembled {
  readonly db: Db;
  readonly handler: RequestListener;
  /** To be told of every request: logs and counts it. */
  readonly observe: Observe;
  /** What is counted; null where nobody asked for it. */
  readonly metrics: Metrics | null;
  /** Whether the database answers. */
  ready(): Promise<boolean>;
  /** Ends the answers that would go on, each with word of where to go on. */
  endStreams(): void;
  /** Gives back every connection to the database. */
  close(): Promise<void>;
}

/** Puts the API together on the database at `url`. Each line of the log goes to `write`, by default to standard error. */
export function assemble(url: string, config: Config, write = openStandardError()): Assembled {
  const db = openDb(url, { warn: write });
  const log = logTo(write);
  const fail = (fault: unknown) => log.fault(fault, null);
  const feed = new Feed(db, { fail });
  const examplesFolder = new URL("../../examples/", import.meta.url);
  const plans = config.plan ? new PlanReport(config.log ? log.plan : undefined) : null;
  const kept = plans && config.cacheBytes > 0 ? new KeptAnswers(config.cacheBytes) : null;
  const metrics = config.metricsPort === null ? null : createMetrics({ plans, kept, pool: db.pool, feed, fail });
  const access = openAccess({ db, publicRead: config.publicRead, fail });
  const api = createApi({
    db,
    feed,
    authenticate: access.authenticate,
    proxies: config.proxies,
    playground: config.playground ? createPlayground({ examplesFolder }) : null,
    plans: plans && new Plans(plans, kept),
    direct: config.direct,
    version: readVersion(),
    report: log.fault,
    rate: config.rate === null ? null : { perMinute: config.rate, shared: { db, fail } },
    allowedOrigins: config.allowedOrigins,
  });
  return {
    db,
    handler: api.listener,
    ready: async () => (await db.pool.query("select 1")).rowCount === 1,
    observe: (...seen) => {
      if (config.log) log.request(...seen);
      metrics?.observe(...seen);
    },
    metrics,
    endStreams: () => feed.close(),
    close: async () => {
      try {
        await api.close();
        await access.close();
      } finally {
        await db.close();
      }
    },
  };
}
