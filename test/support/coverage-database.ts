import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { PGliteDialect, Kysely } from "kysely";
import pg from "pg";
import { seed } from "../../seeds/seed.ts";
import {
  type Database,
  EMBEDDED_TYPES,
  openEmbedded,
  openPostgres,
} from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { createServerDatabase, SERVER_URL, TEMPLATES } from "./database.ts";

/** Longer than making a template takes on the slowest machine; whoever began one before that has died. */
const STALE_MS = 120_000;

const OLD_MS = 3_600_000;

/**
 * A fresh database of the tested kind with all reference data (units of every vintage with their events, and what
 * else the seeds have), without portals. It is a copy of one that is made once per state of migrations and seeds.
 */
export async function openCoverageDatabase(): Promise<{
  db: Database;
  close: () => Promise<void>;
}> {
  if (SERVER_URL !== undefined) return openOnServer(SERVER_URL);
  const db = await openEmbedded(null, { loadDataDir: await embeddedTemplate() });
  return { db, close: () => db.destroy() };
}

async function fill(db: Database): Promise<void> {
  await migrate(db);
  await seed(db, { now: new Date("2026-11-22T00:00:00Z"), portals: false });
}

async function embeddedTemplate(): Promise<Blob> {
  await mkdir(TEMPLATES, { recursive: true });
  const file = join(TEMPLATES, `${stateDigest()}.coverage.tar`);
  // Workers that want the same one wait for the first: making it takes seconds of processor time.
  while (!existsSync(file)) {
    const lock = await takeLock(`${file}.lock`);
    if (!lock) {
      await pause(50);
      continue;
    }
    try {
      await makeEmbedded(file);
    } finally {
      await lock.release();
    }
  }
  return new Blob([await readFile(file)]);
}

async function makeEmbedded(file: string): Promise<void> {
  if (existsSync(file)) return;
  const pglite = await PGlite.create(EMBEDDED_TYPES);
  const db: Database = new Kysely({ dialect: new PGliteDialect({ pglite }) });
  await fill(db);
  const dump = await pglite.dumpDataDir("none");
  await db.destroy();
  const part = `${file}.${randomBytes(4).toString("hex")}`;
  await writeFile(part, Buffer.from(await dump.arrayBuffer()));
  await rename(part, file);
  await forgetOld();
}

/** Each is some 70 MB, and every change of a seed makes another. */
async function forgetOld(): Promise<void> {
  for (const name of readdirSync(TEMPLATES).filter((each) => each.includes(".coverage.tar"))) {
    const path = join(TEMPLATES, name);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > OLD_MS) await rm(path, { force: true });
  }
}

async function takeLock(path: string): Promise<{ release: () => Promise<void> } | null> {
  try {
    const handle = await open(path, "wx");
    await handle.close();
    return { release: () => rm(path, { force: true }) };
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > STALE_MS) await rm(path, { force: true });
    return null;
  }
}

async function openOnServer(serverUrl: string) {
  const { url, drop } = await createServerDatabase(serverUrl, await serverTemplate(serverUrl));
  const db = openPostgres(url);
  const close = async () => {
    await db.destroy();
    await drop();
  };
  return { db, close };
}

/** The name of a database that nobody is connected to, so that it can be copied. */
async function serverTemplate(serverUrl: string): Promise<string> {
  const name = `hatangso_coverage_${stateDigest()}`;
  const client = new pg.Client(serverUrl);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext($1))", [name]);
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) {
      const { url } = await createServerDatabase(serverUrl);
      const db = openPostgres(url);
      await fill(db);
      await db.destroy();
      await client.query(`alter database ${new URL(url).pathname.slice(1)} rename to ${name}`);
    }
    return name;
  } finally {
    await client.end();
  }
}

/** Of everything that reference data comes from. */
function stateDigest(): string {
  const digest = createHash("sha256");
  for (const folder of ["../../migrations/", "../../seeds/"]) {
    const url = new URL(folder, import.meta.url);
    const all = readdirSync(url, { recursive: true, encoding: "utf8" });
    const files = all.filter((file) => /\.(csv|ts)$/.test(file));
    for (const file of files.toSorted())
      digest.update(file).update(readFileSync(new URL(file, url)));
  }
  return digest.digest("hex").slice(0, 16);
}
