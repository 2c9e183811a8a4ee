import pg from "pg";
import type { Sent } from "./watched.ts";

/** What a statement reads. */
export interface Reading {
  /** Pages of memory that were looked into, also by the functions that it calls. */
  readonly pages: number;
  /** Tables that were read from end to end, though an index was preferred. */
  readonly whole: readonly string[];
}

interface Node {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Shared Hit Blocks": number;
  readonly "Shared Read Blocks": number;
  readonly Plans?: readonly Node[];
}

/**
 * Runs a statement as it is planned for its values, or for all alike, and tells what it read. Indexes are preferred
 * wherever one can serve, as they are in a record that is large.
 */
export async function explain(session: pg.Client, { text, values }: Sent, way: "custom" | "generic"): Promise<Reading> {
  await session.query(`set plan_cache_mode = force_${way}_plan;
    set enable_seqscan = off; set jit = off`);
  await session.query(`prepare explained as ${text}`);
  try {
    const given = values.length === 0 ? "" : `(${values.map(literal).join(", ")})`;
    // What PostgreSQL reads of its own catalogues to know the tables, it reads once.
    await session.query(`execute explained${given}`);
    const { rows } = await session.query<{ "QUERY PLAN": [{ Plan: Node }] }>(
      `explain (analyze, buffers, timing off, format json) execute explained${given}`,
    );
    const plan = rows[0]?.["QUERY PLAN"][0].Plan;
    if (!plan) throw new Error("nothing was explained");
    const nodes = [...nodesOf(plan)];
    return {
      pages: plan["Shared Hit Blocks"] + plan["Shared Read Blocks"],
      whole: nodes.flatMap((node) => (node["Node Type"] === "Seq Scan" ? [node["Relation Name"] ?? ""] : [])),
    };
  } finally {
    await session.query("deallocate explained");
  }
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const each of node.Plans ?? []) yield* nodesOf(each);
}

/** A value as `execute` takes it. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map((each) => JSON.stringify(String(each))).join(",")}}`);
  if (Buffer.isBuffer(value)) return `'\\x${value.toString("hex")}'`;
  return pg.escapeLiteral(typeof value === "string" ? value : JSON.stringify(value));
}
