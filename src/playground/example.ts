import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Kind, OperationTypeNode, parse, type OperationDefinitionNode } from "graphql";
import { Refusal } from "../errors.ts";

/** One question the playground opens with, read from `<name>.graphql` and, if there is one, `<name>.variables.json`. */
export type Example = {
  /** The file's name without its ending. */
  readonly name: string;
  /** The file as written: the comment that opens it explains the tab to whoever reads it. */
  readonly query: string;
  /** A JSON object as written, or null when the example has no variables file. */
  readonly variables: string | null;
  /** Whether it changes the record, so that its tab shows where the key goes. */
  readonly changes: boolean;
};

/**
 * Reads every example of a folder, in the order of the names.
 * Throws a `Refusal` (`CONFIGURATION`) that names the file when the folder cannot be read, when a document does not
 * parse, has no opening comment or an operation without a name, or when its variables are not a JSON object.
 */
export function readExamples(folder: string): Example[] {
  return listNames(folder).map((name) => {
    const path = join(folder, `${name}.graphql`);
    const query = readFileSync(path, "utf8");
    const operations = namedOperations(path, query);
    refuseUnexplained(path, query);
    const changes = operations.some(({ operation }) => operation === OperationTypeNode.MUTATION);
    return { name, query, variables: readVariables(folder, name), changes };
  });
}

function listNames(folder: string): string[] {
  try {
    const files = readdirSync(folder).filter((file) => file.endsWith(".graphql"));
    return files.map((file) => file.slice(0, -".graphql".length)).sort();
  } catch (cause) {
    throw new Refusal("CONFIGURATION", `The folder of examples ${folder} cannot be read.`, { folder }, cause);
  }
}

/** A tab takes its title from its operation, so an operation without a name would have none. */
function namedOperations(path: string, query: string): OperationDefinitionNode[] {
  const operations = parseDocument(path, query).filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operations.length > 0 && operations.every((operation) => operation.name !== undefined)) return operations;
  const message = `The example ${path} needs at least one operation, and a name for each, as in "query Crises { ... }".`;
  throw new Refusal("CONFIGURATION", message, { path });
}

function parseDocument(path: string, query: string) {
  try {
    return parse(query, { noLocation: true }).definitions;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal("CONFIGURATION", `The example ${path} is not GraphQL: ${reason}`, { path }, cause);
  }
}

function refuseUnexplained(path: string, query: string): void {
  if (/^\uFEFF?#+[ \t]*[^#\s]/.test(query)) return;
  const message = `The example ${path} must open with a comment that says what it shows: lines that start with "#".`;
  throw new Refusal("CONFIGURATION", message, { path });
}

function readVariables(folder: string, name: string): string | null {
  const path = join(folder, `${name}.variables.json`);
  if (!existsSync(path)) return null;
  const text = readFileSync(path, "utf8");
  if (isObject(parseJson(path, text))) return text.trimEnd();
  const message = `The variables ${path} must be a JSON object, from the names of variables to their values.`;
  throw new Refusal("CONFIGURATION", message, { path });
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal("CONFIGURATION", `The variables ${path} are not JSON: ${reason}`, { path }, cause);
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
