import { GraphQLError } from "graphql";
import type { GraphQLParams, Plugin } from "graphql-yoga";
import { bounds } from "../limit/bound.ts";
import type { RefusalCode } from "../errors.ts";
import { InvalidValue } from "../values/invalid-value.ts";
import { begunIn } from "./begun.ts";
import { InvalidText, readJson } from "../values/json-text.ts";

function refusal(code: RefusalCode, message: string, status = 400): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}

function read(text: string, what: string): unknown {
  try {
    return readJson(text, what);
  } catch (error) {
    if (error instanceof InvalidText) throw refusal("INVALID_TEXT", error.message);
    if (error instanceof InvalidValue) throw refusal("BAD_USER_INPUT", error.message);
    throw error;
  }
}

const tooLarge = () =>
  refusal("PAYLOAD_TOO_LARGE", `The body has more than ${bounds.requestBytes} bytes; send less at once.`, 413);

/** The bytes of a body. Reads no more of them than are taken. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const length = request.headers.get("content-length");
  if (length !== null && !/^\d+$/.test(length))
    throw refusal("BAD_USER_INPUT", "Content-Length is no number of bytes.");
  if (Number(length) > bounds.requestBytes) throw tooLarge();
  if (length !== null) {
    const whole = new Uint8Array(await request.arrayBuffer());
    if (whole.length > bounds.requestBytes) throw tooLarge();
    return whole;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size <= bounds.requestBytes) chunks.push(chunk);
    // To stop reading is to cut the connection, and then the refusal is not heard: only who sends on and on is cut.
    else if (size > 8 * bounds.requestBytes) break;
  }
  if (size > bounds.requestBytes) throw tooLarge();
  return Buffer.concat(chunks);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * What the bytes of a body ask.
 * @throws GraphQLError as `requestBody` does
 */
export function readParams(bytes: Uint8Array): GraphQLParams {
  if (bytes.length === 0)
    throw refusal("BAD_USER_INPUT", 'The body is empty; send JSON such as {"query":"{ __typename }"}.');
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw refusal("INVALID_TEXT", "The body is not UTF-8.");
  }
  const params = read(text, "body");
  if (Array.isArray(params)) {
    throw refusal("BATCHING_DISABLED", "One request asks one question; send the questions of the array one by one.");
  }
  if (typeof params !== "object" || params === null) {
    throw refusal("BAD_USER_INPUT", 'The body is no object; send JSON such as {"query":"{ __typename }"}.');
  }
  return params as GraphQLParams;
}

function readGet(request: Request): GraphQLParams {
  const { search, searchParams } = new URL(request.url);
  try {
    decodeURIComponent(search);
  } catch {
    throw refusal("INVALID_TEXT", "The address is not UTF-8 written with percent signs.");
  }
  const object = (name: string) => {
    const text = searchParams.get(name);
    return text === null || text === "" ? undefined : (read(text, name) as Record<string, unknown>);
  };
  const [query, operationName] = [searchParams.get("query"), searchParams.get("operationName")];
  const [variables, extensions] = [object("variables"), object("extensions")];
  return {
    ...(query === null ? {} : { query }),
    ...(operationName === null ? {} : { operationName }),
    ...(variables === undefined ? {} : { variables }),
    ...(extensions === undefined ? {} : { extensions }),
  };
}

/**
 * Reads what a request asks, so that every value is as it was sent. Refuses with PAYLOAD_TOO_LARGE before more than the
 * bound is kept, BATCHING_DISABLED, INVALID_TEXT, and BAD_USER_INPUT for what is no JSON or would be altered.
 */
export const requestBody: Plugin = {
  onRequestParse({ request, serverContext, setRequestParser }) {
    if (request.method === "GET") {
      setRequestParser(readGet);
      return;
    }
    const { body, params } = begunIn(serverContext) ?? {};
    setRequestParser(async () => params ?? readParams(body ?? (await readBytes(request))));
  },
};
