import { LRUCache } from "lru-cache";

/** Longer documents are parsed each time they come: a stranger cannot fill the memory with them. */
const longestKept = 8_192;
const kept = 100;

/** A cache of parsed documents, or of errors in them, that holds a hundred of at most 8 kB and drops the oldest. */
export function documentCache<V extends object>(): LRUCache<string, V> {
  return new LRUCache<string, V>({
    max: kept,
    maxSize: kept * longestKept,
    maxEntrySize: longestKept,
    sizeCalculation: (_value, document) => document.length + 1,
  });
}
