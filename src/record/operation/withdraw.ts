import type { Tx } from "../../db/client.ts";
import { excerpt } from "../../values/excerpt.ts";
import { amendThings } from "../amend.ts";
import type { ChangeSet } from "../entry.ts";
import { nameKey } from "../name.ts";
import type { Ids } from "../terms/ids.ts";
import type { Problems } from "../terms/problem.ts";
import type { Batch } from "./batch.ts";

/** The rows that operations withdraw. */
export interface Withdrawn {
  readonly names: readonly string[];
  readonly identifiers: readonly { readonly id: string; readonly actorId: string; readonly scheme: string }[];
}

/** Finds the names and identifiers that operations withdraw. Tells of those that do not stand, and of common names. */
export async function findWithdrawn(tx: Tx, batch: Batch, ids: Ids, problems: Problems): Promise<Withdrawn> {
  const { withdrawnNames, withdrawnIdentifiers } = batch;
  const actorId = { in: [...withdrawnNames, ...withdrawnIdentifiers].map(({ actor }) => ids.of("actor", actor)) };
  const where = { actorId, withdrawn: null };
  const names = await tx.name.findMany({ where, include: { actor: { select: { name: true } } } });
  const identifiers = await tx.identifier.findMany({ where });
  const renamed = new Map(batch.amended.map(({ thingId, said }) => [thingId, said["name"]]));
  const tell = (spot: Parameters<Problems["add"]>[0], actor: string, what: string) => {
    problems.add(spot, `${excerpt(actor)} has no ${what} on record that could be withdrawn.`, { code: "NOT_FOUND" });
  };
  return {
    names: withdrawnNames.flatMap(({ actor, said, spot }) => {
      const found = names.find((row) => row.actorId === ids.of("actor", actor) && nameKey(row) === nameKey(said));
      if (!found) tell(spot, actor, `such name as ${excerpt(said.text)} of this language, script and kind`);
      else if (found.kind === "COMMON" && (renamed.get(found.actorId) ?? found.actor.name) === found.text) {
        problems.add(spot, `${excerpt(actor)} is shown by this name; amend the name first, or in the same change set.`);
        return [];
      }
      return found ? [found.id] : [];
    }),
    identifiers: withdrawnIdentifiers.flatMap(({ actor, said: { scheme, value }, spot }) => {
      const held = identifiers.filter((row) => row.actorId === ids.of("actor", actor));
      const found = held.find((row) => row.scheme === scheme && row.value === value);
      if (!found) tell(spot, actor, `identifier ${excerpt(`${scheme} ${value}`)}`);
      return found ? [found] : [];
    }),
  };
}

/** Withdraws names and identifiers: they are shown to those who look back, and to nobody else. */
export async function enterWithdrawals(tx: Tx, set: ChangeSet, { names, identifiers }: Withdrawn): Promise<void> {
  const change = { withdrawn: true };
  await amendThings(
    tx,
    set,
    "Name",
    names.map((id) => ({ id, change })),
  );
  await amendThings(
    tx,
    set,
    "Identifier",
    identifiers.map(({ id }) => ({ id, change })),
  );
}
