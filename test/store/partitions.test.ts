import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import {
  dropExpiredPartitions,
  droppedBefore,
  ensurePartitions,
  listPartitions,
  makePartitionsAhead,
} from "../../src/store/partitions.ts";
import { PARTITIONED_TABLES } from "../../src/store/partition-plan.ts";
import { openTestDatabase } from "../support/database.ts";

const NOW = Date.parse("2026-11-22T08:00:00Z");
const KEEP = { rawDays: 14, hourDays: 400 };

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
afterEach(async () => {
  for (const table of PARTITIONED_TABLES) {
    for (const { name } of await listPartitions(db, table)) {
      await sql`drop table ${sql.id(name)}`.execute(db);
    }
  }
  await db.deleteFrom("retention_mark").execute();
});

async function names(table: (typeof PARTITIONED_TABLES)[number]): Promise<string[]> {
  return (await listPartitions(db, table)).map(({ name }) => name);
}

test("days and months to come are made once", async () => {
  const made = await makePartitionsAhead(db, NOW);
  expect(made).toHaveLength(8 + 8 + 3 + 3);
  expect(made).toContain("probe_hour_2026_11_29");
  expect(made).toContain("probe_result_2026_11_29");
  expect(made).toContain("probe_rollup_hour_2027_01");
  expect(await makePartitionsAhead(db, NOW)).toEqual([]);
  expect(await names("probe_result")).toHaveLength(8);
});

test("several who need the same partitions at once all get them", async () => {
  const days = ["2026-11-20", "2026-11-21", "2026-11-22"];
  const made = await Promise.all(
    Array.from({ length: 8 }, () => ensurePartitions(db, "probe_result", days)),
  );
  expect(made.flat()).toHaveLength(3);
  expect(await names("probe_result")).toEqual(
    days.map((day) => `probe_result_${day.replaceAll("-", "_")}`),
  );
});

test("a row finds its partition to the last moment of the UTC day", async () => {
  await ensurePartitions(db, "failure_evidence", ["2026-02-28", "2026-03-01"]);
  await ensurePartitions(db, "probe_rollup_hour", ["2026-02-28", "2026-03-01"]);
  const { rows } = await sql<{ name: string }>`
    insert into probe_rollup_hour
    select 1, 'ip4', 1, start_at, 0, 0, 0, 0, 0, 0, 0, '{}', '{}', '{}', '{}', '{}', '{}'
    from unnest(array['2026-02-28T23:59:59.999999Z', '2026-03-01T00:00:00Z']::timestamptz[]) as start_at
    returning tableoid::regclass::text as name`.execute(db);
  expect(rows.map(({ name }) => name)).toEqual([
    "probe_rollup_hour_2026_02",
    "probe_rollup_hour_2026_03",
  ]);
});

test("what is older than is kept is dropped whole, everything else stays", async () => {
  await ensurePartitions(db, "probe_result", [
    "2026-11-06",
    "2026-11-07",
    "2026-11-08",
    "2026-11-22",
  ]);
  await ensurePartitions(db, "probe_hour", ["2026-11-07", "2026-11-08"]);
  await ensurePartitions(db, "probe_rollup_hour", ["2025-09-30", "2025-10-01", "2026-11-01"]);
  await ensurePartitions(db, "failure_evidence", ["2025-09-30", "2025-10-01"]);
  expect(await dropExpiredPartitions(db, NOW, KEEP)).toEqual([
    "probe_result_2026_11_06",
    "probe_result_2026_11_07",
    "probe_hour_2026_11_07",
    "probe_rollup_hour_2025_09",
    "failure_evidence_2025_09",
  ]);
  expect(await names("probe_result")).toEqual([
    "probe_result_2026_11_08",
    "probe_result_2026_11_22",
  ]);
  expect(await dropExpiredPartitions(db, NOW, KEEP)).toEqual([]);
});

test("what was dropped is never made again", async () => {
  await ensurePartitions(db, "probe_result", ["2026-11-07"]);
  await dropExpiredPartitions(db, NOW, KEEP);
  expect(await droppedBefore(db, "probe_result")).toBe("2026-11-08");
  const made = await ensurePartitions(db, "probe_result", [
    "2026-11-05",
    "2026-11-07",
    "2026-11-08",
  ]);
  expect(made.map(({ from }) => from)).toEqual(["2026-11-08"]);
  expect(await droppedBefore(db, "failure_evidence")).toBeNull();
});

test("evidence of failures stays as long as the longer of runs and hours", async () => {
  await ensurePartitions(db, "failure_evidence", ["2026-08-01"]);
  expect(await dropExpiredPartitions(db, NOW, { rawDays: 200, hourDays: 10 })).toEqual([]);
  expect(await dropExpiredPartitions(db, NOW, { rawDays: 14, hourDays: 10 })).toEqual([
    "failure_evidence_2026_08",
  ]);
});
