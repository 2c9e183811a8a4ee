/** What a key may be allowed to do, the least first. None implies another. */
export const scopes = ["read", "contribute", "review", "admin"] as const;

/** One of the scopes of a key. */
export type Scope = (typeof scopes)[number];
