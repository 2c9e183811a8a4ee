import { expression, text, type Json } from "./json.ts";
import type { Finisher, Run } from "./run.ts";

/** What an answer holds, between two marks that no JSON holds, where something is still to be worked out. */
const [opens, closes, names] = ["\u0002", "\u0003", "\u0004"];

const marks = new RegExp(`[${opens}${closes}]`, "g");

/** Marks a part of an answer to be finished; each request counts its own. */
export function marked(content: Json, finisher: Finisher): Json {
  const number = expression((run) => `'${run.finishers.push(finisher) - 1}'`);
  return [...text(opens), ...number, ...text(names), ...content, ...text(closes)];
}

/** Finishes what is marked in an answer, the inner before the outer. */
export function finish(answer: string, run: Run): string {
  const { finishers } = run;
  if (finishers.length === 0) return answer;
  const open: string[] = [""];
  let at = 0;
  for (const { 0: mark, index } of answer.matchAll(marks)) {
    open.push((open.pop() ?? "") + answer.slice(at, index));
    at = index + 1;
    if (mark === opens) {
      open.push("");
      continue;
    }
    const [number = "", given = ""] = (open.pop() ?? "").split(names);
    const finisher = finishers[Number(number)];
    if (!finisher) throw new Error(`nothing finishes ${number}`);
    open.push((open.pop() ?? "") + finisher(run, given));
  }
  return (open.pop() ?? "") + answer.slice(at);
}
