/**
 * Adds up a vitest report and a report of checks/run.mjs, each test and each check as one.
 * usage: node checks/count.mjs <vitest.json> <its exit code> <checks.json> <its exit code>
 * Prints what failed, then "N passed, N failed" alone on the last line; exit code 1 unless some passed and none failed.
 */
import { existsSync, readFileSync } from "node:fs";

const [testFile, testCode, checkFile, checkCode] = process.argv.slice(2);

/** What a report holds; nothing when the program ended before it wrote it whole. */
function read(path) {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (fault) {
    console.log(`${path} breaks off: ${fault.message}`);
    return undefined;
  }
}

const failures = [];
let passed = 0;

const tests = read(testFile);
for (const file of tests?.testResults ?? []) {
  const of = (status) => file.assertionResults.filter((test) => test.status === status);
  passed += of("passed").length;
  failures.push(...of("failed").map((test) => `${file.name}: ${test.fullName}`));
  if (file.status === "failed" && of("failed").length === 0) failures.push(`${file.name}: could not be run`);
}
const testsRan = passed + failures.length;
if (testsRan === 0) failures.push("npm test: no test ran");
else if (testCode !== "0" && failures.length === 0) failures.push(`npm test: ended with ${testCode}, no test to blame`);

const checks = read(checkFile) ?? [];
passed += checks.filter(({ ok }) => ok).length;
const failedChecks = checks.filter(({ ok }) => !ok).map(({ name }) => `check: ${name}`);
if (checks.length === 0) failedChecks.push("npm run check: nothing was checked");
else if (checkCode !== "0" && failedChecks.length === 0) failedChecks.push(`npm run check: ended with ${checkCode}`);
failures.push(...failedChecks);

const skipped = tests?.numPendingTests ?? 0;
if (skipped > 0) console.log(`${skipped} tests skipped`);
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
