import { ActorKind, NameKind, OrganizationKind } from "../../generated/prisma/enums.ts";
import { fields, optional, orElse, required, type Values } from "./read-fields.ts";
import { key, list, oneOf, text, shortText, textLike } from "./read-value.ts";
import { refer } from "./reference.ts";
import type { Fields } from "./node.ts";
import type { Read, Reading } from "./reading.ts";
import { withArticle } from "../../values/article.ts";

/** Reads the name of a language. */
export const language = textLike(isLanguage, "a BCP 47 tag is needed, such as en, es or pt-BR");

/** Reads a name of an actor. */
export const actorName = fields({
  text: required(text),
  language: optional(language),
  script: optional(textLike((code) => /^[A-Z][a-z]{3}$/.test(code), "an ISO 15924 code is needed, such as Latn")),
  kind: required(oneOf(Object.values(NameKind))),
});

const scheme = textLike((word) => /^[a-z][a-z0-9-]*$/.test(word), "a scheme is a word in lower case, such as wikidata");

/** Reads what an actor is called in a register. */
export const actorIdentifier = fields(
  { scheme: required(scheme), value: required(text) },
  {
    check: ({ scheme, value }, spot, { problems }) => {
      if (scheme === "iso2" || scheme === "iso3")
        problems.add(spot, `Give the code as the actor's own field: ${scheme}.`);
      if (scheme === "wikidata" && value !== undefined && !/^Q[1-9]\d*$/.test(value)) {
        problems.add(spot, "An item of Wikidata is Q and a number, such as Q717.");
      }
    },
  },
);

/** Reads a state's code of two capitals. */
export const iso2 = textLike(
  (code) => /^[A-Z]{2}$/.test(code),
  "an ISO 3166-1 code of two capitals is needed, such as VE",
);

/** Reads a state's code of three capitals. */
export const iso3 = textLike(
  (code) => /^[A-Z]{3}$/.test(code),
  "an ISO 3166-1 code of three capitals is needed, such as VEN",
);

const shape = {
  key: required(key),
  kind: required(oneOf(Object.values(ActorKind))),
  name: required(shortText),
  description: optional(text),
  names: orElse(list(actorName), []),
  identifiers: orElse(list(actorIdentifier), []),
  iso2: optional(iso2),
  iso3: optional(iso3),
  organizationKind: optional(oneOf(Object.values(OrganizationKind))),
  state: optional(refer("actor", "STATE")),
};

/** An actor as a dossier gives it. */
export type ActorEntry = Values<typeof shape>;

/** Reads an actor. */
export const actor: Read<ActorEntry> = fields(shape, { check });

function check(entry: Partial<ActorEntry>, spot: Fields, { problems }: Reading): void {
  const { kind, organizationKind, identifiers = [] } = entry;
  if (kind === undefined) return;
  const tell = (field: string, message: string) => problems.add(spot.fields.get(field)?.name ?? spot, message);
  for (const code of ["iso2", "iso3"] as const) {
    if (kind !== "STATE" && entry[code] != null)
      tell(code, `Only a STATE has a code of ISO 3166-1; this is ${withArticle(kind)}.`);
  }
  if (kind === "ORGANIZATION" && organizationKind === null) {
    const kinds = Object.values(OrganizationKind).join(", ");
    tell("kind", `An ORGANIZATION has an organizationKind: one of ${kinds}.`);
  }
  if (kind !== "ORGANIZATION" && organizationKind != null) {
    tell("organizationKind", `Only an ORGANIZATION has an organizationKind; this is ${withArticle(kind)}.`);
  }
  if ((kind === "STATE" || kind === "BLOC") && entry.state != null)
    tell("state", `A ${kind} belongs to no state; leave it out.`);
  if (identifiers.filter(({ scheme }) => scheme === "wikidata").length > 1) {
    tell("identifiers", "An actor has one item in Wikidata; two are given.");
  }
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
