/**
 * The same connection string, whose sessions start with these settings whatever the server, database or role says.
 * Settings that the string brings along are kept; of two for one name, ours counts. Needed because `pg` prefers the
 * `options` of the string over those of its configuration.
 */
export function withSettings(url: string, settings: Readonly<Record<string, string | number>>): string {
  const parsed = new URL(url);
  const given = parsed.searchParams.get("options");
  const ours = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  parsed.searchParams.set("options", [...(given === null ? [] : [given]), ...ours].join(" "));
  // URLSearchParams writes a space as "+", which PostgreSQL clients do not read back as a space.
  parsed.search = parsed.search.replaceAll("+", "%20");
  return parsed.href;
}

/**
 * The same connection string, whose sessions run in UTC. Prisma's adapter writes instants without a zone, so a session
 * in another zone would store wrong ones silently.
 */
export function inUtc(url: string): string {
  return withSettings(url, { TimeZone: "UTC" });
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
