import { isIP } from "node:net";

/**
 * The address that a request comes from. Each proxy adds the one that it was asked from to the end of X-Forwarded-For,
 * and what stands before that a client may have made up: so the header is read from its end, and only as far as there
 * are proxies to be trusted.
 * @param socket the other end of the connection; undefined for a request that came over none
 * @param forwarded the header X-Forwarded-For
 * @param proxies how many proxies stand before this server
 */
export function addressOf(socket: string | undefined, forwarded: string | null, proxies: number): string {
  const told = (forwarded ?? "").split(",").map((each) => each.trim());
  const address = proxies > 0 ? told.at(-proxies) : undefined;
  return plain(address !== undefined && isIP(address) !== 0 ? address : (socket ?? "none"));
}

/** The network whose addresses are counted as one: an IPv4 address by itself, of IPv6 the 64 bits that a site is given. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.split("%")[0]?.split("::") ?? [];
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(Math.max(0, missing)).fill("0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, "").toLowerCase())
    .join(":")}::/64`;
}

/** An IPv4 address that a socket of IPv6 tells as `::ffff:192.0.2.1`, as itself. */
function plain(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? address;
}
