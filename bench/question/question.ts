/** What GraphQL variables, and parameters of a statement, are made of. */
export type Values = Readonly<Record<string, string | number>>;

/** Asks this server, and answers what it answers under `data`. */
export type Ask = (query: string, variables: Values) => Promise<never>;

/** One question of the benchmark, as each of the peers is asked it. */
export interface Question {
  readonly name: string;
  /** What it tells of a server. */
  readonly shows: string;
  /** The variables of the three forms below: the parameters of the statement are given in this order. */
  variables(ask: Ask): Promise<{ chancery: Values; peer: Values }> | { chancery: Values; peer: Values };
  readonly chancery: string;
  readonly postgraphile: string;
  /** One statement whose only column is the JSON that Chancery answers under `data`. Its parameters are those of `peer`. */
  readonly sql: string;
  /** PostGraphile's answer in the shape of Chancery's. */
  readonly alike: (data: never) => unknown;
}

/** How PostGraphile answers a list. */
export interface Nodes<T> {
  readonly nodes: readonly T[];
}
