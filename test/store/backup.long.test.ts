import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { UsageError } from "../../src/domain/usage-error.ts";
import { createKey } from "../../src/store/api-keys.ts";
import { backup } from "../../src/store/backup.ts";
import { putUnits } from "../../src/store/admin-units.ts";
import { type Database, openEmbedded } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { makePartitionsAhead } from "../../src/store/partitions.ts";
import { packHours } from "../../src/store/pack-hours.ts";
import { createPortal } from "../../src/store/portals.ts";
import { BatchStore } from "../../src/store/result-batch.ts";
import { restore } from "../../src/store/restore.ts";
import { rollUp } from "../../src/store/rollup.ts";
import { TABLES } from "../../src/store/tables.ts";
import { openTestDatabase } from "../support/database.ts";
import {
  certificate,
  evidence,
  failedResult,
  registerPortals,
  result,
  START,
} from "./helpers/results.ts";
import { fillCompliance } from "./helpers/compliance-rows.ts";
import { fillCoverage } from "./helpers/coverage-rows.ts";
import { fillIncidents } from "./helpers/incident-rows.ts";
import { snapshotTables } from "./helpers/tables.ts";
import { BA_DINH, HANOI } from "./helpers/units.ts";

const ACTOR = { keyId: null, name: "test" };
const HOUR = 3_600_000;

let source: Awaited<ReturnType<typeof openTestDatabase>>;
let target: { db: Database; close: () => Promise<void> };
let file: Buffer;

beforeAll(async () => {
  source = await openTestDatabase();
  target = await openOtherKind();
  await fill(source.db);
  file = await write(source.db);
});
afterAll(async () => {
  await source.close();
  await target.close();
});

test("a restored backup has every row of every table, in the other kind of database and back", async () => {
  const before = await snapshotTables(source.db);
  const numbers = await lastNumbers(source.db);
  expect(Object.keys(before).filter((table) => before[table]?.length === 0)).toEqual([]);

  const there = await restore(target.db, inPieces(file));
  expect(await snapshotTables(target.db)).toEqual(before);
  expect(await lastNumbers(target.db)).toEqual(numbers);
  expect(there.rows["audit_log"]).toBe(2502);
  expect(there.version).toBe("1.2.3");

  await restore(source.db, inPieces(await write(target.db)), { replace: true });
  expect(await snapshotTables(source.db)).toEqual(before);
  expect(await lastNumbers(source.db)).toEqual(numbers);
});

