import type { Tx } from "../db/client.ts";
import { copyVersions } from "./copy-version.ts";
import { newUuid } from "../values/ids.ts";
import type { NewAssertion } from "./assertion.ts";
import type { ChangeSet } from "./entry.ts";
import { findStanding, type Standing, type Target } from "./standing.ts";
import { closeVersions, enterVersions, inSuccession, refuseEarlier } from "./version.ts";

/**
 * Enters what later reports say of records: the world moved on, or what is known of it. The newest version is closed by
 * this change set; a copy of it counts as reported until the first of the `reports`, and each of those until the next.
 * Nothing that older reports said is changed. A record is updated once in a change set, by as many reports, oldest first,
 * as there are. Answers the ids of the newest versions.
 * @throws Refusal BAD_USER_INPUT when a report is not later than the one before it, and as `findStanding` does
 */
export async function updateRecords(
  tx: Tx,
  set: ChangeSet,
  entries: readonly (Target & { readonly reports: readonly [NewAssertion, ...NewAssertion[]] })[],
): Promise<string[]> {
  const standing = await findStanding(tx, set, entries);
  const updates = entries.map(({ reports }, i) => {
    const { record, newest } = standing[i] as Standing;
    refuseEarlier(record.key, newest.reportedFrom, reports[0].reportedFrom);
    const until = reports[0].reportedFrom;
    return { newest, until, versions: inSuccession(record, reports, "UPDATED") };
  });
  closeVersions(
    tx,
    set,
    updates.map(({ newest }) => newest.id),
  );
  await carry(tx, set, updates);
  const versions = updates.flatMap((update) => update.versions);
  const ids = enterVersions(tx, set, versions);
  return updates.map((update) => ids[versions.indexOf(update.versions.at(-1) as (typeof versions)[number])] as string);
}

/** Enters copies of versions that end where the next report begins, with everything that hangs on them. */
async function carry(
  tx: Tx,
  set: ChangeSet,
  updates: readonly { newest: Standing["newest"]; until: Date }[],
): Promise<void> {
  const copying = updates.map(({ newest, until }) => ({ ...newest, until, copyId: newUuid() }));
  const rows = copying.map(({ copyId, until, ...newest }) => ({
    ...newest,
    id: copyId,
    reportedTo: until,
    recordedFrom: set.number,
    change: "CARRIED" as const,
  }));
  set.enter("assertion", rows, (data) => tx.assertion.createMany({ data }));
  for (const { table, rows: parts, write } of await copyVersions(tx, copying)) set.enter(table, parts, write);
}
