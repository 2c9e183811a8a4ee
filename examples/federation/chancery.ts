import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Listening } from "./listen.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Starts Chancery as `npm start` does, on a free port, and shows what it says.
 * @throws Error when it ends before it is ready
 */
export function startChancery(environment: Readonly<Record<string, string | undefined>>): Promise<Listening> {
  const child = spawn(process.execPath, ["bin/chancery.mjs", "serve"], {
    cwd: project,
    env: { ...environment, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  process.once("exit", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      process.stdout.write(chunk);
      said += chunk.toString();
      const [, url] = /createClient\(\{ url: "(.*)" \}\)/.exec(said) ?? [];
      if (url === undefined) return;
      const close = () => {
        child.kill("SIGTERM");
        return ended;
      };
      resolve({ url, close });
    });
    child.once("exit", (code) => reject(new Error(`Chancery ended with ${String(code)} before it was ready.`)));
  });
}
