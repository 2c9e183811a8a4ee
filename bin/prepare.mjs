// Makes a fresh clone ready to run: installs what is missing, generates what is stale. Needs nothing but Node.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = join(dirname(fileURLToPath(import.meta.url)), "..");
const installedStamp = join(project, "node_modules", ".chancery-installed");
const generatedStamp = join(project, "src", "generated", ".stamp");

/** Installs and generates as needed; ends the process with a message when it cannot. */
export function prepare() {
  requireNode();
  if (!isInstalled()) install();
  const models = hashModels();
  if (read(generatedStamp) !== models) generate(models);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Chancery needs Node.js 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org`);
}

function isInstalled() {
  const lock = readFileSync(join(project, "package-lock.json"));
  const hash = sha256(lock);
  if (read(installedStamp) === hash) return true;
  // Installed by hand: npm's own note of what it installed tells whether it was this.
  const note = read(join(project, "node_modules", ".package-lock.json"));
  if (note === undefined || !agree(JSON.parse(lock.toString()).packages, JSON.parse(note).packages)) return false;
  stampInstalled(hash);
  return true;
}

function agree(wanted, installed) {
  return Object.entries(wanted).every(([path, { version, optional, devOptional, peer, link }]) => {
    if (!path.includes("node_modules/") || link) return true;
    const found = installed[path];
    return found === undefined ? Boolean(optional || devOptional || peer) : found.version === version;
  });
}

function install() {
  const lock = readFileSync(join(project, "package-lock.json"));
  const count = Object.keys(JSON.parse(lock.toString()).packages).length;
  console.log(`Installing what Chancery needs, ${count} packages at most: once, a minute or so …`);
  // No install scripts: what they do is not needed, or done at start, and one of them downloads. The development
  // packages whatever NODE_ENV says: generating the client needs them.
  run("npm ci", ...npm(), "ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund");
  stampInstalled(sha256(lock));
}

function stampInstalled(hash) {
  try {
    writeFileSync(installedStamp, hash);
  } catch {
    // node_modules belongs to somebody else: then the longer comparison is made each time
  }
}

/** npm as it runs us, or as it lies on the path. */
function npm() {
  const own = process.env.npm_execpath;
  if (own !== undefined && /npm-cli\.c?js$/.test(own)) return [process.execPath, own];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

/** Everything that the generated code depends on, in one number. */
function hashModels() {
  const folder = join(project, "prisma");
  const hash = createHash("sha256").update(read(join(project, "node_modules/prisma/package.json")) ?? "");
  const names = readdirSync(folder, { recursive: true }).map(String).sort();
  for (const name of names.filter((each) => /\.(prisma|ts)$/.test(each))) {
    hash.update(`${name}\0`).update(readFileSync(join(folder, name)));
  }
  return hash.digest("hex");
}

function generate(models) {
  console.log("Generating the database client from prisma/models …");
  // Generating needs no schema engine, but Prisma would download one unless told of a file that exists.
  const environment = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  };
  const prisma = join(project, "node_modules", "prisma", "build", "index.js");
  runWith(environment, "quiet", "prisma generate", process.execPath, prisma, "generate");
  mkdirSync(dirname(generatedStamp), { recursive: true });
  writeFileSync(generatedStamp, models);
}

function run(name, command, ...args) {
  runWith({}, "loud", name, command, ...args);
}

function runWith(environment, volume, name, command, ...args) {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    cwd: project,
    env: { ...process.env, ...environment },
    stdio: volume === "quiet" ? "pipe" : "inherit",
    encoding: "utf8",
    shell: command.endsWith(".cmd"),
  });
  if (status === 0) return;
  const words = [error?.message, stdout, stderr].filter(Boolean).join("\n");
  if (words !== "") console.error(words);
  fail(
    `"${name}" failed (${signal ?? `exit code ${status}`}). Its words are above; run it by hand in ${project} to see more.`,
  );
}

function fail(message) {
  console.error(`chancery: ${message}`);
  process.exit(1);
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) prepare();
