import { parse } from "yaml";

type Fields = Readonly<Record<string, unknown>>;

/** Fields of dossiers that lead to something by its key. */
const links = new Set(
  `holder position assertedBy recogniser claimant onBehalfOf speaker via audience translationOf target programme authority
  by to otherwise designation utterance answers about subject contradicts supports event teller actor towards among countedBy
  bloc member assessor resolvesTo left right mention donor partOf issuer state organization document places states`.split(
    /\s+/,
  ),
);
const dates = new Set(["start", "end", "said", "deadline", "listed", "inception", "dissolution"]);
const renames: Readonly<Record<string, string>> = { quote: "exact", geonames: "geonamesId" };

/** A part of a dossier as the input of a mutation: links as `{ key }`, dates as fields. */
function inputOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inputOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Fields).map(([name, each]) => {
      if (links.has(name))
        return [name, Array.isArray(each) ? each.map((key) => ({ key: String(key) })) : linkOf(each)];
      if (dates.has(name)) return [name, typeof each === "object" ? each : { edtf: textOf(each) }];
      return [renames[name] ?? name, inputOf(each)];
    }),
  );
}

function linkOf(each: unknown): unknown {
  return typeof each === "string" ? { key: each } : inputOf(each);
}

function nameOf(kind: string): string {
  return kind.toLowerCase().replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** What an assertion, or a later state of one, says. */
export function saysOf(kind: string, { valid, evidence, extractor, reported, status, ...rest }: Fields): Fields {
  const detail = inputOf(rest[nameOf(kind)]) as Fields;
  const { status: eventStatus, ...others } = detail;
  return {
    ...(kind === "EVENT" ? { ...others, eventStatus } : detail),
    ...(inputOf({ valid, evidence: evidence ?? [] }) as Fields),
    ...(status === undefined ? {} : { status }),
    ...(extractor === undefined ? {} : { extractor, reportedAt: reported }),
  };
}

/** A dossier as operations of one change set that enters the same, without later states. */
export function operationsOf(dossier: string): Fields[] {
  const {
    crisis,
    documents = [],
    actors = [],
    places = [],
    positions = [],
    programmes = [],
    assertions = [],
  } = parse(dossier) as { crisis: Fields } & Readonly<Record<string, Fields[] | undefined>>;
  const under = { key: crisis["key"] };
  return [
    ...assertions.map((entry) => {
      const kind = String(entry["kind"]);
      return { [`${nameOf(kind)}Assert`]: { crisis: under, key: entry["key"], says: saysOf(kind, entry) } };
    }),
    ...documents.flatMap(({ capture, textPublic, kind, published, ...said }) => [
      { documentCreate: { ...said, documentKind: kind, published: { date: { edtf: published } } } },
      { captureCreate: { ...(capture as Fields), textPublic, document: { key: said["key"] } } },
    ]),
    ...actors.map(({ kind, ...said }) => ({ [`${nameOf(String(kind))}Create`]: inputOf(said) })),
    ...places.map(({ kind, ...said }) => ({ placeCreate: { ...(inputOf(said) as Fields), placeKind: kind } })),
    ...positions.map((said) => ({ positionCreate: inputOf(said) })),
    ...programmes.map((said) => ({ sanctionsProgrammeCreate: inputOf(said) })),
    { crisisCreate: inputOf(crisis) },
  ];
}

function textOf(value: unknown): string {
  return typeof value === "number" ? String(value) : (value as string);
}
