// Enters the change sets of a file, one after another, and tells how far it is.
//   CHANCERY_KEY=… node contribute.mjs change-sets.json
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { changeSetSubmit, isApiError } from "@chancery/sdk";
import { chancery } from "./client.mjs";

const [file] = process.argv.slice(2);
if (!file) {
  console.error("Name the file: node contribute.mjs change-sets.json");
  process.exit(2);
}
const changeSets = JSON.parse(readFileSync(file, "utf8"));

try {
  for (const [index, input] of changeSets.entries()) {
    const entered = await submit(input);
    console.log(`${index + 1} of ${changeSets.length}  ${entered}  ${input.reason}`);
    if (process.exitCode) break;
  }
} catch (error) {
  if (!isApiError(error)) throw error;
  console.error(`${error.message}\nWhat is listed above is entered; run this again for the rest.`);
  process.exitCode = 1;
}

/** Submits one change set and says what became of it. A refusal sets the exit code. */
async function submit(input) {
  // Named by its content: sent a second time, by a retry or by another run, it is not entered twice.
  const idempotencyKey = createHash("sha256").update(JSON.stringify(input)).digest("hex");
  const { changeSetSubmit: told } = await chancery.run(changeSetSubmit, { input }, { idempotencyKey });
  if (told.__typename === "ChangeSetSubmitted") {
    if (told.changeSet === null) return "waits for a review, or was there already";
    return `change set ${told.changeSet.number}, ${told.items.length} items`;
  }
  process.exitCode = 1;
  console.error(`${told.code}: ${told.message}`);
  if (told.__typename === "ValidationError") {
    for (const { path, message } of told.issues) console.error(`  ${path.join(".")}: ${message}`);
  }
  return "REFUSED";
}
