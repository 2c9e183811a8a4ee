import type { Node } from "./node.ts";
import type { Problems } from "./problem.ts";

/** What a key may lead to. A record is an assertion's lasting identity. */
export type Noun = "document" | "place" | "actor" | "position" | "programme" | "record";

/** A key by which one part of a dossier refers to another, or to something in the record. */
export interface Reference {
  readonly node: Node;
  readonly noun: Noun;
  readonly key: string;
  /** The kinds of that noun that will do; empty where every kind will. */
  readonly kinds: readonly string[];
}

/** A quotation, and the document that is said to hold it. */
export interface Quote {
  readonly document: string;
  readonly exact: string;
  readonly prefix: string | null;
  readonly suffix: string | null;
  /** Where the quoted words stand in the dossier. */
  readonly node: Node;
}

/** What is gathered while a dossier is read. */
export interface Reading {
  readonly problems: Problems;
  /** The folder that files of captures are in. */
  readonly folder: string;
  /** Every reference met, to be looked up when all keys are known. */
  readonly references: Reference[];
  /** Every quotation met, to be looked for when all captures are known. */
  readonly quotes: Quote[];
  /** The words of every capture met, by the key of its document. */
  readonly captures: Map<string, string>;
}

/** Reads a part of a dossier. What is wrong with it is told to `reading.problems`, and answered with undefined. */
export type Read<T> = (node: Node, reading: Reading) => T | undefined;
