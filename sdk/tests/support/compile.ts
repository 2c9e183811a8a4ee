import { join } from "node:path";
import { type Installed, modules } from "./installed.ts";

const strict = ["--strict", "--target", "es2022", "--lib", "es2022,dom", "--exactOptionalPropertyTypes"];

/** Compiles files of an installed folder strictly, declarations of packages too; throws what the compiler complains of. */
export function compile(installed: Installed, compiler: string, ...args: string[]): Promise<string> {
  return installed.run(join(modules, compiler, "bin/tsc"), [...strict, ...args]);
}
