import type { IncomingHttpHeaders } from "node:http";
import { openAccess } from "../../src/access/authenticate.ts";
import { openDb, type Db } from "../../src/db/client.ts";
import { Feed } from "../../src/feed/feed.ts";
import { Plans } from "../../src/plan/execute.ts";
import { KeptAnswers } from "../../src/plan/kept-answer.ts";
import { PlanReport } from "../../src/plan/report.ts";
import { serve } from "../../src/server.ts";
import { createApi } from "../../src/yoga.ts";
import type { Seen } from "../../src/yoga/seen.ts";
import { sendHttp } from "../support/http.ts";

/** A server that answers directly what it can, or that gives every request to Yoga. */
export interface Way {
  readonly db: Db;
  /** How many requests were answered directly. */
  direct(): number;
  /** How many operations were answered by their plans, and how many by execution. */
  counted(): Readonly<Record<string, number>>;
  send(sent: Sent): Promise<Answered>;
  readonly port: number;
  /** What was noted of each request whose answer ended. */
  readonly noted: Noted[];
  readonly faults: unknown[];
  close(): Promise<void>;
}

/** What a line of the log says of a request, but for times. */
export type Noted = Omit<Seen, "since"> & { readonly status: number | null };

/** A request. Its body is sent with its length, unless it is to come in chunks. */
export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly without?: readonly string[];
  readonly body?: string | Buffer;
}

/** What came back, but for the date. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** How a server is set up; its clock stands still. */
export interface Setting {
  readonly direct: boolean;
  readonly publicRead?: boolean;
  readonly perMinute?: number;
  readonly cacheBytes?: number;
}

/** Opens a server on the database at `url`, set up as `chancery serve` does it. */
export async function openWay(url: string, setting: Setting): Promise<Way> {
  const { direct, publicRead = true, perMinute = 1_000_000, cacheBytes = 0 } = setting;
  const db = openDb(url);
  const [faults, noted]: [unknown[], Noted[]] = [[], []];
  const fail = (fault: unknown) => void faults.push(fault);
  const access = openAccess({ db, publicRead, fail });
  const report = new PlanReport();
  const feed = new Feed(db);
  const api = createApi({
    db,
    feed,
    authenticate: access.authenticate,
    proxies: 1,
    playground: null,
    plans: new Plans(report, cacheBytes > 0 ? new KeptAnswers(cacheBytes) : null),
    direct,
    version: "1",
    report: fail,
    allowedOrigins: ["https://friend.example"],
    rate: { perMinute, now: () => 0 },
  });
  const serving = await serve({
    host: "127.0.0.1",
    port: 0,
    portChosen: false,
    handler: api.listener,
    ready: () => Promise.resolve(true),
    observe: ({ since: _since, ...seen }, status) => void noted.push({ ...seen, status }),
  });
  return {
    db,
    faults,
    noted,
    port: serving.port,
    direct: () => report.direct,
    counted: () => ({ planned: report.planned, ...report.fellBack }),
    send: (sent) => send(serving.port, sent),
    close: async () => {
      feed.close();
      await serving.close();
      await access.close();
      await db.close();
    },
  };
}

async function send(
  port: number,
  { method = "POST", path, headers = {}, without = [], body }: Sent,
): Promise<Answered> {
  const usual = { ...(method === "POST" ? { "content-type": "application/json" } : {}), "x-request-id": "same" };
  const length =
    body === undefined || "transfer-encoding" in headers ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const all = Object.fromEntries(
    Object.entries({ ...usual, ...length, ...headers }).filter(([name]) => !without.includes(name)),
  );
  const answer = await sendHttp({ port, method, ...(path === undefined ? {} : { path }), headers: all, body });
  const { date: _date, ...told } = answer.headers;
  return { status: answer.status, headers: told, text: answer.bytes.toString("latin1") };
}
