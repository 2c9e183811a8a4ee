import type { Tx } from "../../db/client.ts";
import type { FuzzyDate } from "../../values/fuzzy-date.ts";
import type { Problems } from "../terms/problem.ts";
import { refuseBackwards } from "../terms/read-date.ts";
import { refuseTakenCodes, refuseTakenNumbers } from "../terms/refuse-taken-codes.ts";
import type { Batch, GivenAmendment } from "./batch.ts";
import { renamed } from "./json-node.ts";

/**
 * Tells of things, new and amended, that do not go with the record or with each other: codes that are another's, spans
 * that end before they begin.
 */
export async function refuseUnfitThings(tx: Tx, { things, amended }: Batch, problems: Problems): Promise<void> {
  const named = amended.map(({ token: key, said, spot }) => ({ key, said, spot }));
  const codes = named.map(({ key, said, spot }) => {
    return { key, spot, iso2: (said["iso2"] ?? null) as string | null, iso3: (said["iso3"] ?? null) as string | null };
  });
  await refuseTakenCodes(tx, [...things.actor.map(({ said }) => said), ...codes], problems);
  const numbers = named.map(({ key, said, spot }) => {
    return {
      key,
      spot: renamed(spot, { geonamesId: "geonames" }),
      geonames: (said["geonamesId"] ?? null) as number | null,
    };
  });
  await refuseTakenNumbers(tx, [...things.place.map(({ said }) => said), ...numbers], problems);
  for (const amendment of amended) await refuseBackwardsSpan(tx, amendment, problems);
}

type Held = Pick<FuzzyDate, "edtf" | "earliest" | "latest">;

async function refuseBackwardsSpan(tx: Tx, amendment: GivenAmendment, problems: Problems): Promise<void> {
  const { noun, said, spot } = amendment;
  const [from, to] = noun === "crisis" ? ["start", "end"] : ["inception", "dissolution"];
  if (!(from in said) && !(to in said)) return;
  const held = await heldSpan(tx, amendment);
  const start = (from in said ? said[from] : held.start) as FuzzyDate | null;
  const end = (to in said ? said[to] : held.end) as FuzzyDate | null;
  refuseBackwards({ start, end }, spot, { problems });
}

async function heldSpan(tx: Tx, { noun, thingId: id }: GivenAmendment): Promise<{ start: Held; end: Held }> {
  if (noun === "crisis") {
    const row = await tx.crisis.findUniqueOrThrow({ where: { id } });
    return {
      start: { edtf: row.startEdtf, earliest: row.startEarliest, latest: row.startLatest },
      end: { edtf: row.endEdtf, earliest: row.endEarliest, latest: row.endLatest },
    };
  }
  const row = await tx.position.findUniqueOrThrow({ where: { id } });
  return {
    start: { edtf: row.inceptionEdtf, earliest: row.inceptionEarliest, latest: row.inceptionLatest },
    end: { edtf: row.dissolutionEdtf, earliest: row.dissolutionEarliest, latest: row.dissolutionLatest },
  };
}
