import { withSession } from "./connect.ts";
import { withSettings } from "./connection-string.ts";
import { joinEmbedded } from "./embedded/join.ts";
import { startEmbedded, type Embedded } from "./embedded/start.ts";
import { migrate } from "./migrate.ts";
import { APP_ROLE, mayTakeRole } from "./role.ts";
import { testDatabase } from "./self-test.ts";

/** Which database to open. */
export interface OpenOptions {
  /** A server of the reader's own; absent means the embedded one. */
  readonly databaseUrl?: string;
  /** Where the embedded one keeps everything. */
  readonly dataFolder: string;
  readonly log: (line: string) => void;
  /** Whether to work beside a server that already runs on the data folder, instead of refusing. */
  readonly beside?: boolean;
  /** The names of the migrations to apply; all by default. */
  readonly only?: ReadonlySet<string>;
}

/** A database that is safe to use and has every migration. Sessions at its `url` work as the application. */
export interface OpenDatabase extends Embedded {
  /** The migrations that opening it applied. */
  readonly applied: readonly string[];
  /** The same database, whose sessions may change how it is made. */
  readonly ownerUrl: string;
}

/**
 * Opens the database: starts the embedded PostgreSQL or takes the one named, looks whether it is safe, migrates it.
 * Nothing is left running when it throws.
 * @throws Refusal as `startEmbedded`, `testDatabase` and `migrate` do.
 */
export async function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  const running = await reach(options);
  try {
    const { warnings } = await testDatabase(running.url);
    for (const warning of warnings) options.log(`Warning: ${warning}`);
    const { applied } = await migrate(running.url, options);
    return { ...running, url: await asApplication(running.url, options.log), ownerUrl: running.url, applied };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/**
 * The same connection string, whose sessions work as the application, and may not edit the record; with a warning where
 * that cannot be.
 */
export async function asApplication(url: string, log: (line: string) => void): Promise<string> {
  if (await withSession(url, mayTakeRole)) return withSettings(url, { role: APP_ROLE });
  log(
    `Warning: the server works as the owner of the database, and triggers alone keep the record from being edited. Let a superuser: CREATE ROLE ${APP_ROLE} NOLOGIN; GRANT ${APP_ROLE} TO <the user of DATABASE_URL>; then start again.`,
  );
  return url;
}

async function reach({ databaseUrl, dataFolder, log, beside = false }: OpenOptions): Promise<Embedded> {
  const elsewhere = databaseUrl ?? (beside ? joinEmbedded(dataFolder) : undefined);
  if (elsewhere === undefined) return startEmbedded({ dataFolder, log });
  return { url: elsewhere, stop: () => Promise.resolve(), abandon: () => undefined };
}
