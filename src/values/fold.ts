/**
 * Marks written on or under letters in Latin, Greek, Cyrillic, Hebrew and Arabic. Those of Indic and other scripts stay,
 * for there they are the vowels.
 */
const MARK =
  /(?=\p{M})[\u0300-\u036F\u0483-\u0489\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F]/gu;
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
 * "GUAIDÓ MÁRQUEZ, Juan" becomes "guaido marquez juan". Folding twice changes nothing. It may be empty.
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
