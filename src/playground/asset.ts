import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Refusal } from "../errors.ts";

/** A file that the page loads, held in memory. */
export type Asset = {
  /** Carries the digest of the content, so that a path never means two contents. */
  readonly path: string;
  readonly type: "text/javascript; charset=utf-8" | "text/css; charset=utf-8";
  readonly content: Uint8Array<ArrayBuffer>;
};

/** Scripts and styles of the page, each in the order in which the page must load them. */
export type Assets = { readonly scripts: readonly Asset[]; readonly styles: readonly Asset[] };

const require = createRequire(import.meta.url);

/**
 * Reads the closed list of files that the page loads, all from installed packages and this folder; nothing else is
 * ever served below `base` (a path without a closing slash, such as `/graphql/assets`).
 * Throws a `Refusal` (`CONFIGURATION`) when one of the packages is not installed.
 */
export function readAssets(base: string): Assets {
  const script = (name: string, file: string) => readAsset(`${base}/${name}`, "js", file);
  return {
    scripts: [
      script("react", locate("react", "umd/react.production.min.js")),
      script("react-dom", locate("react-dom", "umd/react-dom.production.min.js")),
      script("graphiql", locate("graphiql", "graphiql.min.js")),
      script("start", fileURLToPath(new URL("./start.js", import.meta.url))),
    ],
    styles: [readAsset(`${base}/graphiql`, "css", locate("graphiql", "graphiql.min.css"))],
  };
}

function readAsset(stem: string, ending: "js" | "css", file: string): Asset {
  const content = Uint8Array.from(readFileSync(file));
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const type = ending === "js" ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8";
  return { path: `${stem}.${digest}.${ending}`, type, content };
}

function locate(name: string, file: string): string {
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), file);
  } catch (cause) {
    const message = `The playground needs the package ${name}, which is not installed; run "npm install".`;
    throw new Refusal("CONFIGURATION", message, { package: name }, cause);
  }
}
