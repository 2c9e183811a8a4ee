// Asks the registry whether anything that the server runs on is known to be unsafe: `npm run audit`. Ends with 0 where
// nothing is, 1 where something is, and 75 where no registry says, which is no all-clear. No part of `npm run check`,
// which needs no network.
import { spawnSync } from "node:child_process";

const [NOTHING_KNOWN, UNSAFE, NOBODY_SAYS] = [0, 1, 75];
const grave = ["high", "critical"];

/** What npm tells of the packages that are installed to run; null where it tells nothing. */
function askRegistry() {
  const args = ["audit", "--omit", "dev", "--json"];
  const { stdout } = spawnSync("npm", args, { encoding: "utf8", timeout: 60_000, shell: process.platform === "win32" });
  try {
    const told = JSON.parse(stdout);
    return told.metadata?.vulnerabilities ? told : { why: told.message ?? told.error?.summary ?? "" };
  } catch {
    return { why: "npm audit told nothing within a minute" };
  }
}

const { metadata, vulnerabilities, why } = askRegistry();
if (!metadata) {
  console.error(`Not audited: no registry answers (${why}). This is no all-clear; run it again where one does.`);
  process.exit(NOBODY_SAYS);
}
const unsafe = Object.values(vulnerabilities).filter(({ severity }) => grave.includes(severity));
for (const { name, severity, range } of unsafe) console.error(`${severity}: ${name} ${range}`);
const { total } = metadata.dependencies;
if (unsafe.length > 0) {
  console.error(
    `${unsafe.length} of ${total} packages are known to be unsafe; "npm audit" tells why, and what would mend them.`,
  );
  process.exit(UNSAFE);
}
const lesser = metadata.vulnerabilities.total;
console.log(
  `None of ${total} packages is known to be gravely unsafe${lesser > 0 ? `; ${lesser} have lesser faults` : ""}.`,
);
process.exit(NOTHING_KNOWN);
