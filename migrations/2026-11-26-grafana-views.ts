import { type Kysely, sql } from "kysely";
import { COMPLIANCE } from "./grafana-1/compliance.ts";
import { FINDINGS } from "./grafana-1/findings.ts";
import { GAPS } from "./grafana-1/gaps.ts";
import { INCIDENTS } from "./grafana-1/incidents.ts";
import { RELEASES } from "./grafana-1/releases.ts";
import { ROUNDS } from "./grafana-1/rounds.ts";
import { SUBJECTS } from "./grafana-1/subjects.ts";
import { viewStatements } from "./grafana-1/view.ts";

/**
 * Version 1 of the schema `grafana`: views that dashboards may read, and nothing else of the database. A column that is
 * out is a promise; one that has to go or to change takes a new version. What the views read of tables cannot be
 * dropped or retyped while they stand: a migration that has to, drops and makes them again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

/** Whoever may write tables may not always make a schema: then the start says what to do. */
const MAKE_SCHEMA = `do $$
  begin
    if to_regnamespace('grafana') is null then create schema grafana; end if;
  exception when insufficient_privilege then
    raise exception 'The role % may not make the schema "grafana". As the owner of the database, run: create schema grafana authorization %',
      current_user, quote_ident(current_user);
  end $$`;

const STATEMENTS = [
  MAKE_SCHEMA,
  `comment on schema grafana is 'Views for dashboards: docs/grafana-sql.md. Days are those of the session''s time zone.'`,
  // What was corrected lately, without reading every figure there ever was.
  `create index coverage_figure_revised on coverage_figure (recorded_at) where revision > 1`,
  `create or replace view grafana.schema_version as select 1 as version`,
  `comment on view grafana.schema_version is 'Version of these views. It changes when a column goes or means something else.'`,
  `comment on column grafana.schema_version.version is 'A whole number'`,
  ...[
    ...SUBJECTS,
    ...COMPLIANCE,
    ...FINDINGS,
    ...INCIDENTS,
    ...GAPS,
    ...RELEASES,
    ...ROUNDS,
  ].flatMap(viewStatements),
];
