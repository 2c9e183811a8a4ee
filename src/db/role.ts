import type { Client, DatabaseError } from "pg";

/** What the server and the import work as: it may add to the record and close versions, and edit or remove nothing. */
export const APP_ROLE = "chancery_app";

/** Two databases of one server that make the role at once: duplicate object, or a duplicate key of the catalogue. */
const MADE_MEANWHILE = ["42710", "23505"];
const NOT_ALLOWED = "42501";

/**
 * Makes the application's role where it is missing, lets whoever migrates take it on, and grants it what it may do with
 * every table. Databases without our functions are left alone.
 * @param anew whether tables may have come, so that what is granted has to be told again
 */
export async function grantRole(session: Client, { anew }: { anew: boolean }): Promise<void> {
  const { rows } = await session.query<{ ours: boolean; exists: boolean; granted: boolean }>(
    `SELECT to_regprocedure('chancery_grant()') IS NOT NULL AS ours,
            EXISTS (SELECT FROM pg_roles WHERE rolname = '${APP_ROLE}') AS exists,
            COALESCE((SELECT has_table_privilege(oid, to_regclass('seal'), 'SELECT') FROM pg_roles WHERE rolname = '${APP_ROLE}'), false) AS granted`,
  );
  const [found] = rows;
  if (!found?.ours || (found.granted && !anew)) return;
  if (!found.exists && !(await attempt(session, `CREATE ROLE ${APP_ROLE} NOLOGIN`))) return;
  await attempt(
    session,
    `DO $$ BEGIN IF NOT pg_has_role('${APP_ROLE}', 'MEMBER') THEN EXECUTE format('GRANT ${APP_ROLE} TO %I', current_user); END IF; END $$`,
  );
  await attempt(session, "SELECT chancery_grant()");
}

/** Runs a statement that this user may not be allowed to run, or that another process may have run; says whether it stands. */
async function attempt(session: Client, sql: string): Promise<boolean> {
  try {
    await session.query(sql);
    return true;
  } catch (cause) {
    const code = (cause as DatabaseError).code ?? "";
    if (MADE_MEANWHILE.includes(code)) return true;
    if (code === NOT_ALLOWED) return false;
    throw cause;
  }
}

/** Whether this session may work as the application, and the application may work on this database. */
export async function mayTakeRole(session: Client): Promise<boolean> {
  const { rows } = await session.query<{ may: boolean }>(
    `SELECT pg_has_role(oid, 'MEMBER') AND has_table_privilege(oid, to_regclass('seal'), 'SELECT') AS may
       FROM pg_roles WHERE rolname = '${APP_ROLE}'`,
  );
  return rows[0]?.may === true;
}
