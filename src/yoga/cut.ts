import { GraphQLError } from "graphql";
import { bounds } from "../limit/bound.ts";

const longestMessage = 500;
const mostLocations = 4;

/** An error as short as it may be told: what it repeats of the request can be as long as that was. */
function cutError(error: GraphQLError): GraphQLError {
  const { nodes = [] } = error;
  if (error.message.length <= longestMessage && nodes.length <= mostLocations) return error;
  const message = error.message.length > longestMessage ? `${error.message.slice(0, longestMessage)}…` : error.message;
  const { path, extensions, source, positions } = error;
  const where = nodes.length > 0 ? { nodes: nodes.slice(0, mostLocations) } : { source, positions };
  return new GraphQLError(message, { ...where, path, extensions });
}

/**
 * Ten errors of an answer at most, and a few hundred characters of each, so that a refusal is not longer than what it
 * refuses. How many are left out stands in the `extensions` of the last.
 */
export function cutErrors(errors: readonly GraphQLError[]): GraphQLError[] {
  const kept = errors.slice(0, bounds.errors).map(cutError);
  const last = kept.at(-1);
  if (last && errors.length > kept.length) last.extensions["errorsLeftOut"] = errors.length - kept.length;
  return kept;
}
