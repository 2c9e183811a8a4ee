/** An answer that comes in parts, as it comes. */
export type Parts = ReadableStreamDefaultReader<string>;

/** Begins to read an answer that comes in parts. */
export function partsOf(response: Response): Parts {
  if (response.body === null) throw new Error("The answer has no body.");
  return response.body.pipeThrough(new TextDecoderStream()).getReader();
}

/** Reads on until the text holds `mark`, leaves, and gives what was read. Throws where it ends without. */
export async function readUntil(parts: Parts, mark: string): Promise<string> {
  let text = "";
  while (!text.includes(mark)) {
    const { done, value } = await parts.read();
    if (done) throw new Error(`The answer ended before it held ${mark}: ${text}`);
    text += value;
  }
  await parts.cancel();
  return text;
}
