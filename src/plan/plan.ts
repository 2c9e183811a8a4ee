import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import type { Scope as Permission } from "../access/scope.ts";
import type { Db } from "../db/client.ts";
import { scopeOf } from "../graph/scope.ts";
import { bounds } from "../limit/bound.ts";
import { planEntries } from "./entry.ts";
import { finish } from "./finish.ts";
import { joined, missingText } from "./json.ts";
import { Making } from "./making.ts";
import { Unplanned } from "./planning.ts";
import { atPresent } from "./row.ts";
import { sql, type Run, type Sql } from "./run.ts";

/** One operation as one statement. */
export interface Plan {
  /** What its asker must hold. */
  readonly permissions: ReadonlySet<Permission>;
  /** Whether its answer tells of who asks. */
  readonly isPersonal: boolean;
  /** Whether it looks at any moment but the present. */
  readonly opens: boolean;
  /** Opens the moments that a request looks at, and throws where what it asks cannot be meant. */
  open(run: Run, db: Db): Promise<void>;
  /** Selects the answer as JSON, the number of the newest change set, and how many ms that took. */
  readonly statement: Sql;
  /** Whether parts of it are planned when they are asked for, of which `keptLate` characters are kept. */
  readonly hasLate: boolean;
  /** What the answer becomes when what the statement left to do is done. */
  finish(answer: string, run: Run): string;
}

/** What an operation is planned from: `variables` decide what is skipped and included. */
export interface Planned {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Seen by the same statement, so that an answer is known to be as of it. */
const head = `(select coalesce(max("number"), 0) from "change_set") as "head"`;

/** What stands last is worked out last. */
const ms = `extract(epoch from clock_timestamp() - statement_timestamp()) * 1000 as "ms"`;

/** Plans a query. Throws `Unplanned` for what no plan can express. */
export function planOperation({ schema, document, operation, variables }: Planned): Plan {
  const query = schema.getQueryType();
  if (operation.operation !== "query" || !query) throw new Unplanned("no query");
  const making = new Making(schema, document, variables);
  const fields = making.select(query, { nodes: [operation as never] });
  for (const { definition, name } of fields) {
    const scope = scopeOf(definition);
    if (name !== "__typename" && scope !== null) making.require(scope ?? "read");
  }
  const data = joined(planEntries(making, fields, atPresent));
  const statement = sql("select ", unlessTooLong(data, [...making.measured.values()]), ` as "data", ${head}, ${ms}`);
  making.settle();
  const { hasLate, permissions, openers, checks } = making;
  return {
    permissions,
    isPersonal: making.isPersonal,
    statement,
    hasLate,
    opens: openers.length > 0,
    finish,
    open: async (run, db) => {
      for (const opener of openers) run.views.push(await opener(run, db));
      for (const look of checks) look(run);
    },
  };
}

/** What is answered, unless what is measured is longer than an answer may be: ordinary execution says what then. */
function unlessTooLong(data: Sql, measured: readonly { readonly bytes: Sql; readonly times: number }[]): Sql {
  if (measured.length === 0) return data;
  const told = measured.flatMap(({ bytes, times }) => [` + ${times} * coalesce(`, ...bytes, ", 0)"]);
  return sql("case when 0", told, ` > ${bounds.answerBytes} then ${missingText} else `, data, " end");
}
