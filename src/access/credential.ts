import { Refusal } from "../errors.ts";

/** The names under which other APIs take a key in an address. */
const parameters = ["access_token", "api_key", "apikey", "apiKey", "authorization", "key", "token"];
const secretLike = /pcr_[\w-]{16,}/;

/**
 * What a request gives to show who asks: the text after `Bearer`, empty where Authorization says something else; null
 * where it gives nothing.
 * @throws Refusal BAD_USER_INPUT for a key in the address: logs and histories keep addresses
 */
export function credentialOf(request: Request): string | null {
  const { pathname, search, searchParams } = new URL(request.url);
  if (parameters.some((name) => searchParams.has(name)) || secretLike.test(decoded(pathname + search))) {
    throw new Refusal(
      "BAD_USER_INPUT",
      "A key has no place in an address, which logs and histories keep. Send it as the header Authorization: Bearer pcr_…, and revoke one that stood in an address.",
    );
  }
  const header = request.headers.get("authorization");
  if (header === null) return null;
  return /^bearer +(\S+)$/i.exec(header.trim())?.[1] ?? "";
}

/** An address as its writer meant it; as it stands where its percent signs mean nothing. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
