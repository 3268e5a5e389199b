import { sql } from "kysely";
import { UsageError } from "../domain/usage-error.ts";
import type { Database } from "./database.ts";

/** Reads the views of the schema `grafana`, and nothing else. */
export const GRAFANA_ROLE = "hatangso_grafana";

/** Longer than any panel takes, shorter than a reader's patience. */
const STATEMENT_TIMEOUT = "20s";

/** SQLSTATE insufficient_privilege, and what our own check raises. */
const NOT_ALLOWED = "42501";
const RAISED = "P0001";

export interface GrafanaRole {
  /** Where its days begin and end, IANA name. */
  readonly timezone: string;
  /** Lets it sign in; null leaves that as it is, and a new role cannot. */
  readonly verifier: string | null;
}

/**
 * Makes the role or brings it up to date, in one transaction; doing it twice changes nothing. Views that come later are
 * readable too, also after a restore. The last statement refuses a role that may do more.
 */
export function grafanaRoleStatements({ timezone, verifier }: GrafanaRole): readonly string[] {
  return [
    MAKE_ROLE,
    ...(verifier === null
      ? []
      : [`alter role ${GRAFANA_ROLE} login password ${literal(verifier)}`]),
    inDatabase(`grant connect on database %1$I to ${GRAFANA_ROLE}`),
    // Everybody may make tables for the session, and before PostgreSQL 15 lasting ones: for the role to have neither,
    // everybody must lose it. Owners keep it.
    inDatabase("revoke temporary on database %1$I from public"),
    "revoke create on schema public from public",
    `grant usage on schema grafana to ${GRAFANA_ROLE}`,
    `grant select on all tables in schema grafana to ${GRAFANA_ROLE}`,
    `do $$ begin
      execute format('alter default privileges for role %I in schema grafana grant select on tables to ${GRAFANA_ROLE}',
        (select pg_get_userbyid(relowner) from pg_class where oid = 'grafana.schema_version'::regclass));
    end $$`,
    ...Object.entries({
      search_path: "grafana",
      default_transaction_read_only: "on",
      statement_timeout: STATEMENT_TIMEOUT,
      idle_in_transaction_session_timeout: "60s",
      // Compiling a question takes longer than answering it.
      jit: "off",
      timezone,
    }).map(([name, value]) =>
      inDatabase(`alter role ${GRAFANA_ROLE} in database %1$I set ${name} = %2$L`, value),
    ),
    REFUSE_MORE,
  ];
}

/**
 * Runs the statements, with the rights of the service's own role. Throws UsageError where those do not suffice, or the
 * role may do more than it should.
 */
export async function makeGrafanaRole(db: Database, role: GrafanaRole): Promise<void> {
  try {
    await db.transaction().execute(async (trx) => {
      for (const statement of grafanaRoleStatements(role)) await sql.raw(statement).execute(trx);
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === RAISED) throw new UsageError((error as Error).message, { cause: error });
    if (code !== NOT_ALLOWED) throw error;
    throw new UsageError(
      "The role of DATABASE_URL may not make roles. Run the command without --run, and what it prints with psql as a superuser.",
      { cause: error },
    );
  }
}

const MAKE_ROLE = `do $$ begin
  if not exists (select from pg_roles where rolname = '${GRAFANA_ROLE}') then create role ${GRAFANA_ROLE} nologin; end if;
end $$`;

/**
 * Whatever else it may read, write or make here, by grants of its own, of its groups or of everybody; attributes that
 * would let it take more; and roles that it can become without having their rights beforehand.
 */
const REFUSE_MORE = `do $$
declare
  more text;
begin
  select string_agg(what, ', ') into more from (
    select format('%I.%I', nspname, relname) as what
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'p', 'v', 'm', 'f') and nspname <> 'information_schema' and nspname !~ '^pg_'
      and (has_table_privilege('${GRAFANA_ROLE}', pg_class.oid, 'delete, truncate')
        or has_any_column_privilege('${GRAFANA_ROLE}', pg_class.oid, 'insert, update')
        or nspname <> 'grafana' and has_any_column_privilege('${GRAFANA_ROLE}', pg_class.oid, 'select'))
    union all
    select format('tables in schema %I', nspname) from pg_namespace
    where nspname !~ '^pg_' and has_schema_privilege('${GRAFANA_ROLE}', oid, 'create')
    union all
    select 'attributes (superuser, createrole, createdb, replication, bypassrls)' from pg_roles
    where rolname = '${GRAFANA_ROLE}' and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
    union all
    select format('role %I by set role', rolname) from pg_roles
    where pg_has_role('${GRAFANA_ROLE}', oid, 'member') and not pg_has_role('${GRAFANA_ROLE}', oid, 'usage')
    union all
    select 'schemas and temporary tables' where has_database_privilege('${GRAFANA_ROLE}', current_database(), 'create, temporary')
  ) found;
  if more is not null then
    raise exception 'The role ${GRAFANA_ROLE} may use more than the schema grafana: %. Take that from it, from its groups or from public as the owner, then run this again.', left(more, 500);
  end if;
end $$`;

/** A statement that names the present database (\`%1$I\`) and a value (\`%2$L\`). */
function inDatabase(statement: string, value = ""): string {
  return `do $$ begin execute format(${literal(statement)}, current_database(), ${literal(value)}); end $$`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
