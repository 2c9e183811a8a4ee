import { defineConfig } from "tsdown";

/** Puts each comment of a declaration on a line of its own: behind the member before it, editors do not show it. */
const leadingComments = {
  name: "leading-comments",
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === "chunk" && /\.d\.c?ts$/.test(chunk.fileName)) {
        chunk.code = chunk.code.replace(/; (?=\/\*\*)/g, ";\n");
      }
    }
  },
};

/** Both module kinds, with types for each, and the three files that go along. */
export default defineConfig({
  entry: ["src/index.ts", "src/gql.ts", "src/testing.ts"],
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  dts: true,
  fixedExtension: false,
  outExtensions: ({ format }) => (format === "cjs" ? { js: ".cjs", dts: ".d.cts" } : { js: ".js", dts: ".d.ts" }),
  plugins: [leadingComments],
  copy: ["../schema.graphql", "../schema.subgraph.graphql", "src/generated/persisted-documents.json"],
});
