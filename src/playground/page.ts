import type { Assets } from "./asset.ts";
import type { Example } from "./example.ts";

/** What the page is made of; `nonce` must be fresh for every answer. */
export type PageContent = {
  readonly endpoint: string;
  readonly assets: Assets;
  readonly examples: readonly Example[];
  readonly nonce: string;
};

/**
 * The policy of the page (Content Security Policy, level 3): only scripts with this answer's nonce run, and nothing is
 * asked of another host. Fonts and the images of the style sheet are `data:` URLs inside it.
 */
export function writePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "font-src data:",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** What stands in the Headers pane of a tab that changes the record, for its reader to put a key in. */
const KEY = JSON.stringify({ authorization: "Bearer pcr_your_key" }, null, 2);

/** The page as HTML. What the examples say reaches it as JSON in a block that no browser runs. */
export function renderPage({ endpoint, assets, examples, nonce }: PageContent): string {
  const tabs = examples.map(({ query, variables, changes }) => {
    return { query, ...(variables === null ? {} : { variables }), ...(changes ? { headers: KEY } : {}) };
  });
  const styles = assets.styles.map(({ path }) => `<link rel="stylesheet" href="${path}" />`);
  const scripts = assets.scripts.map(({ path }) => `<script nonce="${nonce}" src="${path}"></script>`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Chancery playground</title>
    <link rel="icon" href="data:," />
    ${styles.join("\n    ")}
    <style nonce="${nonce}">
      body { margin: 0; }
      #playground { height: 100vh; }
    </style>
  </head>
  <body>
    <div id="playground"></div>
    <noscript>The playground needs JavaScript. The API itself is at ${endpoint}, and needs none.</noscript>
    <script type="application/json" id="settings">${escapeMarkup(JSON.stringify({ endpoint, tabs }))}</script>
    ${scripts.join("\n    ")}
  </body>
</html>
`;
}

/** JSON allows any character as an escape, so no text of an example can close the block that holds it. */
function escapeMarkup(json: string): string {
  return json.replaceAll("<", "\\u003c");
}
