// Enters a file of operations, in a process that can be killed. Usage: bulk-importer.ts <url> <file>
import { openDb } from "../../src/db/client.ts";
import { importBulk } from "../../src/formats/bulk/import-bulk.ts";
import { unfitness } from "../../src/graph/write/unfitness.ts";

const [url = "", path = ""] = process.argv.slice(2);
const db = openDb(url);
await importBulk(db, path, { author: "Sapt", say: (line) => console.log(line), unfitness, linesAtOnce: 2_000 });
await db.close();
