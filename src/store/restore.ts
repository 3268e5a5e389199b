import { sql } from "kysely";
import { UsageError } from "../domain/usage-error.ts";
import { type Footer, FORMAT_VERSION, type Header, TEXT_SETTINGS } from "./backup-format.ts";
import { BackupReader } from "./backup-reader.ts";
import type { Database } from "./database.ts";
import { knownMigrations, migrate } from "./migrate.ts";
import { partitionNamed } from "./partition-plan.ts";
import { createPartition } from "./partitions.ts";
import { loadRows } from "./restore-rows.ts";
import { FORMER_TABLES, readColumns, TABLES } from "./tables.ts";
import { vacuumTables } from "./vacuum.ts";

/** SQLSTATE lock_not_available. */
const LOCKED = "55P03";

/** What a restored file was and held. */
export interface Restored {
  readonly writtenAt: string;
  readonly version: string;
  readonly rows: Readonly<Record<string, number>>;
}

/**
 * Puts the content of a backup into a database, all or nothing, and brings it to the present schema.
 * Throws UsageError for a file that is broken, foreign or newer, and for a target with rows unless `replace` is set.
 * No service may be using the database.
 */
export async function restore(
  db: Database,
  source: AsyncIterable<Uint8Array>,
  { replace = false }: { replace?: boolean } = {},
): Promise<Restored> {
  const reader = new BackupReader(source);
  try {
    const header = await reader.header();
    await checkVersion(header);
    const footer = await db.transaction().execute(async (trx) => {
      await sql`set local lock_timeout = '10s'`.execute(trx);
      if (!replace) await mustBeEmpty(trx);
      await dropTables(trx, header);
      return rebuild(trx, header, reader);
    });
    await vacuumTables(db);
    return { writtenAt: header.writtenAt, version: header.version, rows: footer.rows };
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === LOCKED)) throw error;
    throw new UsageError(
      "Somebody is using the database. Stop every service on it, then restore.",
      {
        cause: error,
      },
    );
  } finally {
    await reader.close();
  }
}

async function checkVersion({ formatVersion, version, migrations }: Header): Promise<void> {
  const known = await knownMigrations();
  const isNewer =
    formatVersion > FORMAT_VERSION || migrations.some((name) => !known.includes(name));
  if (!isNewer) return;
  throw new UsageError(
    `The backup was written by version ${version}, which is newer than this one. Install that version and restore with it.`,
  );
}

async function mustBeEmpty(trx: Database): Promise<void> {
  const present = await readColumns(trx);
  for (const table of [...TABLES, ...FORMER_TABLES].filter((name) => present.has(name))) {
    const { rows } = await sql<{ filled: boolean }>`
      select exists (select from ${sql.table(table)}) as filled`.execute(trx);
    if (!rows[0]?.filled) continue;
    throw new UsageError(
      `The database is not empty: ${table} has rows. Restore into an empty database, or add --replace to lose what this one holds.`,
    );
  }
}

async function dropTables(trx: Database, header: Header): Promise<void> {
  const tables = new Set([...TABLES, ...FORMER_TABLES, ...Object.keys(header.tables)]);
  for (const table of [...tables, "kysely_migration", "kysely_migration_lock"]) {
    await sql`drop table if exists ${sql.id(table)} cascade`.execute(trx);
  }
  await sql`drop sequence if exists failure_evidence_id`.execute(trx);
}

/** Builds the schema that the backup has, loads it, and only then goes on to the present one. */
async function rebuild(trx: Database, header: Header, reader: BackupReader): Promise<Footer> {
  await migrate(trx, header.migrations.at(-1));
  for (const setting of TEXT_SETTINGS) await sql.raw(setting).execute(trx);
  for (const name of header.partitions) {
    const partition = partitionNamed(name);
    if (!partition) throw new UsageError(`The backup names a partition that is none: ${name}.`);
    await createPartition(trx, partition);
  }
  const keys = await takeForeignKeys(trx);
  const footer = await loadRows(trx, header, reader);
  for (const { table, name, definition } of keys) {
    await sql`alter table ${sql.id(table)} add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(
      trx,
    );
  }
  for (const [name, last] of Object.entries(footer.sequences)) {
    await sql`select setval(${name}::regclass, ${last}::bigint)`.execute(trx);
  }
  await migrate(trx);
  return footer;
}

/** Rows come table by table, some refer to later ones: what they refer to is checked when all are there. */
async function takeForeignKeys(trx: Database) {
  const { rows } = await sql<{ table: string; name: string; definition: string }>`
    select relname as table, conname as name, pg_get_constraintdef(pg_constraint.oid) as definition
    from pg_constraint
    join pg_class on pg_class.oid = conrelid
    join pg_namespace on pg_namespace.oid = relnamespace and nspname = current_schema()
    where contype = 'f' and conparentid = 0 and relname = any(${[...TABLES, ...FORMER_TABLES]})`.execute(
    trx,
  );
  for (const { table, name } of rows) {
    await sql`alter table ${sql.id(table)} drop constraint ${sql.id(name)}`.execute(trx);
  }
  return rows;
}
