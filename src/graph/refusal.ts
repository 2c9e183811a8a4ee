import { GraphQLError } from "graphql";
import { Refusal, type RefusalCode } from "../errors.ts";
import { InvalidValue } from "../values/invalid-value.ts";

/** A refusal as GraphQL carries it, with its code and details in the extensions. */
export function refusal(code: RefusalCode, message: string, details: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details } });
}

/** What was asked cannot be read: says what is wrong and what would be right. */
export function badInput(message: string, details?: Record<string, unknown>): GraphQLError {
  return refusal("BAD_USER_INPUT", message, details);
}

/** Runs `read`, turning the refusals of the floors below into those of the API. Faults pass through, to be masked. */
export function refusing<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) throw refusal(error.code, error.message, error.details);
    if (error instanceof InvalidValue) throw refusal("BAD_USER_INPUT", error.message);
    throw error;
  }
}
