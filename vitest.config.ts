import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

const template = "tests/support/template.ts";

export default defineConfig({
  // The libraries load graphql as Node does; were the tests to load its other build, no type would be of the other's kind.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    include: ["tests/**/*.test.ts", "sdk/tests/**/*.test.ts"],
    globalSetup: existsSync(new URL(template, import.meta.url)) ? [template] : [],
    pool: "forks",
    // Each file talks to a PostgreSQL of its own making; more of them at once only wait for one another.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes at once, unless the machine is busy.
    expect: { poll: { timeout: 10_000 } },
  },
});
