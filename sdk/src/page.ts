import { askOnce } from "./ask.ts";
import { ApiError } from "./errors.ts";
import type { ClientOptions, RequestOptions } from "./options.ts";
import type { AnyOperation } from "./types.ts";
import { valueAt } from "./value.ts";

/** What is the same of every connection. */
export interface Connection {
  readonly nodes?: readonly unknown[];
  readonly edges?: readonly { readonly node: unknown }[];
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

/** A paged operation of which only the shape matters. */
export type AnyPagedOperation = AnyOperation & { readonly connection: readonly string[] };

/**
 * The pages of a connection, forwards, each asked for when it is wanted.
 * Throws an `ApiError`: `NOT_FOUND` when the thing whose list it is does not exist, `BAD_RESPONSE` when the list
 * promises another page and does not say where.
 */
export async function* readPages(
  client: ClientOptions,
  operation: AnyPagedOperation,
  variables: { readonly after?: unknown } | undefined,
  options: RequestOptions | undefined,
): AsyncGenerator<Connection, void, void> {
  let given = variables;
  for (;;) {
    const page = valueAt(await askOnce(client, operation, given, options), operation.connection) as Connection | null;
    if (!page) throw new ApiError({ code: "NOT_FOUND", operation: operation.name });
    yield page;
    const { hasNextPage, endCursor: after } = page.pageInfo ?? { hasNextPage: true };
    if (!hasNextPage) return;
    if (!after || after === given?.after)
      throw new ApiError({ code: "BAD_RESPONSE", operation: operation.name, message: "the list does not move on" });
    given = { ...given, after };
  }
}
