import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Alias,
  type Document,
  type Node as Yaml,
} from "yaml";
import { excerpt } from "../../values/excerpt.ts";
import type { Fields, Node, Scalar, Spot } from "../../record/terms/node.ts";
import { DossierProblems } from "./problem.ts";

const LONGEST_BYTES = 20_000_000;
const DEEPEST = 40;
/** Aliases repeat what they stand for; without a bound, a page of them is more than any memory holds. */
const MOST_ALIASES = 100;
const MOST_NODES = 2_000_000;

/**
 * Reads YAML 1.2 (core schema) into nodes that know their places. Dates stay text. Tags of other schemas are refused.
 * @throws Refusal DOSSIER_REFUSED when it does not parse, when it holds more than one document, more than 20 MB,
 * more than 100 aliases, or more than 40 levels
 */
export function parseYaml(text: string): { root: Node; problems: DossierProblems } {
  const lineCounter = new LineCounter();
  const problems = new DossierProblems(lineCounter);
  const top: Spot = { path: "", offset: 0 };
  if (Buffer.byteLength(text) > LONGEST_BYTES) {
    lineCounter.addNewLine(0);
    problems.add(
      top,
      `A dossier has at most ${LONGEST_BYTES / 1e6} MB; put long texts into files beside it (capture.file).`,
    );
    problems.refuseIfAny();
  }
  const document = parse(text, lineCounter);
  for (const { pos, message } of [...(document?.errors ?? []), ...(document?.warnings ?? [])]) {
    problems.add({ path: "", offset: pos[0] }, `The YAML does not parse: ${message}`);
  }
  if (!document) problems.add(top, `No dossier is nested deeper than ${DEEPEST} levels.`);
  problems.refuseIfAny();
  const contents = document?.contents;
  if (document && contents) return { root: new Converter(document, problems).convert(contents, "", 0), problems };
  return { root: nothing(top), problems };
}

/** Undefined when the nesting is deeper than the parser can follow. */
function parse(text: string, lineCounter: LineCounter): Document | undefined {
  try {
    // Names given twice are found below, in time that grows with the text and not with its square.
    const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false, version: "1.2" });
    return document.errors.some(({ message }) => message.includes("call stack")) ? undefined : document;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

class Converter {
  readonly #document: Document;
  readonly #problems: DossierProblems;
  #aliases = 0;
  #nodes = 0;

  constructor(document: Document, problems: DossierProblems) {
    this.#document = document;
    this.#problems = problems;
  }

  convert(yaml: Yaml, path: string, depth: number, from?: number): Node {
    const offset = from ?? yaml.range?.[0] ?? 0;
    this.#nodes += 1;
    if (depth > DEEPEST) return this.#giveUp({ path, offset }, `No dossier is nested deeper than ${DEEPEST} levels.`);
    if (this.#nodes > MOST_NODES)
      return this.#giveUp({ path, offset }, "The aliases multiply the dossier beyond reason.");
    if (isAlias(yaml)) return this.#follow(yaml, path, depth, offset);
    if (isSeq(yaml)) {
      const items = yaml.items.map((item, at) => this.convert(item as Yaml, `${path}[${at}]`, depth + 1, from));
      return { kind: "list", path, offset, items };
    }
    if (isMap(yaml)) return this.#fields(yaml.items as Pair[], { path, offset }, depth, from);
    const { value, source } = isScalar(yaml) ? yaml : { value: null, source: "" };
    return { kind: "scalar", path, offset, value, source: source ?? "" };
  }

  #fields(pairs: readonly Pair[], spot: Spot, depth: number, from?: number): Fields {
    const fields: Map<string, { name: Spot; value: Node }> = new Map();
    for (const { key, value } of pairs) {
      const written = isScalar(key) ? (typeof key.value === "string" ? key.value : (key.source ?? "")) : "";
      const path = spot.path === "" ? written : `${spot.path}.${written}`;
      const name = { path, offset: from ?? key?.range?.[0] ?? spot.offset };
      if (written === "") this.#problems.add(spot, "The name of a field is a plain word.");
      else if (fields.has(written)) this.#problems.add(name, `${excerpt(written)} is given twice; leave one of them.`);
      else {
        const child = value ? this.convert(value, path, depth + 1, from) : nothing(name);
        fields.set(written, { name, value: child });
      }
    }
    return { kind: "fields", ...spot, fields };
  }

  #follow(alias: Alias, path: string, depth: number, offset: number): Node {
    this.#aliases += 1;
    if (this.#aliases > MOST_ALIASES)
      return this.#giveUp({ path, offset }, `At most ${MOST_ALIASES} aliases are read.`);
    const target = alias.resolve(this.#document);
    if (target) return this.convert(target, path, depth + 1, offset);
    return this.#giveUp(
      { path, offset },
      `There is no anchor &${alias.source} before this alias; write the value itself.`,
    );
  }

  #giveUp(spot: Spot, message: string): never {
    this.#problems.add(spot, message);
    this.#problems.refuseIfAny();
    throw new Error("unreachable");
  }
}

type Pair = { key: Yaml | null; value: Yaml | null };

function nothing(spot: Spot): Scalar {
  return { kind: "scalar", ...spot, value: null, source: "" };
}
