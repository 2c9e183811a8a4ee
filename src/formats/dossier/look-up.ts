import type { Db } from "../../db/client.ts";
import { latestFirst } from "../../record/capture.ts";
import { noKeys } from "../../record/terms/reference.ts";
import type { Held } from "./read-dossier.ts";

/** Answers what looks up, in the record, the keys that a dossier does not give itself. */
export function lookUpIn({ prisma }: Db): (keys: readonly string[], crisisKey: string | undefined) => Promise<Held> {
  return async (keys, crisisKey) => {
    const where = { key: { in: [...keys] } };
    const [documents, places, actors, positions, programmes, records] = await Promise.all([
      prisma.document.findMany({ where, include: { captures: { orderBy: latestFirst, take: 1 } } }),
      prisma.place.findMany({ where, select: { key: true } }),
      prisma.actor.findMany({ where, select: { key: true, kind: true } }),
      prisma.position.findMany({ where, select: { key: true } }),
      prisma.sanctionsProgramme.findMany({ where, select: { key: true } }),
      prisma.record.findMany({
        where: { ...where, crisis: { key: crisisKey ?? "" } },
        select: { key: true, kind: true },
      }),
    ]);
    return {
      keys: {
        ...noKeys(),
        document: new Map(documents.map(({ key }) => [key, ""])),
        place: new Map(places.map(({ key }) => [key, ""])),
        actor: new Map(actors.map(({ key, kind }) => [key, kind])),
        position: new Map(positions.map(({ key }) => [key, ""])),
        programme: new Map(programmes.map(({ key }) => [key, ""])),
        record: new Map(records.map(({ key, kind }) => [key, kind])),
      },
      captures: new Map(documents.flatMap(({ key, captures: [latest] }) => (latest ? [[key, latest]] : []))),
    };
  };
}
