import { PGlite, types as pgliteTypes } from "@electric-sql/pglite";
import { sql, Kysely, PGliteDialect, PostgresDialect } from "kysely";
import pg from "pg";
import type { Schema } from "./schema.ts";

/** A handle on the one database, PostgreSQL or the embedded PGlite: same dialect, same parsers. */
export type Database = Kysely<Schema>;

/** PostgreSQL's type numbers (pg_type.oid) whose text form the two drivers would read differently. */
const OID = { int8: 20, date: 1082, timestamptz: 1184, timestamp: 1114, numeric: 1700 } as const;

/** int8, count(*) and numeric become numbers (all of ours are below 2^53), a date stays `YYYY-MM-DD`. */
const parsers: Record<number, (text: string) => unknown> = {
  [OID.int8]: Number,
  [OID.numeric]: Number,
  [OID.date]: (text) => text,
  [OID.timestamptz]: (text) => new Date(text),
  [OID.timestamp]: (text) => text,
};

/** A pool of at most this many connections; the writer, the jobs and the API share it. */
const POOL_SIZE = 10;

/** How long a statement may run and a connection may take before it counts as lost. */
const STATEMENT_TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * What each connection begins with; as a statement, because poolers such as PgBouncer refuse unknown start-up parameters,
 * and a DATABASE_URL may have `options` of its own. Our longest questions take a second on tens of thousands of portals;
 * compiling them (JIT) took longer than that.
 */
const SETTINGS = `set statement_timeout = ${STATEMENT_TIMEOUT_MS}; set jit = off`;

/** Opens a pool on a PostgreSQL server; nothing is contacted before the first query. */
export function openPostgres(
  url: string,
  options: { onLost?: (error: Error) => void } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: "hatangso",
    // The pool waits for the promise, which its type does not tell; one that rejects is a connection that failed.
    onConnect: (client): unknown => client.query(SETTINGS),
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        parsers[oid] ?? pg.types.getTypeParser(oid, format),
    },
  });
  // An idle connection that breaks would otherwise end the process,
  pool.on("error", (error) => options.onLost?.(error));
  // and so would one in use that breaks between two questions: whoever uses it learns it from the next one.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

/** How the embedded database reads and writes values. */
export const EMBEDDED_TYPES = { parsers, serializers: { [pgliteTypes.DATE]: String } };

/**
 * Opens the embedded database in a folder, or in memory where the folder is null.
 * The caller holds the folder's lock: two processes on one folder would corrupt it.
 */
export async function openEmbedded(
  folder: string | null,
  options: { loadDataDir?: Blob } = {},
): Promise<Database> {
  const pglite = await PGlite.create({
    ...(folder === null ? {} : { dataDir: folder }),
    ...(options.loadDataDir ? { loadDataDir: options.loadDataDir } : {}),
    ...EMBEDDED_TYPES,
  });
  const db = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) });
  // Kysely closes only a database that it has used: one that never was would stay open, and hold its files.
  await sql`select 1`.execute(db);
  return db;
}

/** Whether the error says that the database cannot be reached now, rather than that it refused what was asked. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  // SQLSTATE class 08 connection exception, 57P0x server going down or starting up, 53300 too many
  // connections, 53100 disk full; else a socket error or the pool's own time limit.
  if (/^(08...|57P0[1-5]|53...|57014)$/.test(code)) return true;
  if (/^(ECONN|EPIPE|ENOENT|ETIMEDOUT|EHOST|ENET|EAI_|ENOTFOUND|ENOSPC)/.test(code)) return true;
  return code === "" && /timeout|terminated|not queryable|Connection ended/i.test(error.message);
}

/**
 * Whether the very same would be taken a moment later: the database is away, or only reads (as after a fail-over), or
 * others were in the way. SQLSTATE 25006 read-only transaction, class 40 rolled back, 55P03 lock not available.
 */
export function isPassing(error: unknown): boolean {
  return isConnectionLost(error) || /^(25006|40...|55P03)$/.test(codeOf(error));
}

/** Whether it is the database that says so: its codes are five characters, of which the first two are the class. */
export function isFromDatabase(error: unknown): boolean {
  return /^[0-9A-Z]{5}$/.test(codeOf(error)) && !codeOf(error).startsWith("E");
}

/**
 * Whether the database understood what was asked and refused its content: the same rows would be refused again,
 * without the bad ones the others would be taken. SQLSTATE classes 21 cardinality, 22 data exception,
 * 23 integrity constraint, 54 program limit exceeded.
 */
export function isContentRefused(error: unknown): boolean {
  return /^(21|22|23|54)[0-9A-Z]{3}$/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
