/** What a request line asks for: the path to answer, and the host that it names beside the header, if it does. */
export interface Target {
  readonly path: string;
  readonly host: string | null;
}

/** A path of which nothing can be wrong. */
const plain = /^\/[a-z]+$/;

/**
 * Reads the target of a request (RFC 9112, section 3.2): a path, or a whole address, which a server takes as well; null
 * for anything else, such as the star of OPTIONS.
 */
export function readTarget(target: string | undefined): Target | null {
  if (target === undefined) return null;
  if (plain.test(target)) return { path: target, host: null };
  const [, host = null, path = "/"] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(target) ?? [null, null, target];
  const whole = path.startsWith("?") ? `/${path}` : path === "" ? "/" : path;
  // Two slashes at the beginning would be read as the name of a host.
  if (!whole.startsWith("/") || whole.startsWith("//") || !URL.canParse(whole, "http://host")) return null;
  return { path: whole, host };
}
