import type { Command } from "./command.ts";

const VARIABLES = [
  ["DATABASE_URL", "a PostgreSQL 15 or newer of your own, instead of the embedded one"],
  ["CHANCERY_DATA", "folder of the embedded PostgreSQL (.chancery)"],
  ["HOST, PORT", "where to listen (127.0.0.1, 4000 or the next free port)"],
  ["CHANCERY_PLAYGROUND", "on or off: the playground at /graphql (on)"],
  ["CHANCERY_CACHE", "megabytes of answers that are kept, or off (64)"],
  ["CHANCERY_PLAN", "on or off: queries are answered by one statement each where they can be (on)"],
  ["CHANCERY_DIRECT", "on or off: planned queries are answered without the way through Yoga (on)"],
  ["CHANCERY_PUBLIC_READ", "on or off: whether the record may be read without a key (on)"],
  ["CHANCERY_TRUST_PROXY", "on behind a proxy that sets X-Forwarded-For, or how many there are (off)"],
  ["CHANCERY_ALLOWED_HOSTS", "names by which the server is asked, with commas between (none)"],
  ["CHANCERY_ALLOWED_ORIGINS", "whose pages may ask from a browser, with commas between (nobody's)"],
  ["CHANCERY_RATE", "units of cost that each may ask in a minute, or off (120000)"],
  ["CHANCERY_LOG", "on or off: log every request, as JSON on standard error (on)"],
  ["CHANCERY_METRICS", "a port that serves /metrics to Prometheus, or off (off)"],
  ["CHANCERY_DEBUG", "on or off: show faults with their stack (off)"],
] as const;

/** Prints what `chancery` can do: the given commands, and the variables it reads. */
export function makeHelp(commands: () => Iterable<Command>): Command {
  return {
    usage: "help",
    summary: "print this",
    run(_args, { say }) {
      say("Usage: chancery <command>\n");
      for (const { usage, summary } of commands()) say(`  ${usage.padEnd(28)}${summary}`);
      say("\nEnvironment:\n");
      for (const [name, meaning] of VARIABLES) say(`  ${name.padEnd(28)}${meaning}`);
      return Promise.resolve();
    },
  };
}
