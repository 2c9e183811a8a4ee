/** The name of a kind as a type, and as the model of what it says: QUANTITY_CLAIM is QuantityClaim. */
export function typeOfKind(kind: string): string {
  const field = fieldOfKind(kind);
  return `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
}

/** The name of a kind as fields begin with it: QUANTITY_CLAIM is quantityClaim. */
export function fieldOfKind(kind: string): string {
  return kind.toLowerCase().replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
