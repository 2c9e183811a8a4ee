import { Agent, request } from "node:http";

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
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const waits: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  const askOn = async () => {
    while (performance.now() < until) {
      const asked = performance.now();
      await ask(url, body, agent);
      waits.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: connections }, askOn));
  const took = (performance.now() - began) / 1000;
  agent.destroy();
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? NaN;
  return { rate: waits.length / took, p50: at(0.5), p99: at(0.99), answers: waits.length };
}

/** Sends one request, and answers the text of a 200. */
export function ask(url: string, body: string, agent?: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request(url, { method: "POST", headers, ...(agent ? { agent } : {}) }, (response) => {
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
