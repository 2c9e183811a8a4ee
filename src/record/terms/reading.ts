import type { Fields, Node } from "./node.ts";
import type { Problems } from "./problem.ts";

/** What a key may lead to. A record is an assertion's lasting identity. */
export type Noun =
  "crisis" | "document" | "capture" | "passage" | "place" | "actor" | "position" | "programme" | "record";

/** A key by which one part of what is to be entered refers to another, or to something in the record. */
export interface Reference {
  readonly node: Node;
  readonly noun: Noun;
  readonly key: string;
  /** The kinds of that noun that will do; empty where every kind will. */
  readonly kinds: readonly string[];
}

/** A quotation, and the document or copy of one that is said to hold it. */
export interface Quote {
  readonly source: string;
  readonly exact: string;
  readonly prefix: string | null;
  readonly suffix: string | null;
  /** Where the quoted words are given. */
  readonly node: Node;
}

/** What is gathered while that which is to be entered is read. */
export interface Reading {
  readonly problems: Problems;
  /** The folder that files of captures are in; null where words come from no file. */
  readonly folder: string | null;
  /**
   * Answers the key that a link leads to which is given as fields, and tells of one that leads nowhere; null where links
   * are keys.
   */
  readonly follow: ((link: Fields, noun: Noun) => string | undefined) | null;
  /** Every reference met, to be looked up when all keys are known. */
  readonly references: Reference[];
  /** Every quotation met, to be looked for when all captures are known. */
  readonly quotes: Quote[];
  /** The words of every capture met, by what quotations name it by: the key of its document. */
  readonly captures: Map<string, string>;
}

/** Reads a part of what is to be entered. What is wrong with it is told to `reading.problems`, and answered with undefined. */
export type Read<T> = (node: Node, reading: Reading) => T | undefined;
