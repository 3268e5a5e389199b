import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { ProbeResult } from "../../src/domain/observation.ts";
import type { Database } from "../../src/store/database.ts";
import {
  createResultWriter,
  type ResultWriter,
  type ResultWriterOptions,
} from "../../src/store/result-writer.ts";
import { openTestDatabase } from "../support/database.ts";
import { failedResult, registerPortals, result, START } from "./helpers/results.ts";
import { emptyTables, recordingLog } from "./helpers/tables.ts";

let db: Database;
let close: () => Promise<void>;
let folder: string;
let log: ReturnType<typeof recordingLog>;
let writers: ResultWriter[];

beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(async () => {
  await emptyTables(db);
  await registerPortals(db, 3);
  folder = await mkdtemp(join(tmpdir(), "hatangso-writer-"));
  log = recordingLog();
  writers = [];
});
afterEach(async () => {
  await mendDatabase();
  await Promise.all(writers.map((writer) => writer.stop()));
  await rm(folder, { recursive: true });
});

function openWriter(options: Partial<ResultWriterOptions> = {}): ResultWriter {
  const writer = createResultWriter({ db, spoolFolder: folder, log, ...options });
  writers.push(writer);
  return writer;
}

/** The database answers but takes no result, as one that is being repaired or has become read-only. */
async function breakDatabase(): Promise<void> {
  await sql`alter table portal_address rename to portal_address_gone`.execute(db);
}

async function mendDatabase(): Promise<void> {
  await sql`alter table if exists portal_address_gone rename to portal_address`.execute(db);
}

/** Minutes after START of all stored runs, in the order in which their rows were added. */
async function storedMinutes(): Promise<number[]> {
  const { rows } = await sql<{ scheduled_at: Date }>`
    select scheduled_at from probe_result order by tableoid, ctid`.execute(db);
  return rows.map((row) => (row.scheduled_at.getTime() - START) / 60_000);
}

const at = (minute: number, make = result): ProbeResult =>
  make({ scheduledAt: START + minute * 60_000 });

test("what was added is in the database after a flush, once, however often it is added", async () => {
  const writer = openWriter();
  writer.add([at(0), at(1)]);
  writer.add([at(1), at(2)]);
  expect(writer.status().queued).toBe(4);
  await writer.flush();
  writer.add([at(0)]);
  await writer.flush();
  expect(await storedMinutes()).toEqual([0, 1, 2]);
  expect(writer.status()).toEqual({
    databaseReachable: true,
    lastError: null,
    queued: 0,
    spoolDepth: 0,
    spoolOldestAt: null,
    dropped: { spoolFull: 0, refused: 0, expired: 0 },
  });
});

test("nobody has to ask: what was added is written by itself", async () => {
  openWriter().add([at(0)]);
  await vi.waitFor(async () => expect(await storedMinutes()).toEqual([0]), { timeout: 10_000 });
});

test("while the database takes nothing, results wait on disk, and are written in order when it is back", async () => {
  const writer = openWriter();
  await breakDatabase();
  // One more than the first batch after a loss holds, the last ones scheduled earlier.
  const first = Array.from({ length: 100 }, (_, index) => at(5 + index));
  writer.add(first);
  await writer.flush();
  writer.add([at(3), at(4)]);
  await writer.flush();
  expect(writer.status()).toMatchObject({
    databaseReachable: false,
    lastError: expect.stringContaining("42P01"),
    queued: 0,
    spoolDepth: 102,
    spoolOldestAt: START + 5 * 60_000,
  });
  await mendDatabase();
  writer.add([at(1)]);
  await writer.flush();
  expect(await storedMinutes()).toEqual([...first.keys().map((index) => index + 5), 1, 3, 4]);
  expect(writer.status()).toMatchObject({ databaseReachable: true, spoolDepth: 0, queued: 0 });
  expect(log.lines.map(({ level }) => level)).toEqual(["error", "info"]);
});

test("the loss and the return of the database are each told once", async () => {
  const writer = openWriter();
  await breakDatabase();
  for (const minute of [1, 2, 3]) {
    writer.add([at(minute)]);
    await writer.flush();
  }
  await mendDatabase();
  await writer.flush();
  await writer.flush();
  expect(log.lines.map(({ message }) => message)).toEqual([
    "The database does not take results; they wait on disk",
    "The database takes results again",
  ]);
});

test("results that wait on disk outlive the process", async () => {
  await breakDatabase();
  const first = openWriter();
  first.add([at(1), at(2)]);
  await first.stop();
  await mendDatabase();
  const second = openWriter();
  expect(second.status().spoolDepth).toBe(2);
  second.add([at(3)]);
  await second.flush();
  expect(await storedMinutes()).toEqual([1, 2, 3]);
  expect(second.status().spoolDepth).toBe(0);
});

test("rows that the database refuses are dropped, told and counted; all others are stored", async () => {
  const writer = openWriter();
  const unknownPortal = at(50);
  writer.add([at(0), at(1), { ...unknownPortal, portal: 999 }, at(2), at(3, failedResult)]);
  writer.add([{ ...at(4), portal: 998 }, at(5)]);
  await writer.flush();
  expect(await storedMinutes()).toEqual(expect.arrayContaining([0, 1, 2, 3, 5]));
  expect(writer.status()).toMatchObject({ databaseReachable: true, queued: 0, spoolDepth: 0 });
  expect(writer.status().dropped.refused).toBe(2);
  expect(log.lines).toMatchObject([{ level: "error", facts: { refused: 2, portal: 999 } }]);
});

