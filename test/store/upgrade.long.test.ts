import { readdir, readFile } from "node:fs/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UsageError } from "../../src/domain/usage-error.ts";
import { backup } from "../../src/store/backup.ts";
import { type Database, openEmbedded, openPostgres } from "../../src/store/database.ts";
import { beginRun } from "../../src/store/job-runs.ts";
import { appliedMigrations, knownMigrations, migrate } from "../../src/store/migrate.ts";
import { restore } from "../../src/store/restore.ts";
import { rollUp } from "../../src/store/rollup.ts";
import { FORMER_TABLES, readColumns } from "../../src/store/tables.ts";
import { createServerDatabase, databaseKind, openTestDatabase } from "../support/database.ts";
import { describeSchema } from "./helpers/schema.ts";

const FIXTURES = new URL("fixtures/", import.meta.url);
const fixtures = (await readdir(FIXTURES))
  .filter((file) => file.endsWith(".sql"))
  .map((file) => file.slice(0, -".sql".length));
const known = await knownMigrations();

/** A database of the tested kind without any table. */
async function openBlank(): Promise<{ db: Database; close: () => Promise<void> }> {
  if (databaseKind === "pglite") {
    const db = await openEmbedded(null);
    return { db, close: () => db.destroy() };
  }
  const { url, drop } = await createServerDatabase(process.env["TEST_DATABASE_URL"] ?? "");
  const db = openPostgres(url);
  const close = async () => {
    await db.destroy();
    await drop();
  };
  return { db, close };
}

test("every earlier schema has rows to be upgraded: whoever adds a migration adds those of the one before", () => {
  expect(fixtures).toEqual(known.slice(0, -1));
});

describe.each(fixtures)("from the schema %s", (name) => {
  let db: Database;
  let close: () => Promise<void>;
  let before: Record<string, unknown>;
  let columns: Map<string, string[]>;
  let file: Uint8Array[];
  let schema: string;
  beforeAll(async () => {
    ({ db, close } = await openBlank());
    await migrate(db, name);
    schema = await describeSchema(db);
    const rows = await readFile(new URL(`${name}.sql`, FIXTURES), "utf8");
    await db.transaction().execute(async (trx) => {
      await sql`set local timezone = 'UTC'`.execute(trx);
      for (const statement of rows.split(/;\n/)) await sql.raw(statement).execute(trx);
    });
    columns = await columnNames(db);
    before = await rowsOf(db, columns);
    file = [];
    for await (const chunk of backup(db, { version: "0.0.1" })) file.push(chunk);
    await migrate(db);
  });
  afterAll(() => close());

  test("its migration was not changed after the fact", async () => {
    await expect(schema).toMatchFileSnapshot(`fixtures/${name}.schema.txt`);
  });

  test("every table has rows", () => {
    expect(Object.entries(before).filter(([, rows]) => String(rows) === "")).toEqual([]);
  });

  test("the upgrade keeps every row", async () => {
    expect(await appliedMigrations(db)).toEqual(known);
    expect(await rowsOf(db, await stillThere(db, columns))).toEqual(upgraded(before));
  });

  test("the upgraded database works: hours are rolled up, jobs begin", async () => {
    expect(await beginRun(db, "rollup", new Date("2026-11-22T09:00:00Z"))).not.toBeNull();
    const settings = {
      reportTimezone: "Asia/Ho_Chi_Minh",
      probeIntervalMs: 60_000,
      retentionRawDays: 14,
    };
    const rolled = await rollUp(db, settings, Date.parse("2026-11-22T09:00:00Z"));
    expect(rolled).toEqual({ hours: 1, days: 1 });
  });

  test("a backup of then is restored into the schema of now, with every row", async () => {
    const now = await openTestDatabase();
    const restored = await restore(now.db, chunks(file));
    expect(restored.version).toBe("0.0.1");
    expect(await appliedMigrations(now.db)).toEqual(known);
    expect(await rowsOf(now.db, await stillThere(now.db, columns))).toEqual(upgraded(before));
    await now.close();
  });
});

describe("a schema that is newer than the code", () => {
  let opened: Awaited<ReturnType<typeof openTestDatabase>>;
  beforeAll(async () => {
    opened = await openTestDatabase();
  });
  afterAll(() => opened.close());

  test("is left alone, with one line that says what to do", async () => {
    await sql`insert into kysely_migration (name, timestamp) values ('9999-01-01-later', '')`.execute(
      opened.db,
    );
    const refused = migrate(opened.db);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(
      /9999-01-01-later.* newer version.* Install that version/,
    );
  });
});

/** What the migrations since then change on purpose. */
function upgraded(before: Record<string, unknown>): Record<string, unknown> {
  const runs = String(before["job_run"]).replace(
    "08:00:00+00\t(null)\trunning",
    "08:00:00+00\t2026-11-22 08:00:00+00\tinterrupted",
  );
  const kept = Object.entries(before).filter(([table]) => !FORMER_TABLES.includes(table));
  return { ...Object.fromEntries(kept), job_run: runs };
}

/** Tables without those that were dropped on purpose. */
async function stillThere(db: Database, tables: ReadonlyMap<string, string[]>) {
  const present = await readColumns(db);
  const gone = [...tables.keys()].filter((table) => !present.has(table));
  expect(gone.filter((table) => !FORMER_TABLES.includes(table))).toEqual([]);
  return new Map([...tables].filter(([table]) => present.has(table)));
}

async function columnNames(db: Database): Promise<Map<string, string[]>> {
  const tables = await readColumns(db);
  return new Map([...tables].map(([table, columns]) => [table, columns.map(({ name }) => name)]));
}

/** All rows of these columns as text. */
async function rowsOf(db: Database, tables: ReadonlyMap<string, readonly string[]>) {
  const all: Record<string, unknown> = {};
  await db.transaction().execute(async (trx) => {
    await sql`set local timezone = 'UTC'`.execute(trx);
    for (const [table, columns] of tables) {
      const texts = columns.map((column) => sql`coalesce(${sql.id(column)}::text, '(null)')`);
      const { rows } = await sql<{ line: string }>`
        select concat_ws(E'\\t', ${sql.join(texts)}) as line from ${sql.id(table)} order by 1`.execute(
        trx,
      );
      all[table] = rows.map(({ line }) => line).join("\n");
    }
  });
  return all;
}

async function* chunks(file: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* file;
}
