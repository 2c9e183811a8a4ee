import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createSchema, createYoga } from "graphql-yoga";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPlayground, type Playground } from "../src/playground/playground.ts";
import { openBrowser, watchPage } from "./support/browser.ts";
import { listen } from "./support/listen.ts";

const CRISES = `# Which crises does the record hold?
# Press run to see.
query Crises {
  crises { title }
}
`;
const ONE_CRISIS = `# One crisis, by its name. </script><script>window.broken = true</script>
query OneCrisis($slug: String!) {
  crisis(slug: $slug) { title }
}
`;
const RENAME = `# Another title. Put a key into the Headers pane.
mutation Rename { rename(title: "Second Moroccan Crisis") }
subscription Follow { titles }
`;
const FILES = {
  "01-crises.graphql": CRISES,
  "02-one-crisis.graphql": ONE_CRISIS,
  "02-one-crisis.variables.json": `{ "slug": "agadir-1911" }\n`,
  "03-rename.graphql": RENAME,
  "notes.md": "Not an example.",
};

const folders: string[] = [];

async function makeFolder(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "chancery-examples-"));
  folders.push(folder);
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}

let playground: Playground;

beforeAll(async () => {
  playground = createPlayground({ examplesFolder: await makeFolder(FILES) });
});

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

function ask(path: string, accept = "text/html", method = "GET"): Response | null {
  return playground.handle(new Request(`http://localhost${path}`, { method, headers: { accept } }));
}

function get(path: string, accept?: string, method?: string): Response {
  const response = ask(path, accept, method);
  if (response === null) throw new Error(`The playground left ${path} to somebody else.`);
  return response;
}

function listFiles(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? "");
}

