/** In what the events of a subscription are written, and any other answer. */
const [stream, written] = [
  ["text/event-stream"],
  ["application/json", "application/graphql-response+json", "text/event-stream", "multipart/mixed"],
];

/** Whether somebody who accepts this takes an answer to a query or a mutation, as Yoga reads the header. */
export function takesAnswer(accept: string | null): boolean {
  return takesOne(accept, written);
}

/** Whether somebody who accepts this takes the events of a subscription. */
export function takesEvents(accept: string | null): boolean {
  return takesOne(accept, stream);
}

function takesOne(accept: string | null, types: readonly string[]): boolean {
  return (accept || "*/*")
    .replaceAll(/\s/g, "")
    .toLowerCase()
    .split(",")
    .some((each) => {
      const [range = "", ...params] = each.split(";");
      const charset = params.find((param) => param.includes("charset="));
      return (charset ?? "charset=utf-8") === "charset=utf-8" && types.some((type) => isIn(type, range));
    });
}

function isIn(type: string, range: string): boolean {
  const [before, behind] = range.split("/");
  const [kind, form] = type.split("/");
  return (before === "*" || before === kind) && (behind === "*" || behind === form);
}
