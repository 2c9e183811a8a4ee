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

/**
 * Asks both, the planned one as many times at once as `copies` says so that their statements go together, and gives the
 * body of the answer. Throws where any differ, showing where, and the question.
 */
export async function expectSame({ planned, ordinary }: Two, question: Question, copies = 0): Promise<string> {
  const [ours, usual] = await Promise.all([bodyOf(planned, question, 1), bodyOf(ordinary, question, attempts)]);
  const again = await Promise.all(Array.from({ length: copies }, () => bodyOf(planned, question, 1)));
  for (const body of [ours, ...again]) {
    const shown = refused(body) && refused(usual) ? told : (whole: string) => whole;
    const difference = differenceOf(shown(body), shown(usual));
    if (difference !== null) throw new Error(`${difference}\n${question.query}\n${JSON.stringify(question.variables)}`);
  }
  return ours;
}

/** Whether an answer tells of an error. No plan does: then it is ordinary execution that answers. */
export function refused(body: string): boolean {
  return /^\d+ \{"errors":/.test(body);
}

/** What is answered beside errors: of several that leave the same null, ordinary execution tells the one it meets first. */
function told(body: string): string {
  const { data, extensions } = JSON.parse(body.slice(body.indexOf("{"))) as Record<string, unknown>;
  return JSON.stringify({ data, extensions });
}

/** Where two bodies begin to differ, in words; null where they do not. */
export function differenceOf(planned: string, ordinary: string): string | null {
  if (planned === ordinary) return null;
  let at = 0;
  while (planned[at] === ordinary[at]) at += 1;
  const around = (body: string) => body.slice(Math.max(0, at - 200), at + 200);
  return `The answers differ at ${at}.\nplanned:  ${around(planned)}\nordinary: ${around(ordinary)}`;
}

/** How often a question is asked field by field that a busy machine does not answer. */
const attempts = 20;

async function bodyOf(record: TestRecord, question: Question, left: number): Promise<string> {
  const { query, variables = {}, headers = {} } = question;
  const response = await record.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", "x-request-id": "of both", ...headers },
    body: JSON.stringify({ query, variables }),
  });
  // Field by field, one question may be too many for a machine that is busy: it is asked again, as its answer says.
  if (response.status === 503 && left > 1) {
    await new Promise((resolve) => setTimeout(resolve, 50 * (attempts - left + 1)));
    return bodyOf(record, question, left - 1);
  }
  return `${response.status} ${await response.text()}`;
}
