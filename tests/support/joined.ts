import type { IncomingHttpHeaders } from "node:http";
import { compose } from "../../examples/federation/compose.ts";
import { startDesk } from "../../examples/federation/desk/desk.ts";
import { startGateway } from "../../examples/federation/gateway.ts";
import { listen } from "../../examples/federation/listen.ts";
import { cloneSeeded } from "./database.ts";
import { openRecord, type Answer, type TestRecord } from "./record.ts";

/** The federation of the example, on a record of a test's own. */
export interface Joined extends AsyncDisposable {
  readonly record: TestRecord;
  /** The addresses of the GraphQL endpoints. */
  readonly urls: { readonly record: string; readonly desk: string; readonly gateway: string };
  /** What reached the record, in order: the headers of each request. */
  readonly seen: IncomingHttpHeaders[];
  readonly supergraph: string;
  /** Lets nobody reach the record while this is done; afterwards it is where it was. */
  away(work: () => Promise<void>): Promise<void>;
  /** Asks the gateway. */
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
}

/**
 * Starts the record, the desk and the gateway on ports of this machine.
 * @param opening a record to join, closed with the rest; else one that holds the founding dossier
 */
export async function joinSubgraphs(opening: Promise<TestRecord> = openSeeded()): Promise<Joined> {
  const record = await opening;
  const seen: Joined["seen"] = [];
  const serveRecord = (port?: number) =>
    listen((request, response) => {
      seen.push(request.headers);
      record.handler(request, response);
    }, port);
  let served = await serveRecord();
  const desk = await startDesk();
  const supergraph = await compose([
    { name: "chancery", url: served.url },
    { name: "desk", url: desk.url },
  ]);
  const gateway = await startGateway(supergraph);
  return {
    record,
    urls: { record: served.url, desk: desk.url, gateway: gateway.url },
    seen,
    supergraph,
    away: async (work) => {
      await served.close();
      await work();
      served = await serveRecord(Number(new URL(served.url).port));
    },
    ask: async (query, variables = {}, headers = {}) => {
      const body = JSON.stringify({ query, variables });
      const sent = { "content-type": "application/json", ...headers };
      const response = await fetch(gateway.url, { method: "POST", headers: sent, body });
      return (await response.json()) as Answer;
    },
    [Symbol.asyncDispose]: async () => {
      await gateway.close();
      await desk.close();
      await served.close();
      await record.close();
    },
  };
}

async function openSeeded(): Promise<TestRecord> {
  const database = await cloneSeeded();
  const record = openRecord(database.url);
  const close = async () => {
    await record.close();
    await database.drop();
  };
  return { ...record, close };
}
