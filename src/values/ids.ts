import { v7 } from "uuid";
import { excerpt } from "./excerpt.ts";
import { InvalidValue } from "./invalid-value.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TYPE = /^[A-Z][A-Za-z0-9]{0,63}$/;
const EXAMPLE = "Person:0192f3a1-7c4e-7d7a-8a52-3f6b1c9e0d11";

/** A new uuid of version 7 (RFC 9562), in lower case: later ones sort after earlier ones, to the millisecond. */
export function newUuid(): string {
  return v7();
}

/**
 * The global id of a node: `Type:uuid`.
 * @param type a GraphQL type name, e.g. "Person"
 * @param uuid in lower case
 * @throws InvalidValue when either has another form
 */
export function encodeId(type: string, uuid: string): string {
  if (!TYPE.test(type)) throw new InvalidValue(`${excerpt(type)} is not a type name; one looks like Person.`);
  if (!UUID.test(uuid)) throw new InvalidValue(`${excerpt(uuid)} is not a uuid in lower case; ${uuidForm()}.`);
  return `${type}:${uuid}`;
}

/**
 * Takes a global id apart; the inverse of `encodeId`.
 * @throws InvalidValue when it is not `Type:uuid` with the uuid in lower case; whether the type exists is not checked
 */
export function decodeId(id: string): { type: string; uuid: string } {
  const colon = id.indexOf(":");
  const [type, uuid] = [id.slice(0, Math.max(0, colon)), id.slice(colon + 1)];
  if (!TYPE.test(type) || !UUID.test(uuid)) {
    throw new InvalidValue(
      `${excerpt(id)} is not an id. Ids are "Type:uuid" with the uuid in lower case, as this API answers them, for example ${EXAMPLE}.`,
    );
  }
  return { type, uuid };
}

function uuidForm(): string {
  return `one looks like ${EXAMPLE.slice(EXAMPLE.indexOf(":") + 1)}`;
}
