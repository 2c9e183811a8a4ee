/** Up to here searching for the needle anew at each place is bounded, and done by the machine's own search. */
const SHORT = 128;

/**
 * The UTF-16 offsets of every place where `text` holds `needle`, overlapping ones too, in order.
 * Time grows with the sum of both lengths, whatever they hold, so that no text can be made to take long.
 * Method for long needles: Knuth, Morris and Pratt, "Fast Pattern Matching in Strings" (1977).
 * @param needle at least one character
 */
export function* occurrencesOf(needle: string, text: string): Generator<number> {
  if (needle.length <= SHORT) {
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) yield at;
    return;
  }
  const border = bordersOf(needle);
  let matched = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    while (matched > 0 && needle.charCodeAt(matched) !== unit) matched = border[matched - 1] ?? 0;
    if (needle.charCodeAt(matched) === unit) matched += 1;
    if (matched === needle.length) {
      yield at - matched + 1;
      matched = border[matched - 1] ?? 0;
    }
  }
}

/** For each beginning of the needle, the length of its longest proper end that is also its beginning. */
function bordersOf(needle: string): Int32Array {
  const border = new Int32Array(needle.length);
  let length = 0;
  for (let at = 1; at < needle.length; at += 1) {
    while (length > 0 && needle.charCodeAt(length) !== needle.charCodeAt(at)) length = border[length - 1] ?? 0;
    if (needle.charCodeAt(length) === needle.charCodeAt(at)) length += 1;
    border[at] = length;
  }
  return border;
}
