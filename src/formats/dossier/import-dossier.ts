import type { Db, Tx } from "../../db/client.ts";
import { enterChangeSet, inTurn } from "../../record/change-set.ts";
import { noteDossier } from "../../record/dossier-import.ts";
import type { ChangeSet } from "../../record/entry.ts";
import { reportedFromOf } from "../../record/document.ts";
import { allotIds } from "./allot-ids.ts";
import { enterDossierActors } from "./enter-actors.ts";
import { enterDossierAssertions } from "./enter-assertions.ts";
import { enterCrisis } from "./enter-crisis.ts";
import { enterDossierDocuments } from "./enter-documents.ts";
import type { Added, Entering } from "./entering.ts";
import { enterDossierPassages } from "./enter-passages.ts";
import { enterDossierPlaces } from "./enter-places.ts";
import { enterDossierPositions } from "./enter-positions.ts";
import { enterDossierProgrammes } from "./enter-programmes.ts";
import { lookUpIn } from "./look-up.ts";
import { readDossier, type Dossier } from "./read-dossier.ts";

/** Whose dossier it is, and where it stands. */
export interface ImportOptions {
  /** The folder that files of captures are in. */
  readonly folder: string;
  /** Who enters it; they count as the reader who made its assertions. */
  readonly author: string;
  /** The moment to be recorded, if it is later than the change set before; the clock of this machine by default. */
  readonly at?: Date;
}

/** What an import did. */
export interface Imported {
  /** The number of its first change set; null when the record held everything already. */
  readonly changeSet: number | null;
  readonly added: Readonly<Added>;
  /** How many things and records the record held as the dossier gives them. */
  readonly unchanged: number;
  /** How many assertions the dossier has, and how many quotations were found in their captures. */
  readonly assertions: number;
  readonly quotations: number;
}

/**
 * Enters a dossier into the record, all or nothing, as one change set; further ones withdraw what it brought in and says
 * was withdrawn, or update what it corrected, for no version is entered and closed by the same. What the record holds
 * already is left as it is: importing the same again changes nothing. New things, assertions, names, identifiers and
 * states are added; an assertion that says something else than before is corrected, or updated or withdrawn where the
 * dossier says so. Nothing is ever removed.
 * @throws Refusal DOSSIER_REFUSED with every problem at once; OVERLOADED when other changes take too long to end.
 */
export async function importDossier(db: Db, text: string, { folder, author, at }: ImportOptions): Promise<Imported> {
  const dossier = await readDossier(text, { folder, look: lookUpIn(db) });
  const reason = `Import of the dossier ${dossier.crisis.key}`;
  const submission = { author, reason, ...(at === undefined ? {} : { at }) };
  const [assertions, quotations] = [dossier.assertions.length, dossier.quotations.size];
  const most = dossier.assertions.reduce((longest, { updates }) => Math.max(longest, updates.length), 0) + 2;
  return inTurn(db, async (tx) => {
    const once = () => enterChangeSet(tx, submission, (_tx, set) => enter(tx, set, dossier, author));
    const { changeSet, result } = await once();
    const added: Added = { ...result.added };
    for (let { left } = result, turn = 1; left; turn += 1) {
      if (turn > most) throw new Error("What was corrected still does not say what the dossier does.");
      const { result: next } = await once();
      for (const noun of Object.keys(added) as (keyof Added)[]) added[noun] += next.added[noun];
      left = next.left;
    }
    return { changeSet, added, unchanged: result.unchanged, assertions, quotations };
  });
}

async function enter(tx: Tx, set: ChangeSet, dossier: Dossier, author: string): Promise<Entering & { left: boolean }> {
  const entering = { tx, set, dossier, author, ids: await allotIds(tx, dossier), added: nothing(), unchanged: 0 };
  await enterDossierActors(entering);
  const crisisId = await enterCrisis(entering);
  await enterDossierPlaces(entering);
  await enterDossierPositions(entering);
  await enterDossierProgrammes(entering);
  const captures = await enterDossierDocuments(entering);
  const sources = await enterDossierPassages(entering, captures, await instantsOf(tx, dossier));
  const left = await enterDossierAssertions(entering, crisisId, sources);
  dossier.problems.refuseIfAny();
  if (!set.empty) noteDossier(tx, set, { sha256: dossier.sha256, crisisKey: dossier.crisis.key });
  return { ...entering, left };
}

async function instantsOf(tx: Tx, { documents, heldCaptures }: Dossier): Promise<Map<string, Date>> {
  const where = { key: { in: [...heldCaptures.keys()] } };
  const held = await tx.document.findMany({ where, select: { key: true, reportedFrom: true } });
  const given = documents.flatMap(({ key, reported, published }): [string, Date][] => {
    const instant = reportedFromOf({ reported, publishedAt: published.at, published: published.date });
    return instant === null ? [] : [[key, instant]];
  });
  return new Map([...held.map(({ key, reportedFrom }): [string, Date] => [key, reportedFrom]), ...given]);
}

function nothing(): Added {
  return {
    crises: 0,
    documents: 0,
    captures: 0,
    places: 0,
    actors: 0,
    names: 0,
    identifiers: 0,
    positions: 0,
    programmes: 0,
    passages: 0,
    assertions: 0,
    updates: 0,
    retractions: 0,
    corrections: 0,
  };
}
