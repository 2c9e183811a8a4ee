import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../src/db/embedded/start.ts";
import { migrate } from "../src/db/migrate.ts";

/** Runs `work` on a database of this project's migrations that holds nothing and is gone afterwards. */
export async function withThrowawayDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const dataFolder = mkdtempSync(join(tmpdir(), "chancery-models-"));
  try {
    const server = await startEmbedded({ dataFolder, log: () => undefined, settings: { fsync: "off" } });
    try {
      await migrate(server.url);
      return await work(server.url);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
