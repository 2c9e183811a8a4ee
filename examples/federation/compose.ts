import { pathToFileURL } from "node:url";
import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";
import { openNode } from "./node.ts";

/** A subgraph: its name in the supergraph, and where it is. */
export interface Subgraph {
  readonly name: string;
  readonly url: string;
}

/**
 * Asks each subgraph for its SDL and joins them.
 * @param headers sent along, for a subgraph that asks for a key
 * @returns the SDL of the supergraph, in which each subgraph's address stands
 * @throws Error with what a subgraph said, or with every reason why they do not compose
 */
export async function compose(
  subgraphs: readonly Subgraph[],
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const services = await Promise.all(
    subgraphs.map(async ({ name, url }) => ({ name, url, typeDefs: parse(await readSdl(url, headers)) })),
  );
  const { supergraphSdl, errors = [] } = composeServices(services);
  if (!supergraphSdl) throw new Error(`They do not compose:\n${errors.map(({ message }) => message).join("\n")}`);
  return openNode(supergraphSdl, "chancery");
}

async function readSdl(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query: "{ _service { sdl } }" }),
  }).catch((cause: unknown) => {
    throw new Error(`${url} cannot be asked for its schema; is its server running?`, { cause });
  });
  const said = await response.text();
  const { data } = JSON.parse(said) as { data?: { _service: { sdl: string } } | null };
  if (!data) throw new Error(`${url} does not tell its schema: ${said}`);
  return data._service.sdl;
}

// As a program: compose.ts chancery=http://127.0.0.1:4000/graphql desk=http://… prints the supergraph.
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const subgraphs = process.argv.slice(2).map((pair) => {
    const [name = "", ...url] = pair.split("=");
    return { name, url: url.join("=") };
  });
  const key = process.env["CHANCERY_KEY"];
  console.log(await compose(subgraphs, key ? { authorization: `Bearer ${key}` } : {}));
}
