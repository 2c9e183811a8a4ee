import { typeOfKind } from "../../values/kind-name.ts";
import type { Noun } from "./reading.ts";

/** The model that the rows of a noun are of. */
export function modelOf(noun: Noun): string {
  return noun === "programme" ? "SanctionsProgramme" : typeOfKind(noun);
}

/** The GraphQL type under which something of a noun has its id. */
export function typeOf(noun: Noun, kind: string): string {
  return noun === "actor" || noun === "record" ? typeOfKind(kind) : modelOf(noun);
}
