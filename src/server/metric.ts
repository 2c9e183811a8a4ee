import { createServer } from "node:http";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { listen } from "../listen.ts";
import type { KeptAnswers } from "../plan/kept-answer.ts";
import type { PlanReport } from "../plan/report.ts";
import { guards } from "../yoga/guard.ts";
import { requestIdOf } from "../yoga/request-id.ts";
import type { Observe } from "../yoga/seen.ts";
import { judgeHost, type HostRule } from "./host.ts";
import { refuse } from "./refusal.ts";

/** What is measured, as it stands whenever it is asked for; null where there is none. */
export interface Measured {
  readonly plans: PlanReport | null;
  readonly kept: KeptAnswers | null;
  readonly pool: { readonly totalCount: number; readonly idleCount: number; readonly waitingCount: number };
  readonly feed: { readonly size: number };
  /** Told of what fails while it is measured. */
  readonly fail: (fault: unknown) => void;
}

/** What a server tells of itself in numbers. */
export interface Metrics {
  /** Counts a request. */
  readonly observe: Observe;
  /** Listens on a port that serves `/metrics` and nothing else. @throws Refusal CONFIGURATION as `listen` does */
  serve(address: HostRule & { readonly port: number }): Promise<{ readonly port: number; close(): Promise<void> }>;
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const costs = [1, 10, 50, 100, 500, 1_000, 2_500, 5_000, 10_000, 25_000];

/** Begins to count. Every label has few values: neither names of operations nor keys are among them. */
export function createMetrics(measured: Measured): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const observe = countRequests(registry);
  measure(registry, measured);
  return {
    observe,
    serve: async ({ port, host, allowedHosts }) => {
      const server = createServer((request, response) => {
        const wrong = judgeHost(request.headers.host, { host, allowedHosts });
        if (wrong) return void refuse(response, wrong, requestIdOf(null));
        if (request.method !== "GET" || request.url !== "/metrics") return void response.writeHead(404, guards).end();
        const tell = (text: string) => {
          response.writeHead(200, { ...guards, "content-type": registry.contentType }).end(text);
        };
        registry.metrics().then(tell, (fault: unknown) => {
          measured.fail(fault);
          response.writeHead(500, guards).end();
        });
      });
      const bound = await listen(server, { host, port, portChosen: true });
      return {
        port: bound,
        close: () =>
          new Promise((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      };
    },
  };
}

function countRequests(registry: Registry): Observe {
  const registers = [registry];
  const requests = new Counter({
    registers,
    name: "chancery_requests_total",
    help: "Requests that were answered; status none where the client left before.",
    labelNames: ["kind", "code", "status"],
  });
  const duration = new Histogram({
    registers,
    name: "chancery_request_duration_seconds",
    help: "From the arrival of a request to the end of its answer; a subscription lasts as long as its stream.",
    labelNames: ["kind"],
    buckets: seconds,
  });
  const cost = new Histogram({
    registers,
    name: "chancery_request_cost",
    help: "How many objects the answer of an admitted operation may hold.",
    labelNames: ["kind"],
    buckets: costs,
  });
  return (seen, status, ms) => {
    const kind = seen.kind ?? "none";
    requests.inc({ kind, code: seen.code ?? "none", status: status ?? "none" });
    duration.observe({ kind }, ms / 1_000);
    if (seen.cost !== null) cost.observe({ kind }, seen.cost);
  };
}

/** Shows what others count already. */
function measure(registry: Registry, { plans, kept, pool, feed }: Measured): void {
  const counter = (name: string, help: string, label: string, read: () => Readonly<Record<string, number>>) => {
    const show = (own: Counter) => {
      own.reset();
      for (const [value, count] of Object.entries(read())) own.inc({ [label]: value }, count);
    };
    new Counter({
      registers: [registry],
      name,
      help,
      labelNames: [label],
      collect() {
        show(this);
      },
    });
  };
  if (plans) {
    const read = () => ({ plan: plans.planned, ...plans.fellBack });
    counter("chancery_answers_total", "Operations by what answered: a plan, or why none did.", "by", read);
    const ways = () => ({ direct: plans.direct, yoga: plans.planned - plans.direct });
    counter(
      "chancery_planned_answers_total",
      "Answers of plans by the way they took, with Yoga or without.",
      "way",
      ways,
    );
    const shared = () => ({ together: plans.together, alone: plans.alone });
    counter(
      "chancery_planned_statements_total",
      "Answers of plans that the database gave, by their statement: one together with others, or their own.",
      "sent",
      shared,
    );
  }
  if (kept) {
    const read = () => ({ hit: kept.hits, miss: kept.misses });
    counter("chancery_kept_answers_total", "Questions whose answer was kept, or was not.", "found", read);
  }
  const connections = () => ({
    used: pool.totalCount - pool.idleCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  });
  new Gauge({
    registers: [registry],
    name: "chancery_pool_connections",
    help: "Connections to the database in use and idle, and statements that wait for one.",
    labelNames: ["state"],
    collect() {
      for (const [state, count] of Object.entries(connections())) this.set({ state }, count);
    },
  });
  new Gauge({
    registers: [registry],
    name: "chancery_streams_open",
    help: "Streams of changes that are open.",
    collect() {
      this.set(feed.size);
    },
  });
}
