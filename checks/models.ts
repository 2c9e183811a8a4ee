/** Proves that the models and the migrated database agree: `npm run migrate:check`. Exit code 1 when they do not. */
import { disagreements } from "../prisma/agreement.ts";
import { readModelFiles } from "../prisma/model-file.ts";
import { withThrowawayDatabase } from "../prisma/throwaway.ts";

try {
  const found = await withThrowawayDatabase((url) => disagreements(url, readModelFiles()));
  for (const each of found) console.error(each);
  if (found.length > 0) process.exitCode = 1;
  else console.log("The models and the migrated database agree.");
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
