import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import documents from "./src/generated/persisted-documents.json" with { type: "json" };

/** The question of the README: what a first page loads. */
const first = "contest";
const names = Object.values(documents).map((text) => /^\w+ (\w+)/.exec(text)[1]);
const measure = (name, exports, limit) => ({
  name,
  path: "dist/index.js",
  import: `{ ${exports.join(", ")} }`,
  limit: `${limit} B`,
  gzip: true,
});

/** Bytes that size-limit takes off for a page that imports and asks nothing. */
const emptyPage = 46;

/** Bytes that the client and the first question take, measured as below, so that a further one is held to its own. */
async function measureFirst() {
  const contents = `import { createClient, ${first} } from "./dist/index.js"; console.log(createClient, ${first});`;
  const stdin = { contents, resolveDir: import.meta.dirname };
  const { outputFiles } = await build({ stdin, bundle: true, minify: true, write: false });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length - emptyPage;
}
const taken = await measureFirst();

/** What a page loads at most, gzipped: 3.5 kB with any one operation, 0.4 kB for a further one. */
export default names.flatMap((name) => [
  measure(name, ["createClient", name], 3_500),
  ...(name === first ? [] : [measure(`${name} further`, ["createClient", first, name], taken + 400)]),
]);
