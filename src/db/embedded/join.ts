import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { lockHolder } from "../lock.ts";
import { OWNER, layout, readPassword } from "./cluster.ts";
import { readPostmaster } from "./orphan.ts";

/**
 * The connection string of the embedded PostgreSQL that another process runs on this data folder; undefined when none
 * does. Lets a command work beside a running server.
 */
export function joinEmbedded(dataFolder: string): string | undefined {
  const folder = resolve(dataFolder);
  const { cluster, lock } = layout(folder);
  if (!existsSync(cluster) || lockHolder(lock) === undefined) return undefined;
  const postmaster = readPostmaster(cluster);
  if (postmaster === undefined) return undefined;
  return `postgresql://${OWNER}:${readPassword(folder)}@127.0.0.1:${postmaster.port}/${OWNER}`;
}
