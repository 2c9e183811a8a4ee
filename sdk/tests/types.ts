/** Checked by the compiler, never run: what must compile does, what must not does not. */
import { expectTypeOf } from "vitest";
import type { apiCodes } from "../../src/errors.ts";
import {
  type NodeOf,
  type ResultOf,
  type ServerCode,
  type VariablesOf,
  createClient,
  isApiError,
} from "../src/index.ts";
import { createMocks } from "../src/testing.ts";
import { Changed, Claimants, Limits, Retract } from "./support/question.ts";

const client = createClient({ url: "http://127.0.0.1:4000/graphql" });
const asOf = "2019-02-06T00:00:00Z";

const use = (..._values: unknown[]): void => undefined;

export async function variables(): Promise<void> {
  await client.run(Limits);
  await client.run(Claimants, { asOf, first: null });
  // @ts-expect-error: asOf is required
  await client.run(Claimants);
  // @ts-expect-error: asOf is required
  await client.run(Claimants, { first: 1 });
  // @ts-expect-error: asOf is text
  await client.run(Claimants, { asOf: new Date(0) });
  // @ts-expect-error: there is no such variable
  await client.run(Claimants, { asOf, last: 1 });
  // @ts-expect-error: Limits takes none
  await client.run(Limits, { first: 1 });
}

export async function options(): Promise<void> {
  await client.run(Limits, {}, { signal: AbortSignal.timeout(1), idempotencyKey: "k" });
  // @ts-expect-error: there is no such option
  await client.run(Limits, {}, { timeout: 1 });
  // @ts-expect-error: a client needs to know where
  createClient({ token: "pcr_1" });
}

export async function results(): Promise<void> {
  const { record } = await client.run(Claimants, { asOf });
  // @ts-expect-error: the record may lack it
  use(record.claimants);
  const { assertionRetract } = await client.run(Retract, { id: "1", reason: "misread" });
  // @ts-expect-error: not before it is told apart
  use(assertionRetract.currentVersion);
  if (assertionRetract.__typename === "ConflictError") use(assertionRetract.currentVersion.toFixed());
}

export async function lists(): Promise<void> {
  for await (const claimant of client.iterate(Claimants, { asOf })) {
    expectTypeOf(claimant).toEqualTypeOf<{ readonly name: string; readonly since: string | null }>();
    // @ts-expect-error: it may be unknown since when
    use(claimant.since.length);
  }
  for await (const page of client.pages(Claimants, { asOf })) use(page.pageInfo.endCursor);
  // @ts-expect-error: Limits has no list
  client.iterate(Limits);
  expectTypeOf<NodeOf<{ readonly edges: readonly { readonly node: 1 }[] }>>().toEqualTypeOf<1>();
}

export async function kinds(): Promise<void> {
  for await (const { recordChanged } of client.subscribe(Changed)) use(recordChanged.cursor.length);
  // @ts-expect-error: a subscription is not run
  await client.run(Changed);
  // @ts-expect-error: a query is not followed
  client.subscribe(Limits);
}

export function helpers(): void {
  expectTypeOf<ResultOf<typeof Limits>>().toEqualTypeOf<{ readonly limits: { readonly first: number } }>();
  expectTypeOf<VariablesOf<typeof Retract>>().toEqualTypeOf<{ readonly id: string; readonly reason: string }>();
}

export function errors(error: unknown): void {
  expectTypeOf<ServerCode>().toEqualTypeOf<(typeof apiCodes)[number]>();
  if (isApiError(error, "RATE_LIMITED")) use(error.retryAfterMs?.toFixed());
  // @ts-expect-error: there is no such code
  if (isApiError(error, "RATE_LIMITTED")) return;
  // @ts-expect-error: anything may be caught
  use(error.code);
}

export function mocks(): void {
  createMocks()
    .on(Limits, () => ({ limits: { first: 1 } }))
    .on(Changed, ({ after }) => [{ recordChanged: { cursor: after ?? "0", what: "x" } }])
    // @ts-expect-error: the answer lacks its number
    .on(Limits, () => ({ limits: {} }))
    // @ts-expect-error: a subscription answers several events
    .on(Changed, () => ({ recordChanged: { cursor: "1", what: "x" } }));
}
