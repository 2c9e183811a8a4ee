import { request } from "node:http";
import autocannon from "autocannon";

/** What one round of load came to. */
export interface Round {
  /** Answers a second. */
  readonly rate: number;
  /** How long one waited for half, and for 99 of 100 answers, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly answers: number;
}

/**
 * Asks one question over and over for `seconds`, over as many connections as are given, each asking again when it was
 * answered. Throws when an answer is not 200.
 */
export async function load(
  url: string,
  body: string,
  { seconds, connections }: { seconds: number; connections: number },
): Promise<Round> {
  const waits: number[] = [];
  const others = new Set<number>();
  const headers = { "content-type": "application/json" };
  const running = autocannon({ url, method: "POST", headers, body, connections, duration: seconds });
  running.on("response", (_client, status, _bytes, ms) => {
    waits.push(ms);
    if (status !== 200) others.add(status);
  });
  const { errors, timeouts, duration } = await running;
  if (others.size + errors + timeouts > 0) {
    const statuses = [...others].join(", ") || "nothing else";
    throw new Error(`${url} answered with ${statuses}, ${errors} errors and ${timeouts} timeouts.`);
  }
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? NaN;
  return { rate: waits.length / duration, p50: at(0.5), p99: at(0.99), answers: waits.length };
}

/** Sends one request, and answers the text of a 200. */
export function ask(url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request(url, { method: "POST", headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${url} answered ${response.statusCode}: ${text.slice(0, 300)}`));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
