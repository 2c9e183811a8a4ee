import { withSession } from "../src/db/connect.ts";
import { sqlFromDatabaseToModels } from "./diff.ts";
import { silent } from "./silent.ts";
import type { ModelFile } from "./model-file.ts";
import { outline, type Outline } from "./outline.ts";

/**
 * Everything in which the models and the migrated database at `url` differ, or in which the models keep to no rule of
 * ours: names in the database are the names of the models in snake_case, and what is stored says what it means.
 * @returns one entry for a person to read for each; none where all is well.
 */
export async function disagreements(url: string, files: readonly ModelFile[]): Promise<string[]> {
  const sql = await sqlFromDatabaseToModels(url, files);
  const outlines = outline(files);
  return [
    ...(sql === "" ? [] : [`The migrated database is not what the models say. This would make it so:\n\n${sql}`]),
    ...(await enumsInAnotherOrder(url, outlines)),
    ...outlines.flatMap(misnamed),
    ...silent(outlines),
  ];
}

/** Prisma's engine compares the values of an enum as a set, while PostgreSQL sorts by their order. */
async function enumsInAnotherOrder(url: string, outlines: readonly Outline[]): Promise<string[]> {
  const { rows } = await withSession(url, (session) =>
    session.query<{ name: string; values: string[] }>(`
      SELECT t.typname AS name, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS values
        FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
       WHERE t.typnamespace = 'public'::regnamespace GROUP BY t.typname`),
  );
  const stored = new Map(rows.map(({ name, values }) => [name, values]));
  return outlines.flatMap(({ kind, name, table, members }) => {
    const there = stored.get(table) ?? [];
    const here = members.map(({ column }) => column);
    const sameOrder = here.join() === there.join();
    if (kind === "model" || sameOrder || [...here].sort().join() !== [...there].sort().join()) return [];
    return [`enum ${name}: the models order its values ${here.join(", ")}; the database ${there.join(", ")}.`];
  });
}

function misnamed({ kind, name, table, members }: Outline): string[] {
  const wrong = (what: string, has: string, wanted: string) =>
    has === wanted ? [] : [`${what} is called ${has} in the database and would be ${wanted}.`];
  return [
    ...wrong(`${kind} ${name}`, table, snakeCase(name)),
    ...members.flatMap((member) =>
      wrong(`${name}.${member.name}`, member.column, kind === "enum" ? member.name : snakeCase(member.name)),
    ),
  ];
}

/** `claimType` as the database calls it: `claim_type`. */
function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}
