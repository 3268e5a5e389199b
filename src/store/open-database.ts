import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { UsageError } from "../domain/usage-error.ts";
import { prepareDataFolder } from "./data-folder.ts";
import { type Database, isConnectionLost, openEmbedded, openPostgres } from "./database.ts";
import { lockFolder } from "./folder-lock.ts";

/** PostgreSQL 14, as server_version_num. */
const OLDEST_SERVER = 140_000;

interface Settings {
  readonly databaseUrl: string | null;
  readonly dataDir: string;
}

/** A database that is known to answer, and how to let go of it. */
export interface OpenedDatabase {
  readonly db: Database;
  readonly kind: "postgresql" | "embedded";
  readonly close: () => Promise<void>;
}

/**
 * Opens the database that the configuration names and proves that it answers.
 * Throws UsageError (unreachable server, old server, folder in use or not writable).
 */
export async function openDatabase(settings: Settings): Promise<OpenedDatabase> {
  return settings.databaseUrl === null
    ? openFolder(settings.dataDir)
    : openServer(settings.databaseUrl);
}

async function openFolder(dataDir: string): Promise<OpenedDatabase> {
  await prepareDataFolder(dataDir);
  const lock = lockFolder(dataDir);
  try {
    const db = await openFresh(join(dataDir, "database"));
    const close = async () => {
      await db.destroy();
      lock.release();
    };
    return { db, kind: "embedded", close };
  } catch (error) {
    lock.release();
    throw new UsageError(
      `The embedded database in ${dataDir} does not open. Restore a backup into an empty DATA_DIR, or move the folder away to start anew.`,
      { cause: error },
    );
  }
}

/** Makes a new database under another name first, so that a kill in the middle leaves nothing half made. */
async function openFresh(folder: string): Promise<Database> {
  if (!existsSync(folder)) {
    const unfinished = `${folder}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await (await openEmbedded(unfinished)).destroy();
    await rename(unfinished, folder);
  }
  return openEmbedded(folder);
}

async function openServer(url: string): Promise<OpenedDatabase> {
  const db = openPostgres(url);
  try {
    const { rows } = await sql<{ version: number; name: string }>`
      select current_setting('server_version_num')::int as version,
        current_setting('server_version') as name`.execute(db);
    const server = rows[0];
    if (!server || server.version < OLDEST_SERVER) {
      throw new UsageError(
        `DATABASE_URL leads to PostgreSQL ${server?.name}; version 14 or newer is needed.`,
      );
    }
    return { db, kind: "postgresql", close: () => db.destroy() };
  } catch (error) {
    await db.destroy();
    throw error instanceof UsageError ? error : unreachable(url, error);
  }
}

/** Names the server but never its password. */
function unreachable(url: string, error: unknown): UsageError {
  const { hostname, port, pathname } = new URL(url);
  const server = `${hostname}:${port || "5432"}${pathname}`;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why = isConnectionLost(error) ? "does not answer" : "refuses";
  return new UsageError(
    `The database ${server} of DATABASE_URL ${why}${code ? ` (${code})` : ""}. Check that the server runs, and the user, password and database name.`,
    { cause: error },
  );
}
