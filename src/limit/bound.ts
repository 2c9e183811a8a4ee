/**
 * How much one request may ask for and take: told by `Query.limits`. What ships stays below each bound
 * (`tests/limit.test.ts` measures it), and there is little room for anything that is no question.
 */
export const bounds = {
  /** Lexical tokens of a document. */
  tokens: 1_000,
  /** Levels of fields below each other. */
  depth: 12,
  /** The same below `__schema` and `__type`; what tools ask to know a schema has 15. */
  introspectionDepth: 20,
  aliases: 30,
  directives: 5,
  /** Root fields of a mutation. */
  mutationFields: 10,
  /** Operations of a change set. */
  operations: 500,
  /** Pieces of evidence of one fact. */
  evidence: 100,
  /** Pieces of evidence of all facts of a change set that is submitted. */
  quotations: 2_000,
  /** Of one operation, as `costOf` prices it. */
  cost: 4_000,
  /** Errors that one answer tells. */
  errors: 10,
  /** Bytes of the body of a request. */
  requestBytes: 1_000_000,
  /** Bytes of an answer. */
  answerBytes: 10_000_000,
  /** How long a query may take, in ms. */
  executionMs: 10_000,
} as const;

/** What each root field of a mutation is charged beside the cost of the operation. */
export const mutationFieldCharge = 10;

/** The least that each must be allowed to ask at once: what the dearest operation is charged. */
export const leastRate = bounds.cost + bounds.mutationFields * mutationFieldCharge;
