/** Drafts the migration from the database as it is migrated to the models as they are: `npm run migrate -- <noun>`. */
import { join, relative } from "node:path";
import { draftMigration } from "../prisma/draft.ts";
import { readModelFiles } from "../prisma/model-file.ts";
import { withThrowawayDatabase } from "../prisma/throwaway.ts";

const nouns = process.argv.slice(2);
const [noun] = nouns;

if (noun === undefined || nouns.length > 1) {
  console.error("Say in one word what the migration is about: npm run migrate -- sanction");
  process.exit(2);
}

try {
  const folder = join(import.meta.dirname, "../prisma/migrations");
  const draft = await withThrowawayDatabase((url) =>
    draftMigration({ url, files: readModelFiles(), folder, noun, at: new Date() }),
  );
  if (draft === undefined) {
    console.log("There is nothing to draft: the migrations make what the models say.");
  } else {
    console.log(`Drafted ${relative(process.cwd(), draft.path)}. Read it, and finish it by hand before it is merged.`);
    for (const table of draft.tables) {
      console.log(
        `- ${table} is new: append-only triggers are written. Add the checks it needs, and for a kind of assertion the trigger ${table}_is_of_its_kind.`,
      );
    }
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