test("rows of another shape, as a later version may have left them, are dropped and counted", async () => {
  const writer = openWriter();
  const malformed = [
    { ...at(1), scheduledAt: Number.NaN },
    { ...at(2), phasesMs: undefined },
    { ...at(3), addresses: null },
  ] as unknown as ProbeResult[];
  writer.add([at(0), ...malformed]);
  await writer.flush();
  expect(await storedMinutes()).toEqual([0]);
  expect(writer.status().dropped.refused).toBe(3);
});

test("rows older than what is kept are counted", async () => {
  await db
    .insertInto("retention_mark")
    .values({ table_name: "probe_result", dropped_before: "2026-11-22" })
    .execute();
  const writer = openWriter();
  writer.add([at(-24 * 60), at(0)]);
  await writer.flush();
  expect(await storedMinutes()).toEqual([0]);
  expect(writer.status().dropped.expired).toBe(1);
});

test("a full spool loses successes first and counts them", async () => {
  const writer = openWriter({ spoolLimits: { maxBytes: 1e9, maxRows: 2 } });
  await breakDatabase();
  writer.add([at(0, failedResult), at(1), at(2), at(3, failedResult)]);
  await writer.flush();
  expect(writer.status()).toMatchObject({ spoolDepth: 2, dropped: { spoolFull: 2 } });
  await mendDatabase();
  await writer.flush();
  expect(await storedMinutes()).toEqual([0, 3]);
});

test("while the disk takes nothing either, results wait in memory", async () => {
  const writer = openWriter();
  const blocker = new DatabaseSync(join(folder, "spool.sqlite"));
  blocker.exec("begin exclusive");
  await breakDatabase();
  writer.add([at(0), at(1)]);
  await writer.flush();
  expect(writer.status()).toMatchObject({ queued: 2, spoolDepth: 0, dropped: { spoolFull: 0 } });
  blocker.exec("rollback");
  blocker.close();
  writer.add([at(2)]);
  await writer.flush();
  expect(writer.status()).toMatchObject({ queued: 0, spoolDepth: 3 });
  await mendDatabase();
  await writer.flush();
  expect(await storedMinutes()).toEqual([0, 1, 2]);
});

test("a spool file that is no database is moved aside and a new one begun", async () => {
  await writeFile(join(folder, "spool.sqlite"), "no database at all, ".repeat(100));
  await breakDatabase();
  const writer = openWriter();
  writer.add([at(0)]);
  await writer.flush();
  expect(writer.status()).toMatchObject({ queued: 0, spoolDepth: 1 });
  const aside = (await readdir(folder)).filter((name) => name.includes(".broken-"));
  expect(aside).toHaveLength(1);
});

test("a folder that cannot be made does not keep results from the database", async () => {
  const file = join(folder, "a-file");
  await writeFile(file, "");
  const writer = openWriter({ spoolFolder: join(file, "spool") });
  writer.add([at(0)]);
  await writer.flush();
  expect(await storedMinutes()).toEqual([0]);
});

test("a batch that the database keeps waiting is put on disk as well", async () => {
  let now = START;
  const writer = openWriter({ clock: () => now });
  await db.transaction().execute(async (trx) => {
    await sql`lock table portal_address in access exclusive mode`.execute(trx);
    writer.add([at(0)]);
    const flushed = writer.flush();
    now += 60_000;
    await vi.waitFor(() => expect(writer.status().spoolDepth).toBe(1), { timeout: 10_000 });
    expect(writer.status().databaseReachable).toBe(false);
    writer.add([at(1)]);
    await vi.waitFor(() => expect(writer.status().spoolDepth).toBe(2), { timeout: 10_000 });
    return { flushed };
  });
  await writer.flush();
  expect(await storedMinutes()).toEqual([0, 1]);
  expect(writer.status()).toMatchObject({ spoolDepth: 0, queued: 0, databaseReachable: true });
});

test("a writer that is stopped while the database hangs leaves everything on disk in time", async () => {
  const first = openWriter();
  await db.transaction().execute(async (trx) => {
    await sql`lock table portal_address in access exclusive mode`.execute(trx);
    first.add([at(0), at(1)]);
    await first.stop(50);
  });
  const second = openWriter();
  expect(second.status().spoolDepth).toBe(2);
  await second.flush();
  expect(await storedMinutes()).toEqual([0, 1]);
});

test("stopping writes what was added last, and stopping again changes nothing", async () => {
  const writer = openWriter();
  writer.add([at(0)]);
  const stopped = writer.stop();
  expect(writer.stop()).toBe(stopped);
  await stopped;
  expect(await storedMinutes()).toEqual([0]);
});

test("more results than a batch holds are written in several batches", async () => {
  const writer = openWriter();
  const many = Array.from({ length: 10_050 }, (_, index) =>
    result({ scheduledAt: START + index * 1000, certificate: null, addresses: [], address: null }),
  );
  writer.add(many);
  await writer.flush();
  expect(await storedMinutes()).toHaveLength(10_050);
});
