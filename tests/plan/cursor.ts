/** A cursor of the list that stands under these keys in an answer; undefined where it tells none. */
export function findCursor(body: string, path: readonly string[]): string | undefined {
  const answer = JSON.parse(body.slice(body.indexOf("{"))) as { data?: unknown; errors?: unknown };
  return answer.errors === undefined ? cursorBelow(answer.data, path) : undefined;
}

function cursorBelow(data: unknown, [key, ...rest]: readonly string[]): string | undefined {
  if (Array.isArray(data)) {
    const path = key === undefined ? [] : [key, ...rest];
    return data.map((each) => cursorBelow(each, path)).find((found) => found !== undefined);
  }
  if (typeof data !== "object" || data === null) return undefined;
  if (key !== undefined) return cursorBelow((data as Record<string, unknown>)[key], rest);
  return /"(A[Q-Za-f][\w-]{30,})"/.exec(JSON.stringify(data))?.[1];
}
