import type { NewActor } from "../../src/record/actor.ts";
import { newUuid } from "../../src/values/ids.ts";

/** A person to be entered, of whom nothing but a name is known. */
export function newPerson(key: string, name: string, id: string = newUuid()): NewActor {
  const unknown = {
    organizationKind: null,
    description: null,
    wikidataId: null,
    iso2: null,
    iso3: null,
    stateId: null,
  };
  return { id, kind: "PERSON", key, name, ...unknown };
}
