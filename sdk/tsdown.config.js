import { defineConfig } from "tsdown";

/** Both module kinds, with types for each, and the two files that go along. */
export default defineConfig({
  entry: ["src/index.ts", "src/gql.ts", "src/testing.ts"],
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  dts: true,
  fixedExtension: false,
  outExtensions: ({ format }) => (format === "cjs" ? { js: ".cjs", dts: ".d.cts" } : { js: ".js", dts: ".d.ts" }),
  copy: ["../schema.graphql", "src/generated/persisted-documents.json"],
});
