/** The first 60 characters of `text`, quoted as JSON, for use in a message; a longer text ends in an ellipsis. */
export function excerpt(text: string): string {
  const characters = Array.from(text.slice(0, 122));
  return JSON.stringify(characters.length > 60 ? `${characters.slice(0, 60).join("")}…` : text);
}
