import { importDossier } from "../../src/formats/dossier/import-dossier.ts";
import { openDb } from "../../src/db/client.ts";
import { seedIfEmpty } from "../../src/command/seed.ts";
import { Plans } from "../../src/plan/execute.ts";
import { PlanReport, type PlanLine } from "../../src/plan/report.ts";
import { cloneFilled } from "../support/database.ts";
import { everyKind } from "../support/every-kind.ts";
import { openGazette } from "../support/gazette.ts";
import { openRecord } from "../support/record.ts";
import type { Two } from "./compare.ts";
import { findKnown } from "./known.ts";
import { enterProposals } from "./queue-of-proposals.ts";
import type { Known } from "./value.ts";

/** A record of every kind and with a past, asked in two ways. */
export interface Compared extends Two {
  readonly plans: Plans;
  /** What was logged of the plans. */
  readonly lines: readonly PlanLine[];
  readonly known: Known;
  close(): Promise<void>;
}

/** Opens the founding dossier beside one that has every kind, a fact that was updated, corrected and withdrawn, and proposals. */
export async function openCompared(): Promise<Compared> {
  const database = await cloneFilled("compared", fill);
  const lines: PlanLine[] = [];
  const plans = new Plans(new PlanReport((line) => lines.push(line)));
  const planned = openRecord(database.url, plans);
  const ordinary = openRecord(database.url, null);
  return {
    planned,
    ordinary,
    plans,
    lines,
    known: await findKnown(ordinary.db),
    close: async () => {
      await Promise.all([planned.close(), ordinary.close()]);
      await database.drop();
    },
  };
}

async function fill(url: string): Promise<void> {
  const db = openDb(url);
  await seedIfEmpty(db, { say: () => undefined });
  const at = new Date("2026-01-05T12:00:00.000Z");
  await importDossier(db, everyKind, { folder: ".", author: "Anthony Hope", at });
  await db.close();
  const record = openRecord(url, null);
  const gazette = await openGazette(record);
  await gazette.assert({}, [{ days: [3], stance: "WITHDRAWN" }]);
  await gazette.update({ days: [4, 5] });
  await gazette.correct({ days: [4], since: "1894-01" });
  await gazette.retract();
  await enterProposals(record);
  await record.close();
}
