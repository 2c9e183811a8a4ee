// Imports a file as `chancery import` does, in a process of its own, and tells what it took. Usage: enter.ts <url> <file>
import { openDb } from "../../src/db/client.ts";
import { asApplication } from "../../src/db/open.ts";
import { enterBulkFile } from "../../src/command/bulk-file.ts";

const [url = "", path = ""] = process.argv.slice(2);
const say = (line: string) => process.stderr.write(`${line}\n`);
const db = openDb(await asApplication(url, say));
const before = process.cpuUsage();
const began = performance.now();
await enterBulkFile(db, path, { author: "bench", say });
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(before);
await db.close();
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ seconds, cpu: (user + system) / 1e6, megabytes }));
