/** The `options` start-up parameter that makes a PostgreSQL session run in UTC. */
const UTC = "-c TimeZone=UTC";

/**
 * The same connection string, whose sessions run in UTC whatever the server, database or role says.
 * Prisma's adapter writes instants without a zone, so a session in another zone would store wrong ones silently.
 */
export function inUtc(url: string): string {
  const parsed = new URL(url);
  const options = parsed.searchParams.get("options");
  if (options?.endsWith(UTC)) return url;
  parsed.searchParams.set("options", options === null ? UTC : `${options} ${UTC}`);
  // URLSearchParams writes a space as "+", which PostgreSQL clients do not read back as a space.
  parsed.search = parsed.search.replaceAll("+", "%20");
  return parsed.href;
}

/** The same connection string with another database name. */
export function withDatabase(url: string, database: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${encodeURIComponent(database)}`;
  return parsed.href;
}

/** The connection string as it may be shown to people and logs: without its password. */
export function withoutPassword(url: string): string {
  const parsed = new URL(url);
  if (parsed.password !== "") parsed.password = "***";
  parsed.searchParams.delete("password");
  return parsed.href;
}
