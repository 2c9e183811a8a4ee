import type { RequestListener } from "node:http";
import { openAccess } from "../access/authenticate.ts";
import type { Config } from "../config.ts";
import { openDb, type Db } from "../db/client.ts";
import { Feed } from "../feed/feed.ts";
import { createPlayground } from "../playground/playground.ts";
import { Plans } from "../plan/execute.ts";
import { KeptAnswers } from "../plan/kept-answer.ts";
import { PlanReport } from "../plan/report.ts";
import { createApi } from "../yoga.ts";
import { readVersion } from "./version.ts";
import { logTo, type Log } from "./log.ts";

/** The API, put together on an open database. */
export interface Assembled {
  readonly db: Db;
  readonly handler: RequestListener;
  /** Whether the database answers. */
  ready(): Promise<boolean>;
  /** Ends the answers that would go on, each with word of where to go on. */
  endStreams(): void;
  /** Gives back every connection to the database. */
  close(): Promise<void>;
}

/** Puts the API together on the database at `url`. The log goes to standard error. */
export function assemble(url: string, config: Config): Assembled {
  const db = openDb(url, { warn: (line) => void process.stderr.write(`${line}\n`) });
  const log = logTo((line) => void process.stderr.write(`${line}\n`));
  const feed = new Feed(db);
  const examplesFolder = new URL("../../examples/", import.meta.url);
  const access = openAccess({ db, publicRead: config.publicRead, fail: (fault) => log.fault(fault, null) });
  const api = createApi({
    db,
    feed,
    authenticate: access.authenticate,
    proxies: config.proxies,
    playground: config.playground ? createPlayground({ examplesFolder }) : null,
    plans: config.plan ? makePlans(config, log) : null,
    version: readVersion(),
    report: log.fault,
    ...(config.log ? { observe: log.request } : {}),
    rate: config.rate === null ? null : { perMinute: config.rate },
    allowedOrigins: config.allowedOrigins,
  });
  return {
    db,
    handler: (request, response) => void api(request, response),
    ready: async () => (await db.pool.query("select 1")).rowCount === 1,
    endStreams: () => feed.close(),
    close: async () => {
      try {
        await access.close();
      } finally {
        await db.close();
      }
    },
  };
}

function makePlans(config: Config, log: Log): Plans {
  return new Plans(
    new PlanReport(config.log ? log.plan : () => undefined),
    config.cacheBytes > 0 ? new KeptAnswers(config.cacheBytes) : null,
  );
}
