import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { type Database, openEmbedded, openPostgres } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openDatabase } from "../../src/store/open-database.ts";

/** Where `npm run test:postgres` finds its server; without it the suites run on PGlite. */
export const SERVER_URL = process.env["TEST_DATABASE_URL"];

/** Databases that are made once per schema version and copied by every test file that wants one. */
export const TEMPLATES = join(tmpdir(), "hatangso-test-templates");

/** Which kind of database this run tests on. */
export const databaseKind: "postgres" | "pglite" = SERVER_URL ? "postgres" : "pglite";

/**
 * A fresh database of the tested kind with the present schema and no rows.
 * On PGlite it is a copy, in memory, of a template that is made once per schema version.
 */
export async function openTestDatabase(): Promise<{ db: Database; close: () => Promise<void> }> {
  if (SERVER_URL) return openOnServer(SERVER_URL);
  const db = await openEmbedded(null, { loadDataDir: await template() });
  return { db, close: () => db.destroy() };
}

/**
 * An empty database on the server, or a copy of another one, dropped by `drop`; its URL is for tests that start
 * processes.
 */
export async function createServerDatabase(
  serverUrl: string,
  template = "template1",
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `hatangso_test_${randomBytes(6).toString("hex")}`;
  const admin = async (statement: string) => {
    const client = new pg.Client(serverUrl);
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await admin(`create database ${name} template ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => admin(`drop database ${name} with (force)`) };
}

/**
 * Puts an embedded database with the present schema and no rows into a data folder, as a first start would have:
 * making one takes seconds, copying one does not.
 */
export async function fillDataFolder(dataDir: string): Promise<void> {
  const ready = join(TEMPLATES, `${schemaDigest()}.folder`);
  if (!existsSync(ready)) {
    const part = `${ready}.${randomBytes(4).toString("hex")}`;
    const opened = await openDatabase({ databaseUrl: null, dataDir: part });
    await migrate(opened.db);
    await opened.close();
    await rename(part, ready).catch(async (error: NodeJS.ErrnoException) => {
      // Another test file was first.
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
      await rm(part, { recursive: true });
    });
  }
  await mkdir(dataDir, { recursive: true });
  await cp(join(ready, "database"), join(dataDir, "database"), { recursive: true });
}

async function openOnServer(serverUrl: string) {
  const { url, drop } = await createServerDatabase(serverUrl);
  const db = openPostgres(url);
  await migrate(db);
  const close = async () => {
    await db.destroy();
    await drop();
  };
  return { db, close };
}

async function template(): Promise<Blob> {
  const file = join(TEMPLATES, `${schemaDigest()}.tar`);
  if (!existsSync(file)) {
    const pglite = await PGlite.create();
    const { Kysely, PGliteDialect } = await import("kysely");
    await migrate(new Kysely({ dialect: new PGliteDialect({ pglite }) }));
    const dump = await pglite.dumpDataDir("none");
    await pglite.close();
    await mkdir(TEMPLATES, { recursive: true });
    const part = `${file}.${randomBytes(4).toString("hex")}`;
    await writeFile(part, Buffer.from(await dump.arrayBuffer()));
    await rename(part, file);
  }
  return new Blob([await readFile(file)]);
}

function schemaDigest(): string {
  const folder = new URL("../../migrations/", import.meta.url);
  const digest = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".ts")).toSorted())
    digest.update(readFileSync(new URL(file, folder)));
  return digest.digest("hex").slice(0, 16);
}
