import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Db } from "../db/client.ts";
import { isEmpty } from "../record/empty.ts";
import type { Surroundings } from "./command.ts";
import { enterDossierFile } from "./dossier-file.ts";

const FOUNDING = fileURLToPath(new URL("../../dossiers/venezuela-2019.yaml", import.meta.url));

/** Enters the founding dossier into a record that nothing was ever entered into; leaves any other as it is. */
export async function seedIfEmpty(db: Db, { say }: Pick<Surroundings, "say">): Promise<void> {
  if (!(await isEmpty(db))) return;
  const path = relative(process.cwd(), FOUNDING);
  await enterDossierFile(db, path.startsWith("..") ? FOUNDING : path, { author: "Chancery", say });
}
