import { readdir } from "node:fs/promises";
import { sql } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import { UsageError } from "../domain/usage-error.ts";
import type { Database } from "./database.ts";

const FOLDER = new URL("../../migrations/", import.meta.url);

/** All migrations of this version by name, oldest first. */
async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith(".ts")).toSorted();
  const entries = files.map(async (file): Promise<[string, Migration]> => [
    file.slice(0, -".ts".length),
    (await import(new URL(file, FOLDER).href)) as Migration,
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

/** Names of the migrations that this version knows, oldest first. */
export async function knownMigrations(): Promise<string[]> {
  return Object.keys(await readMigrations());
}

/** Names of the migrations that the database has seen, oldest first; empty for a new database. */
export async function appliedMigrations(db: Database): Promise<string[]> {
  const { rows: present } = await sql<{ name: string | null }>`
    select to_regclass('kysely_migration')::text as name`.execute(db);
  if (!present[0]?.name) return [];
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

/**
 * Brings the schema to this version, forward only, and returns the names that were applied now.
 * `upTo` stops at a named migration (tests of upgrades). Throws UsageError if the schema is newer than the code.
 */
export async function migrate(db: Database, upTo?: string): Promise<string[]> {
  const known = await readMigrations();
  const unknown = (await appliedMigrations(db)).filter((name) => !(name in known));
  if (unknown.length > 0) {
    throw new UsageError(
      `The database has migration ${unknown.at(-1)}, which this version does not know: it was written by a newer version. Install that version, or restore a backup of your own.`,
    );
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => known } });
  const { error, results } = upTo
    ? await migrator.migrateTo(upTo)
    : await migrator.migrateToLatest();
  if (error !== undefined) throw new Error("A migration failed", { cause: error });
  return (results ?? []).map((result) => result.migrationName);
}
