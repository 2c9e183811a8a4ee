import { randomUUID } from "node:crypto";

/** The id of a request: the one that it came with, if that is 1 to 64 visible ASCII characters, else a new one. */
export function requestIdOf(given: string | null | undefined): string {
  return given != null && /^[\x21-\x7e]{1,64}$/.test(given) ? given : randomUUID();
}
