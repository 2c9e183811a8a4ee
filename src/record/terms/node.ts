/** A place in a dossier: where it stands, and how one gets there from the top. */
export interface Spot {
  /** Such as `assertions[3].occupancy.holder`; empty for the whole. */
  readonly path: string;
  /** UTF-16 offset in the dossier's text. */
  readonly offset: number;
}

/** A single value as YAML's core schema takes it, and the characters it was written with. */
export interface Scalar extends Spot {
  readonly kind: "scalar";
  readonly value: unknown;
  readonly source: string;
}

/** Values in order. */
export interface List extends Spot {
  readonly kind: "list";
  readonly items: readonly Node[];
}

/** Values under names. */
export interface Fields extends Spot {
  readonly kind: "fields";
  readonly fields: ReadonlyMap<string, { readonly name: Spot; readonly value: Node }>;
}

/** What a YAML text says, each part with its place. */
export type Node = Scalar | List | Fields;

/** The part that `steps` lead to, or the last one on the way there that exists. */
export function spotAt(node: Node, ...steps: (string | number)[]): Node {
  let here = node;
  for (const step of steps) {
    let next: Node | undefined;
    if (typeof step === "number") next = here.kind === "list" ? here.items[step] : undefined;
    else next = here.kind === "fields" ? here.fields.get(step)?.value : undefined;
    if (next === undefined) return here;
    here = next;
  }
  return here;
}

/** The text that `steps` lead to, if they lead to one. */
export function scalarAt(node: Node, ...steps: string[]): string | undefined {
  let here: Node | undefined = node;
  for (const step of steps) here = here?.kind === "fields" ? here.fields.get(step)?.value : undefined;
  return here?.kind === "scalar" && typeof here.value === "string" ? here.value : undefined;
}

/** What a node is, in words. */
export function describe(node: Node): string {
  if (node.kind === "list") return "a list";
  if (node.kind === "fields") return "a set of fields";
  return node.value === null ? "nothing" : typeof node.value === "string" ? "text" : `the ${typeof node.value}`;
}
