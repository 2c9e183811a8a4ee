/**
 * Marks on letters in Latin, Greek, Cyrillic, Hebrew, Arabic and Syriac. Those of Indic scripts stay, for there they are
 * the vowels; so do the two voicing marks of Japanese, which tell letters apart.
 */
const MARK =
  /(?!\u3099|\u309A)(?=\p{M})[\p{Script=Inherited}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}]/gu;
/** Half rings and turned commas of transliteration, the Arabic stretcher, and characters that cannot be seen. */
const DROPPED = /[\u02BB\u02BE\u02BF\u0640]|\p{Cf}/gu;
const SEPARATOR = /[\p{P}\p{S}\p{Z}\p{Cc}\u02BC]+/gu;
const LETTER = /[ßøđłæœıþðħŧŋĸſς]/gu;
const PLAIN = new Map([
  ["ß", "ss"],
  ["ø", "o"],
  ["đ", "d"],
  ["ł", "l"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ı", "i"],
  ["þ", "th"],
  ["ð", "d"],
  ["ħ", "h"],
  ["ŧ", "t"],
  ["ŋ", "n"],
  ["ĸ", "k"],
  ["ſ", "s"],
  ["ς", "σ"],
]);

/**
 * A name as it is searched and compared: compatibility forms and marks dropped (NFKD), lower case independent of any
 * language, letters such as ß, ø and ł in plain ones, punctuation and symbols to one space, none at the ends.
 * "CAFÉ-Royal" becomes "cafe royal". Folding twice changes nothing. It may be empty.
 */
export function foldName(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(DROPPED, "")
    .replace(MARK, "")
    .replace(LETTER, (letter) => PLAIN.get(letter) ?? letter)
    .replace(SEPARATOR, " ")
    .trim()
    .normalize("NFC");
}
