/** The words of a text in lower case, without punctuation, accents or apostrophes: how it reads, not how it is set. */
export function words(text: string): readonly string[] {
  const plain = text.normalize("NFKD").replace(/[\p{M}'’]/gu, "");
  return plain.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Every run of so many consecutive words, joined by spaces; none when the text is shorter. */
export function runsOf(length: number, text: string): readonly string[] {
  const all = words(text);
  return all.slice(length - 1).map((_, start) => all.slice(start, start + length).join(" "));
}
