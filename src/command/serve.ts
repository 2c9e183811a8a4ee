import { openDatabase, type OpenDatabase } from "../db/open.ts";
import { doneWithin } from "../db/patience.ts";
import { tryAddress } from "../listen.ts";
import { serve } from "../server.ts";
import { expectNone } from "./arguments.ts";
import { assemble } from "./assemble.ts";
import type { Command, Surroundings } from "./command.ts";
import { seedIfEmpty } from "./seed.ts";
import { onParentGone, onStopSignal } from "./stop-signal.ts";
import { readVersion } from "./version.ts";

/** How long the API may take to give back its connections, in ms, before PostgreSQL is stopped all the same. */
const CLOSE_MS = 10_000;

/** Serves the record until told to stop; then answers what was asked, and only then lets go of the database. */
export const serveCommand: Command = {
  usage: "serve",
  summary: "serve the record, its API and its playground (npm start)",
  async run(args, surroundings) {
    expectNone(this.usage, args);
    // eslint-disable-next-line prefer-const -- a signal may come before it is open
    let database: OpenDatabase | undefined;
    const stopped = new Promise<void>((resolve) => {
      onStopSignal(
        () => {
          surroundings.say("\nStopping: finishing what was asked. Once more to stop at once.");
          resolve();
        },
        () => {
          database?.abandon();
          process.exit(130);
        },
      );
    });
    if (surroundings.config.underNpm) onParentGone(() => process.emit("SIGTERM"));
    await tryAddress(surroundings.config);
    database = await openDatabase({ ...surroundings.config, log: surroundings.say });
    try {
      await serveFrom(database, surroundings, stopped);
    } finally {
      await database.stop();
    }
    surroundings.say("Stopped.");
  },
};

async function serveFrom(database: OpenDatabase, surroundings: Surroundings, stopped: Promise<void>): Promise<void> {
  const { config, say } = surroundings;
  const api = assemble(database.url, config);
  let counting: { readonly port: number; close(): Promise<void> } | undefined;
  try {
    await seedIfEmpty(api.db, surroundings);
    counting = await api.metrics?.serve({ ...config, port: config.metricsPort ?? 0 });
    const serving = await serve({ ...config, handler: api.handler, ready: () => api.ready(), observe: api.observe });
    if (serving.port !== config.port && config.port !== 0) {
      say(`Port ${config.port} is taken by another program, so this one uses ${serving.port}. PORT=<number> chooses.`);
    }
    for (const line of greeting(surroundings, serving.port, counting?.port)) say(line);
    await stopped;
    api.endStreams();
    await serving.close();
  } finally {
    await counting?.close();
    if (!(await doneWithin(CLOSE_MS, api.close()))) say("The connections to the database took too long to close.");
  }
}

function greeting({ config }: Surroundings, port: number, metricsPort: number | undefined): string[] {
  const everywhere: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };
  const host = everywhere[config.host] ?? (config.host.includes(":") ? `[${config.host}]` : config.host);
  const url = `http://${host}:${port}/graphql`;
  const metrics = metricsPort === undefined ? [] : [`  Metrics     http://${host}:${metricsPort}/metrics`];
  return [
    `\nChancery ${readVersion()} is ready after ${process.uptime().toFixed(1)} s.\n`,
    `  ${config.playground ? "Playground" : "API       "}  ${url}`,
    `  SDK         createClient({ url: "${url}" })`,
    ...metrics,
    `  Record      ${config.databaseUrl === undefined ? config.dataFolder : "the database of DATABASE_URL"}`,
    `  Stop        Ctrl-C\n`,
  ];
}
