import type { Tx } from "../../db/client.ts";
import { excerpt } from "../../values/excerpt.ts";
import { amendThings } from "../amend.ts";
import type { ChangeSet } from "../entry.ts";
import { nameKey } from "../name.ts";
import type { Ids } from "../terms/ids.ts";
import type { Spot } from "../terms/node.ts";
import type { Problems } from "../terms/problem.ts";
import type { Batch } from "./batch.ts";

/** A row that an operation withdraws, and which operation that is, from 0. */
interface WithdrawnRow {
  readonly at: number;
  readonly id: string;
}

/** The rows that operations withdraw. */
export interface Withdrawn {
  readonly names: readonly WithdrawnRow[];
  readonly identifiers: readonly (WithdrawnRow & { readonly actorId: string; readonly scheme: string })[];
}

/**
 * Finds the names and identifiers that operations withdraw. Tells of those that do not stand or are withdrawn twice, and
 * of the last name by which an actor is shown.
 */
export async function findWithdrawn(tx: Tx, batch: Batch, ids: Ids, problems: Problems): Promise<Withdrawn> {
  const { withdrawnNames, withdrawnIdentifiers } = batch;
  if (withdrawnNames.length + withdrawnIdentifiers.length === 0) return { names: [], identifiers: [] };
  const idOf = ({ actor }: { actor: string }) => ids.of("actor", actor);
  const where = { actorId: { in: [...withdrawnNames, ...withdrawnIdentifiers].map(idOf) }, withdrawn: null };
  const names = await tx.name.findMany({ where, include: { actor: { select: { name: true } } } });
  const identifiers = await tx.identifier.findMany({ where });
  const gone = new Set<string>();
  const take = <Row extends { id: string }>(row: Row | undefined, spot: Spot, missing: string): Row[] => {
    if (row && !gone.has(row.id)) {
      gone.add(row.id);
      return [row];
    }
    if (row) problems.add(spot, "This is withdrawn twice; leave one out.", { code: "DUPLICATE" });
    else problems.add(spot, `${missing} on record that could be withdrawn.`, { code: "NOT_FOUND" });
    return [];
  };
  const found = withdrawnNames.flatMap((given) => {
    const { actor, said, spot } = given;
    const row = names.find((each) => each.actorId === idOf(given) && nameKey(each) === nameKey(said));
    const what = `${excerpt(actor)} has no such name as ${excerpt(said.text)} of this language, script and kind`;
    return take(row, spot, what).map((each) => ({ ...each, at: given.at, spot, of: actor }));
  });
  const renamed = new Map(batch.amended.map(({ thingId, said }) => [thingId, said["name"]]));
  for (const { actorId, text, actor, spot, of } of found) {
    const left = names.some((each) => each.actorId === actorId && each.text === text && !gone.has(each.id));
    if (left || (renamed.get(actorId) ?? actor.name) !== text) continue;
    problems.add(spot, `${excerpt(of)} is shown by this name; amend the name first, or in the same change set.`);
  }
  return {
    names: found.map(({ at, id }) => ({ at, id })),
    identifiers: withdrawnIdentifiers.flatMap((given) => {
      const { actor, said, spot } = given;
      const row = identifiers.find(
        (each) => each.actorId === idOf(given) && each.scheme === said.scheme && each.value === said.value,
      );
      const what = `${excerpt(actor)} has no identifier ${excerpt(`${said.scheme} ${said.value}`)}`;
      return take(row, spot, what).map((each) => ({ ...each, at: given.at }));
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
    names.map(({ id }) => ({ id, change })),
  );
  await amendThings(
    tx,
    set,
    "Identifier",
    identifiers.map(({ id }) => ({ id, change })),
  );
}
