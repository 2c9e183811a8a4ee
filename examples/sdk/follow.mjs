// Follows the record into a file: each event a line of JSON. Started again, it goes on where the file ends.
//   node follow.mjs changes.jsonl
import { appendFileSync, existsSync, readFileSync, truncateSync } from "node:fs";
import { isApiError, recordChanged } from "@chancery/sdk";
import { chancery } from "./client.mjs";

const [file] = process.argv.slice(2);
if (!file) {
  console.error("Name the file: node follow.mjs changes.jsonl");
  process.exit(2);
}
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort());

try {
  const after = lastCursor();
  console.log(after ? `Going on after ${after}` : "Waiting for what changes next");
  for await (const { recordChanged: event } of chancery.subscribe(recordChanged, { after }, { signal: stop.signal })) {
    appendFileSync(file, `${JSON.stringify(event)}\n`);
    // An event without a change only tells how far the log goes.
    if (event.change) console.log(event.change.change, event.change.kind, event.change.subjectId);
  }
} catch (error) {
  if (!isApiError(error)) throw error;
  if (error.code !== "ABORTED") {
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** The cursor of the last whole line; what was cut off behind it is taken away, for it comes again. */
function lastCursor() {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  truncateSync(file, Buffer.byteLength(whole));
  const last = whole.trimEnd().split("\n").at(-1);
  return last ? JSON.parse(last).cursor : undefined;
}
