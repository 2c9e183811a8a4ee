import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { openBrowser, watchPage } from "../../tests/support/browser.ts";
import { listen } from "../../tests/support/listen.ts";
import { installSdk } from "./support/installed.ts";
import { startServer } from "./support/started-server.ts";

const program = `
import { contest, createClient, isApiError, positions } from "@chancery/sdk";

globalThis.ask = async () => {
  const chancery = createClient({ url: "/graphql", persisted: true });
  const { record } = await chancery.run(contest, { key: "president-of-venezuela", asOf: { validAt: "2019-02-06" } });
  const titles = [];
  for await (const { title } of chancery.iterate(positions, { first: 2 })) titles.push(title);
  const refusal = await chancery.run(contest, { key: "x", asOf: { validAt: "never" } }).catch((error) => error);
  const stopped = await chancery
    .run(contest, { key: "x", asOf: {} }, { signal: AbortSignal.abort() })
    .catch((error) => error);
  return {
    rivals: record.positionByKey.contest.occupancies.map(({ holder }) => holder.name),
    titles,
    refusals: [refusal, stopped].map((error) => isApiError(error) && error.code),
  };
};`;

test("In a page the bundle asks the server of its origin", async ({ skip }) => {
  const browser = await openBrowser(skip);
  await using server = await startServer();
  await using installed = await installSdk(join(import.meta.dirname, "support/consumer"));
  writeFileSync(join(installed.folder, "page.mjs"), program);
  const bundling = { bundle: true, minify: true, format: "iife", platform: "browser", write: false } as const;
  const { outputFiles } = await build({ ...bundling, entryPoints: [join(installed.folder, "page.mjs")] });
  const script = outputFiles[0]?.text ?? "";
  const site = await listen(async (request) => {
    if (new URL(request.url).pathname === "/graphql") {
      const headers = ["accept", "content-type"].map((name): [string, string] => [
        name,
        request.headers.get(name) ?? "",
      ]);
      return fetch(server.url, { method: request.method, headers, body: await request.text() });
    }
    const page = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script>${script}</script>`;
    return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
  });
  try {
    const page = await browser.context.newPage();
    const complaints = watchPage(page, site.origin);
    await page.goto(site.origin);
    const found = await page.evaluate("ask()");
    expect(found).toMatchObject({ refusals: ["BAD_USER_INPUT", "ABORTED"] });
    const { rivals, titles } = found as { rivals: string[]; titles: string[] };
    expect(rivals).toContain("Juan Guaidó");
    expect(titles).toContain("President of Venezuela");
    expect(complaints).toEqual([]);
  } finally {
    await site.close();
    await browser.close();
  }
}, 120_000);
