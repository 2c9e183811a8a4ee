/** One event of a stream. */
export interface StreamEvent {
  /** Its name, `message` when it has none. */
  readonly event: string;
  readonly data: string;
}

type Read = ReadableStreamReadResult<Uint8Array>;

/**
 * The events of a `text/event-stream` as it arrives, cut anywhere, with any of the three line ends
 * (WHATWG HTML, section 9.2.6). An event that the stream's end cuts off is dropped. `during` stands over each read.
 */
export async function* readEvents(
  stream: ReadableStream<Uint8Array> | null,
  during: (read: Promise<Read>) => Promise<Read>,
): AsyncGenerator<StreamEvent, void, void> {
  if (!stream) return;
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let event = "";
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await during(reader.read());
      if (done) return;
      const text = decoder.decode(value, { stream: true });
      rest += text;
      // A long line is not looked through again for each of its parts.
      if (!/[\r\n]/.test(text)) continue;
      // A carriage return at the end may be half of a line end, so it waits for what follows.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const [, field, content = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
        if (field === "event") event = content;
        if (field === "data") data.push(content);
        if (line) continue;
        if (event || data.length) yield { event: event || "message", data: data.join("\n") };
        event = "";
        data = [];
      }
    }
  } finally {
    // Not waited for: a stream that hangs would hang its own end.
    reader.cancel().catch(() => undefined);
  }
}
