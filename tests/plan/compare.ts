import type { TestRecord } from "../support/record.ts";

/** Two ways to ask one record, whose answers are to be the same, letter for letter. */
export interface Two {
  readonly planned: TestRecord;
  readonly ordinary: TestRecord;
}

/** A question, and by whom it is asked. */
export interface Question {
  readonly query: string;
  readonly variables?: object;
  readonly headers?: Record<string, string>;
}

/** Asks both, and gives the body of the answer. Throws where they differ, showing where, and the question. */
export async function expectSame({ planned, ordinary }: Two, question: Question): Promise<string> {
  const [ours, usual] = await Promise.all([bodyOf(planned, question), bodyOf(ordinary, question)]);
  const difference = differenceOf(ours, usual);
  if (difference !== null) throw new Error(`${difference}\n${question.query}\n${JSON.stringify(question.variables)}`);
  return ours;
}

/** Where two bodies begin to differ, in words; null where they do not. */
export function differenceOf(planned: string, ordinary: string): string | null {
  if (planned === ordinary) return null;
  let at = 0;
  while (planned[at] === ordinary[at]) at += 1;
  const around = (body: string) => body.slice(Math.max(0, at - 200), at + 200);
  return `The answers differ at ${at}.\nplanned:  ${around(planned)}\nordinary: ${around(ordinary)}`;
}

async function bodyOf(record: TestRecord, { query, variables = {}, headers = {} }: Question): Promise<string> {
  const response = await record.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", "x-request-id": "of both", ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return `${response.status} ${await response.text()}`;
}
