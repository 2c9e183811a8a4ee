export { type Client, createClient } from "./client.ts";
export {
  ApiError,
  type ApiErrorInit,
  type ErrorCode,
  type GraphQLErrorEntry,
  type ServerCode,
  type TransportCode,
  isApiError,
} from "./errors.ts";
export type { ClientOptions, RequestOptions, ResponseInfo, SubscribeOptions } from "./options.ts";
export type { At, NodeOf, Operation, OperationKind, PagedOperation, ResultOf, VariablesOf } from "./types.ts";
export * from "./generated/operations.ts";
export type * from "./generated/types.ts";
