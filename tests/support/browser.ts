import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Keep the browser quiet: it must ask the network for nothing that the page did not ask for. */
const ARGUMENTS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where Chromium is: `CHROMIUM_PATH`, else the usual places of Linux; null when there is none. */
export function findBrowser(): string | null {
  const named = process.env["CHROMIUM_PATH"];
  return (named === undefined ? PLACES : [named]).find((path) => existsSync(path)) ?? null;
}

/** An open browser with a profile of its own, which `close` removes. */
export type TestBrowser = { readonly context: BrowserContext; close(): Promise<void> };

/**
 * Opens a headless Chromium with a fresh profile. Without one on this machine it calls `skip` with the reason, which
 * must not return (`skip` of a vitest test does not), or throws if `CI` is set, where a skipped test would go unseen.
 */
export async function openBrowser(skip: (reason: string) => never): Promise<TestBrowser> {
  const executablePath = findBrowser();
  if (executablePath === null) {
    const reason = "There is no Chromium here: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.";
    if (process.env["CI"]) throw new Error(reason);
    return skip(reason);
  }
  const profile = await mkdtemp(join(tmpdir(), "chancery-browser-"));
  const options = { executablePath, headless: true, chromiumSandbox: false, args: ARGUMENTS };
  const context = await chromium.launchPersistentContext(profile, options);
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Notes everything a clean page does not do: errors and warnings on the console (a browser reports breaches of the
 * content security policy there), exceptions, failed requests, and requests to a host other than `origin`.
 * To be called before the page is opened; the list grows as the page lives.
 */
export function watchPage(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== "data:" && protocol !== "blob:" && asked !== origin) complaints.push(`abroad: ${request.url()}`);
  });
  return complaints;
}