describe("the page", () => {
  test("is for those who ask for HTML, and leaves every other request to the API", () => {
    const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    expect(get("/graphql", browser).status).toBe(200);
    expect(ask("/graphql", "*/*")).toBeNull();
    expect(ask("/graphql", "application/json")).toBeNull();
    expect(ask("/graphql", "application/graphql-response+json, text/html;q=0.1")).toBeNull();
    expect(ask("/graphql", "text/html;q=0")).toBeNull();
    expect(ask("/graphql", browser, "POST")).toBeNull();
    expect(ask("/graphql?query=%7Bcrises%7Btitle%7D%7D", browser)).toBeNull();
    expect(ask("/graphql/", browser)).toBeNull();
    expect(ask("/health/live", browser)).toBeNull();
  });

  test("lets only its own scripts run, and may not be framed, sniffed or kept", () => {
    const { headers } = get("/graphql");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy.split("; ")).toEqual(
      expect.arrayContaining(["default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policy).toMatch(/script-src 'nonce-[\w+/=]{24}';/);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("vary")).toBe("accept");
  });

  test("has a new nonce every time, which all its scripts carry", async () => {
    const pages = await Promise.all([get("/graphql"), get("/graphql")].map((response) => response.text()));
    const nonces = pages.map((page) => [...page.matchAll(/<script nonce="([^"]+)"/g)].map(([, nonce]) => nonce));
    expect(nonces[0]).toHaveLength(4);
    expect(new Set(nonces.flat()).size).toBe(2);
  });

  test("shows no text of an example as markup", async () => {
    expect(await get("/graphql").text()).not.toContain("window.broken = true</script>");
  });

  test("shows where the key goes in the tabs that change something, and in no others", async () => {
    const [, settings = ""] = /id="settings">([^]*?)<\/script>/.exec(await get("/graphql").text()) ?? [];
    const { tabs } = JSON.parse(settings) as { tabs: { query: string; headers?: string }[] };
    const headers = JSON.stringify({ authorization: "Bearer pcr_your_key" }, null, 2);
    expect(tabs.map((tab) => tab.headers)).toEqual([undefined, undefined, headers]);
  });

  test("has no body when only its head is asked for", async () => {
    const response = get("/graphql", "text/html", "HEAD");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await response.text()).toBe("");
  });

  test("is at the endpoint it is given", async () => {
    const folder = pathToFileURL(await makeFolder({}));
    const elsewhere = createPlayground({ examplesFolder: folder, endpoint: "/api/v1" });
    const request = new Request("http://localhost/api/v1", { headers: { accept: "text/html" } });
    expect(await elsewhere.handle(request)?.text()).toContain(`src="/api/v1/assets/graphiql.`);
    expect(() => createPlayground({ examplesFolder: folder, endpoint: `/"><script>` })).toThrow("must be a path");
  });
});

describe("the files of the page", () => {
  test("are typed, and may be kept for ever because their names carry their content", async () => {
    const files = listFiles(await get("/graphql").text());
    expect(files).toHaveLength(5);
    for (const file of files) {
      const { status, headers } = get(file, "*/*");
      expect(status).toBe(200);
      expect(file).toMatch(/^\/graphql\/assets\/[a-z-]+\.[0-9a-f]{16}\.(js|css)$/);
      expect(headers.get("content-type")).toMatch(file.endsWith(".css") ? "text/css" : "text/javascript");
      expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  test.each([
    "/graphql/assets/",
    "/graphql/assets/graphiql.js",
    "/graphql/assets/graphiql.0000000000000000.js",
    "/graphql/assets/..%2f..%2fpackage.json",
    "/graphql/assets/%2e%2e%5cpackage.json",
    "/graphql/assets//etc/passwd",
    "/graphql/assets/constructor",
  ])("do not include %s", async (path) => {
    const response = get(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("The playground has no such file.\n");
  });

  test("can only be read", () => {
    const response = get("/graphql/assets/graphiql.js", "*/*", "POST");
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
  });
});

describe("an example that cannot be shown is refused by name", () => {
  test.each([
    ["is not GraphQL", { "a.graphql": "# Broken.\nquery A {" }, /a\.graphql is not GraphQL: Syntax Error/],
    ["has an operation without a name", { "a.graphql": "# Bare.\n{ crises { title } }" }, /a name for each/],
    ["has no operation", { "a.graphql": "# Bare.\nfragment F on Crisis { title }" }, /at least one operation/],
    ["does not say what it shows", { "a.graphql": "query A { crises { title } }" }, /must open with a comment/],
    ["has a list of variables", { "a.graphql": CRISES, "a.variables.json": "[]" }, /must be a JSON object/],
    ["has broken variables", { "a.graphql": CRISES, "a.variables.json": "{" }, /a\.variables\.json are not JSON/],
  ])("when it %s", async (_, files, words) => {
    const examplesFolder = await makeFolder(files);
    expect(() => createPlayground({ examplesFolder })).toThrow(words);
  });

  test("when its folder is not there", () => {
    expect(() => createPlayground({ examplesFolder: "/nowhere/examples" })).toThrow("/nowhere/examples cannot be read");
  });
});

const schema = createSchema({
  typeDefs: `
    "A political crisis."
    type Crisis { "Its usual name." title: String! }
    type Query { "Every crisis of the record." crises: [Crisis!]! crisis(slug: String!): Crisis }
    type Mutation { rename(title: String!): String! }
    type Subscription { titles: String! }
  `,
  resolvers: {
    Mutation: {
      rename: (_: unknown, { title }: { title: string }, { request }: { request: Request }) =>
        `${title}, by ${request.headers.get("authorization")}`,
    },
    Subscription: {
      titles: {
        subscribe: async function* () {
          yield { titles: "Agadir Crisis" };
          await new Promise((resolve) => setTimeout(resolve, 300));
          yield { titles: "Second Moroccan Crisis" };
        },
      },
    },
    Query: {
      crises: () => [{ title: "Agadir Crisis" }, { title: "July Crisis" }],
      crisis: (_: unknown, { slug }: { slug: string }) => ({ title: `The crisis called ${slug}` }),
    },
  },
});

const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 10_000, interval: 200 });

test("In a browser the playground opens with its examples, runs them, knows the schema and asks no other host", async ({
  skip,
}) => {
  const browser = await openBrowser(skip);
  const api = createYoga({ schema, graphiql: false, landingPage: false, cors: false, logging: false });
  const server = await listen(async (request) => playground.handle(request) ?? api.fetch(request));
  try {
    const page = await browser.context.newPage();
    const complaints = watchPage(page, server.origin);
    const recall = (key: string) => page.evaluate<unknown>(`localStorage.getItem("chancery:graphiql:${key}")`);
    await page.goto(`${server.origin}/graphql`);

    const tabs = page.getByRole("tab", { name: /Cris|Rename|Follow/ });
    await eventually(() => tabs.allInnerTexts()).toEqual(["Crises", "OneCrisis", "Rename"]);
    const editor = page.locator(".graphiql-query-editor");
    await eventually(() => editor.innerText()).toContain("Which crises does the record hold?");

    const answer = page.locator(".result-window");
    const run = page.getByRole("button", { name: /^Execute query/ });
    await run.click();
    await eventually(() => answer.innerText()).toContain(`"title": "July Crisis"`);

    await tabs.nth(1).click();
    // The editor learns a tab's operations a moment after the tab opens, and then keeps the name of the one to run.
    await eventually(() => recall("operationName")).toBe("OneCrisis");
    await run.click();
    await eventually(() => answer.innerText()).toContain(`"title": "The crisis called agadir-1911"`);

    await tabs.nth(2).click();
    await eventually(() => recall("operationName")).toBe("Rename");
    await page.getByRole("button", { name: "Headers" }).click();
    await eventually(() => page.getByRole("region", { name: "Headers" }).innerText()).toContain("Bearer pcr_your_key");
    const choose = async (name: string) => {
      await page.getByRole("button", { name: /^Execute query/ }).click();
      await page.getByRole("menuitem", { name }).click();
    };
    await choose("Rename");
    await eventually(() => answer.innerText()).toContain("Second Moroccan Crisis, by Bearer pcr_your_key");
    await choose("Follow");
    await eventually(() => answer.innerText()).toContain(`"titles": "Second Moroccan Crisis"`);
    await tabs.nth(1).click();
    await eventually(() => recall("operationName")).toBe("OneCrisis");

    await editor.locator(".CodeMirror-line", { hasText: "crisis(slug" }).click();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("cri");
    await eventually(() => page.locator(".CodeMirror-hints").innerText()).toContain("crises");
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    await page.getByRole("link", { name: "Query" }).click();
    await eventually(() => page.locator(".graphiql-plugin").innerText()).toContain("Every crisis of the record.");

    await page.getByRole("button", { name: "Open settings dialog" }).click();
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");

    await eventually(() => recall("tabState")).toContain("cri\\n");
    await page.reload();
    await eventually(() => tabs.allInnerTexts()).toEqual(["Crises", "OneCrisis", "Follow"]);
    expect(await editor.innerText()).toContain("query OneCrisis");
    expect(await page.evaluate("window.broken")).toBeUndefined();
    expect(complaints).toEqual([]);
  } finally {
    await server.close();
    await browser.close();
  }
}, 60_000);