test("a restored database takes new rows of every kind", async () => {
  await restore(target.db, inPieces(file), { replace: true });
  await new BatchStore(target.db, () => START).store([
    failedResult({ scheduledAt: START + 2 * HOUR, evidence: evidence({ code: "EOTHER" }) }),
  ]);
  const { count } = await target.db
    .selectFrom("failure_evidence")
    .select((select) => select.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  expect(count).toBe(2);
  await expect(
    target.db
      .insertInto("portal_address")
      .values({
        portal_id: 999_999,
        family: "ip4",
        address: "192.0.2.9",
        first_seen: new Date(START),
        last_seen: new Date(START),
      })
      .execute(),
  ).rejects.toMatchObject({ code: "23503" });
});

test("a database that has rows is not overwritten unless that is asked for", async () => {
  await restore(target.db, inPieces(file), { replace: true });
  const before = await snapshotTables(target.db);
  await expect(restore(target.db, inPieces(file))).rejects.toThrow(/not empty: .* --replace/);
  expect(await snapshotTables(target.db)).toEqual(before);
});

test.each([
  ["nothing at all", () => Buffer.alloc(0), /does not unpack|not a backup/],
  ["something else", () => randomBytes(5000), /does not unpack/],
  ["a file cut off in the middle", (whole: Buffer) => whole.subarray(0, -2000), /does not unpack/],
])("%s is refused and leaves the target as it was", async (_, change, reason) => {
  await restore(target.db, inPieces(file), { replace: true });
  const before = await snapshotTables(target.db);
  const broken = restore(target.db, inPieces(change(file)), { replace: true });
  await expect(broken).rejects.toThrow(UsageError);
  await expect(broken).rejects.toThrow(reason);
  expect(await snapshotTables(target.db)).toEqual(before);
});

test.each([
  ["another program's file", (text: string) => `{"format":"other"}\n${text}`, /not a backup/],
  [
    "a newer schema",
    (text: string) => text.replace('-foundation"', '-foundation","9999-later"'),
    /newer/,
  ],
  [
    "a newer format",
    (text: string) => text.replace('"formatVersion":1', '"formatVersion":2'),
    /newer/,
  ],
  [
    "a missing end",
    (text: string) => `${text.split("\n").slice(0, -2).join("\n")}\n`,
    /its end is missing/,
  ],
  [
    "a missing row",
    (text: string) => text.replace(/\n\["\d+", .*?(?=\n)/, ""),
    /check sum|missing/,
  ],
  ["a changed value", (text: string) => text.replace("Hà Nội", "Hà Nồi"), /check sum/],
  ["a row that is no row", (text: string) => text.replace("\n[", "\n[{"), /cannot be read/],
])("%s is told in one line", async (_, change, reason) => {
  const text = (await promisify(gunzip)(file)).toString("utf8");
  const changed = await promisify(gzip)(change(text));
  const broken = restore(target.db, inPieces(changed), { replace: true });
  await expect(broken).rejects.toThrow(UsageError);
  await expect(broken).rejects.toThrow(reason);
});

test("a backup that nobody reads to its end lets go of the database", async () => {
  for await (const chunk of backup(source.db, { version: "1.2.3" })) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  await source.db.updateTable("portal").set({ note: "changed" }).where("id", "=", 1).execute();
  const { rows } = await sql<{ note: string }>`select note from portal where id = 1`.execute(
    source.db,
  );
  expect(rows[0]?.note).toBe("changed");
});

/** The embedded kind, whichever kind is tested. */
async function openOtherKind() {
  const db = await openEmbedded(null);
  await migrate(db);
  return { db, close: () => db.destroy() };
}

/** Something in every table, values that are easily bent among it, and one table of several pages. */
async function fill(db: Database): Promise<void> {
  await putUnits(db, [HANOI], "2025-07-01");
  await putUnits(db, [BA_DINH], "2025-07-01");
  await registerPortals(db, 2);
  await makePartitionsAhead(db, START);
  const odd = await createPortal(
    { db, actor: ACTOR },
    {
      url: "https://odd.example.gov.vn/?q='\"\\",
      name_vi: 'Cổng \\N \t "lạ" {a,NULL}\n😀',
      kind: "portal",
      agency: "test-agency",
      lifecycle: "merged_into",
      merged_into: "portal-000001",
      expectation: { body_text: "\\u0041", max_response_ms: 5 },
    },
  );
  expect(odd.ok).toBe(true);
  await sql`insert into audit_log (actor, action, object_type, object_id, after)
    select 'test', 'create', 'page', number::text, jsonb_build_object('number', number)
    from generate_series(1, 2500) as number`.execute(db);
  await createKey({ db, actor: ACTOR }, { label: "đọc", role: "reader", province: "01" });
  await db
    .insertInto("job_run")
    .values({ job: "rollup", started_at: new Date(START), outcome: "ok", detail: '{"a": 1e-7}' })
    .execute();
  const names = ['a"b', "c,d", "{}", "NULL", ""];
  await new BatchStore(db, () => START).store([
    result({ certificate: certificate("c", { names }), totalMs: 0.1 + 0.2 }),
    failedResult({ portal: 2, family: "ip6" }),
    result({ portal: 2, scheduledAt: START + HOUR }),
  ]);
  const settings = {
    reportTimezone: "Asia/Ho_Chi_Minh",
    probeIntervalMs: 60_000,
    retentionRawDays: 14,
  };
  await rollUp(db, settings, START + 1.5 * HOUR);
  await packHours(db, settings, START + 3 * HOUR);
  await fillCompliance(db);
  await fillCoverage(db);
  await fillIncidents(db);
  await db
    .insertInto("retention_mark")
    .values({ table_name: "probe_result", dropped_before: "2026-11-01" })
    .execute();
}

async function write(db: Database): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of backup(db, { version: "1.2.3", clock: () => START }))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* inPieces(whole: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < whole.length; at += 10_007) yield whole.subarray(at, at + 10_007);
}

/** The last number that each sequence gave out. */
async function lastNumbers(db: Database) {
  const { rows } = await sql`
    select sequencename, last_value from pg_sequences where schemaname = current_schema() order by 1`.execute(
    db,
  );
  expect(rows.length).toBeGreaterThan(TABLES.length / 3);
  return rows;
}
