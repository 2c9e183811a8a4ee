import documents from "./src/generated/persisted-documents.json" with { type: "json" };

/** The question of the README: what a first page loads. */
const first = "contest";
const names = Object.values(documents).map((text) => /^\w+ (\w+)/.exec(text)[1]);
const measure = (name, exports, limit) => ({
  name,
  path: "dist/index.js",
  import: `{ ${exports.join(", ")} }`,
  limit,
  gzip: true,
});

/** What a page loads at most, gzipped: 3.5 kB with any one operation, of which the first takes 3.3, and 0.4 kB for a further one. */
export default names.flatMap((name) => [
  measure(name, ["createClient", name], "3.5 kB"),
  ...(name === first ? [] : [measure(`${name} further`, ["createClient", first, name], "3.7 kB")]),
]);
