import { Refusal } from "../errors.ts";

/** The names under which other APIs take a key in an address. */
const parameters = ["access_token", "api_key", "apikey", "apiKey", "authorization", "key", "token"];
const secretLike = /pcr_[\w-]{16,}/;

/** What a request tells of who asks. */
export interface Asking {
  /** Its address from the path on. */
  readonly path: string;
  /** The header Authorization; null where there is none. */
  readonly authorization: string | null;
}

/**
 * What a request gives to show who asks: the text after `Bearer`, empty where Authorization says something else; null
 * where it gives nothing.
 * @throws Refusal BAD_USER_INPUT for a key in the address: logs and histories keep addresses
 */
export function credentialOf({ path, authorization }: Asking): string | null {
  if (namesKey(path) || secretLike.test(decoded(path))) {
    throw new Refusal(
      "BAD_USER_INPUT",
      "A key has no place in an address, which logs and histories keep. Send it as the header Authorization: Bearer pcr_…, and revoke one that stood in an address.",
    );
  }
  if (authorization === null) return null;
  return /^bearer +(\S+)$/i.exec(authorization.trim())?.[1] ?? "";
}

function namesKey(path: string): boolean {
  const search = path.indexOf("?");
  if (search === -1) return false;
  const given = new URLSearchParams(path.slice(search));
  return parameters.some((name) => given.has(name));
}

/** An address as its writer meant it; as it stands where its percent signs mean nothing. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
