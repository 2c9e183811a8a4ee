import type { RequestListener } from "node:http";
import { openAccess } from "../access/authenticate.ts";
import type { Config } from "../config.ts";
import { openDb, type Db } from "../db/client.ts";
import { createPlayground } from "../playground/playground.ts";
import { Plans } from "../plan/execute.ts";
import { KeptAnswers } from "../plan/kept-answer.ts";
import { PlanReport } from "../plan/report.ts";
import { createApi } from "../yoga.ts";
import type { ReportFault } from "../yoga/fault.ts";
import { readVersion } from "./version.ts";

/** The API, put together on an open database. */
export interface Assembled {
  readonly db: Db;
  readonly handler: RequestListener;
  /** Whether the database answers. */
  ready(): Promise<boolean>;
  /** Gives back every connection to the database. */
  close(): Promise<void>;
}

/** Puts the API together on the database at `url`. Faults that callers are not told of go to standard error. */
export function assemble(url: string, config: Config): Assembled {
  const db = openDb(url);
  const examplesFolder = new URL("../../examples/", import.meta.url);
  const report: ReportFault = (fault, requestId) =>
    console.error(JSON.stringify({ event: "fault", requestId, fault: String(fault) }));
  const access = openAccess({ db, publicRead: config.publicRead, fail: (fault) => report(fault, null) });
  const api = createApi({
    db,
    authenticate: access.authenticate,
    proxies: config.proxies,
    playground: config.playground ? createPlayground({ examplesFolder }) : null,
    plans: config.plan ? makePlans(config) : null,
    version: readVersion(),
    report,
  });
  return {
    db,
    handler: (request, response) => void api(request, response),
    ready: async () => (await db.pool.query("select 1")).rowCount === 1,
    close: async () => {
      await access.close();
      await db.close();
    },
  };
}

function makePlans({ cacheBytes }: Config): Plans {
  const report = new PlanReport((line) => console.error(JSON.stringify({ event: "plan", ...line })));
  return new Plans(report, cacheBytes > 0 ? new KeptAnswers(cacheBytes) : null);
}
