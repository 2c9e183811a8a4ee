import type { Operation, PagedOperation } from "../../src/types.ts";

/** Hand-written operations: what the client does must not depend on what the server's schema is today. */
export const Claimants: PagedOperation<
  {
    readonly record: {
      readonly claimants: {
        readonly nodes: readonly { readonly name: string; readonly since: string | null }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      };
    } | null;
  },
  { readonly asOf: string; readonly first?: number | null; readonly after?: string | null },
  readonly ["record", "claimants"]
> = {
  kind: "query",
  name: "Claimants",
  text: "query Claimants($asOf:DateTime!$first:Int$after:String){record(asOf:$asOf){claimants(first:$first after:$after){nodes{name since}pageInfo{hasNextPage endCursor}}}}",
  sha256: "a".repeat(64),
  connection: ["record", "claimants"],
};

export const Limits: Operation<"query", { readonly limits: { readonly first: number } }, Record<string, never>> = {
  kind: "query",
  name: "Limits",
  text: "query Limits{limits{first}}",
  sha256: "b".repeat(64),
};

export const Retract: Operation<
  "mutation",
  {
    readonly assertionRetract:
      | { readonly __typename: "AssertionRetracted"; readonly id: string }
      | { readonly __typename: "ConflictError"; readonly message: string; readonly currentVersion: number };
  },
  { readonly id: string; readonly reason: string }
> = {
  kind: "mutation",
  name: "Retract",
  text: "mutation Retract($id:ID!$reason:String!){assertionRetract(id:$id reason:$reason){__typename ...on AssertionRetracted{id}...on ConflictError{message currentVersion}}}",
};

export const Changed: Operation<
  "subscription",
  { readonly recordChanged: { readonly cursor: string; readonly what: string } },
  { readonly after?: string | null }
> = {
  kind: "subscription",
  name: "Changed",
  text: "subscription Changed($after:String){recordChanged(after:$after){cursor what}}",
  sha256: "c".repeat(64),
  resume: ["recordChanged", "cursor"],
};

/** The same without a cursor. */
export const Heard: Operation<"subscription", { readonly heard: string }, Record<string, never>> = {
  kind: "subscription",
  name: "Heard",
  text: "subscription Heard{heard}",
};
