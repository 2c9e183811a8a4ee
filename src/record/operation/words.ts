type Row = Readonly<Record<string, unknown>>;

/** What a version says, as `contentOfNew` writes it, in words by field; a field that says nothing is left out. */
export function wordsOf(content: string, nameOf: (id: string) => string): Map<string, string> {
  const {
    said = {},
    says = {},
    attribution = [],
    evidence = [],
    placeIds,
    participations,
  } = JSON.parse(content) as {
    said?: Row;
    says?: Row;
    attribution?: Row[];
    evidence?: Row[];
    placeIds?: string[];
    participations?: Row[];
  };
  const { start, end, ...stands } = Object.fromEntries(columnsOf(said, nameOf));
  return new Map(
    [
      ...columnsOf(says, nameOf),
      ...Object.entries(stands),
      ["valid.start", start],
      ["valid.end", end],
      ["places", listed(placeIds?.map(nameOf))],
      ["participations", listed(participations?.map((each) => phrase(each, nameOf)))],
      ["attribution", listed(attribution.map((each) => phrase(each, nameOf)))],
      ["evidence", listed(evidence.map((each) => phrase(each, nameOf)))],
    ].filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

/** The columns of a row in words by field: each vague date under one name, each link by what it leads to. */
export function columnsInWords(row: Row, nameOf: (id: string) => string): Map<string, string> {
  return new Map(columnsOf(row, nameOf));
}

const parts = /(Earliest|Latest|Text|Basis|Precision)$/;

/** The columns of a row, each vague date under one name, each link by what it leads to. */
function columnsOf(row: Row, nameOf: (id: string) => string): [string, string][] {
  return Object.entries(row).flatMap(([name, value]): [string, string][] => {
    if (name.endsWith("Edtf")) {
      const date = name.slice(0, -4);
      const told = dateOf(row, date);
      return told === undefined ? [] : [[date, told]];
    }
    if (`${name.replace(parts, "")}Edtf` in row || name === "folded" || value === null) return [];
    const text = textOf(value, nameOf, name.endsWith("Id"));
    return text === "" ? [] : [[name.replace(/Id$/, ""), text]];
  });
}

function dateOf(row: Row, date: string): string | undefined {
  const [edtf, text, basis] = ["Edtf", "Text", "Basis"].map((part) => row[`${date}${part}`]);
  if (typeof basis !== "string") return undefined;
  const words = typeof text === "string" ? [`“${text}”`] : [];
  return [typeof edtf === "string" ? edtf : "?", ...words, ...(basis === "STATED" ? [] : [basis])].join(" ");
}

function textOf(value: unknown, nameOf: (id: string) => string, isLink: boolean): string {
  if (Array.isArray(value)) return value.map((each) => textOf(each, nameOf, false)).join("; ");
  if (typeof value === "object" && value !== null) return phrase(value as Row, nameOf);
  return isLink ? nameOf(String(value)) : String(value);
}

function phrase(row: Row, nameOf: (id: string) => string): string {
  return columnsOf(row, nameOf)
    .map(([name, text]) => `${name}: ${text}`)
    .join(", ");
}

function listed(items: readonly string[] | undefined): string | undefined {
  return items && items.length > 0 ? items.join("\n") : undefined;
}
