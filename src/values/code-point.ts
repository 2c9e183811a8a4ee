/** How many code points lie between two whose place is noted. */
const STEP = 256;

/** A text whose code points are found by their number, however many are asked for: it is walked once, when the first is. */
export class CodePoints {
  readonly text: string;
  /** The UTF-16 offset of every 256th code point; null where each is one unit, undefined until it is needed. */
  #marks: Uint32Array | null | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** The characters from code point `start` to `end` (excluded); fewer where the text ends before. */
  slice(start: number, end: number): string {
    return this.text.slice(this.unitAt(start), this.unitAt(end));
  }

  /** The UTF-16 offset of a code point; the length of the text where it has fewer. */
  unitAt(point: number): number {
    const marks = this.#marked();
    if (marks === null) return Math.min(point, this.text.length);
    const mark = Math.floor(point / STEP);
    if (mark >= marks.length) return this.text.length;
    let unit = marks[mark] ?? 0;
    for (let left = point - mark * STEP; left > 0 && unit < this.text.length; left -= 1)
      unit += unitsAt(this.text, unit);
    return unit;
  }

  /** The number of the code point that begins at a UTF-16 offset. */
  pointAt(unit: number): number {
    const marks = this.#marked();
    if (marks === null) return unit;
    let [low, high] = [0, marks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((marks[middle] ?? 0) <= unit) low = middle;
      else high = middle - 1;
    }
    let point = low * STEP;
    for (let at = marks[low] ?? 0; at < unit; at += unitsAt(this.text, at)) point += 1;
    return point;
  }

  #marked(): Uint32Array | null {
    if (this.#marks !== undefined) return this.#marks;
    if (!/[\ud800-\udbff]/.test(this.text)) return (this.#marks = null);
    const marks = new Uint32Array(Math.floor(this.text.length / STEP) + 1);
    let point = 0;
    for (let unit = 0; unit < this.text.length; unit += unitsAt(this.text, unit)) {
      if (point % STEP === 0) marks[point / STEP] = unit;
      point += 1;
    }
    return (this.#marks = marks.slice(0, Math.ceil(point / STEP)));
  }
}

function unitsAt(text: string, unit: number): number {
  return (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
}
