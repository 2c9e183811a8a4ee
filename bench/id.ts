import { createHash } from "node:crypto";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

/** The uuid that `bench_id` of data-functions.sql gives the n-th row of a sort. */
export function benchId(what: string, n: number): string {
  const digits = `${n.toString(16).padStart(12, "0")}7${md5(what).slice(0, 3)}8${md5(`${what}${n}`).slice(0, 15)}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
