import type { Surroundings } from "./command.ts";

/**
 * Enters the founding dossier into a record that has no crisis yet; leaves any other record as it is.
 * SEAM: to call `importDossier` of `src/formats/dossier.ts` with `dossiers/venezuela-2019.yaml`.
 */
export async function seedIfEmpty(_url: string, _surroundings: Surroundings): Promise<void> {}
