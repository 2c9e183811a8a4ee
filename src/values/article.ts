/** A noun behind its indefinite article: "an occupancy", "a State". Told by its first letter. */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}
