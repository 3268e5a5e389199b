import cron from "node-cron";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { jobByName, JOBS } from "../../jobs/index.ts";
import type { Job, JobDeps } from "../../jobs/job.ts";
import { runOnce } from "../../jobs/run-once.ts";
import { startJobs } from "../../jobs/schedule.ts";
import type { Database } from "../../src/store/database.ts";
import { beginRun, listRuns } from "../../src/store/job-runs.ts";
import { ensurePartitions, listPartitions } from "../../src/store/partitions.ts";
import { BatchStore } from "../../src/store/result-batch.ts";
import { openTestDatabase } from "../support/database.ts";
import { saveAudit } from "../../src/store/audits.ts";
import { audit, AUDIT_INTERVAL } from "../store/helpers/audits.ts";
import { registerPortals, result, START } from "../store/helpers/results.ts";
import { emptyTables, recordingLog } from "../store/helpers/tables.ts";

const HOUR = 3_600_000;

let db: Database;
let close: () => Promise<void>;
let deps: JobDeps;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(async () => {
  await emptyTables(db);
  deps = {
    db,
    log: recordingLog(),
    settings: {
      reportTimezone: "Asia/Ho_Chi_Minh",
      probeIntervalMs: 60_000,
      retentionRawDays: 14,
      retentionHourDays: 400,
      auditIntervalMs: 21_600_000,
      vantageName: "local",
      madeUp: false,
      mail: null,
      coverageInbox: null,
    },
    clock: () => START + 2 * HOUR,
  };
});

function run(name: string) {
  const job = jobByName(name);
  if (!job) throw new Error(`No job ${name}`);
  return runOnce(job, deps);
}

test("every job has a name of its own, says what it does, and a pattern that can be read", () => {
  expect(new Set(JOBS.map(({ name }) => name)).size).toBe(JOBS.length);
  for (const { cron: pattern, does } of JOBS) {
    expect(cron.validate(pattern)).toBe(true);
    expect(does.length).toBeGreaterThan(20);
  }
  expect(jobByName("nothing")).toBeNull();
});

test("partitions are made ahead and old ones dropped", async () => {
  await ensurePartitions(db, "probe_result", ["2026-10-01"]);
  expect(await run("partitions")).toBe("ok");
  const present = (await listPartitions(db, "probe_result")).map(({ from }) => from);
  expect(present[0]).toBe("2026-11-22");
  expect(present).toHaveLength(8);
  const [last] = await listRuns(db, { limit: 1 });
  expect(last?.detail).toMatchObject({ dropped: ["probe_result_2026_10_01"] });
});

test("runs are rolled up", async () => {
  await registerPortals(db, 1);
  await new BatchStore(db, Date.now).store([result()]);
  expect(await run("rollup")).toBe("ok");
  const day = await db.selectFrom("probe_rollup_day").select("ok").executeTakeFirstOrThrow();
  expect(day.ok).toBe(1);
});

test("runs of hours that ended a while ago are packed, and packing again changes nothing", async () => {
  await registerPortals(db, 1);
  await new BatchStore(db, Date.now).store([result(), result({ family: "ip6" })]);
  deps = { ...deps, clock: () => START + 3 * HOUR };
  await run("rollup");
  expect(await run("pack")).toBe("ok");
  const packed = await db.selectFrom("probe_hour").selectAll().execute();
  expect(packed).toHaveLength(2);
  expect(await run("pack")).toBe("ok");
  expect(await db.selectFrom("probe_hour").selectAll().execute()).toEqual(packed);
  const details = (await listRuns(db, { job: "pack", limit: 2 })).map(({ detail }) => detail);
  expect(details).toEqual([
    { hours: 0, runs: 0, emptied: [] },
    { hours: 1, runs: 2, emptied: [] },
  ]);
});

test("upkeep forgets audits that are older than is kept", async () => {
  await registerPortals(db, 1);
  const ctx = { db, auditIntervalMs: AUDIT_INTERVAL };
  await saveAudit(ctx, audit(-401 * 4));
  await saveAudit(ctx, audit(0));
  expect(await run("upkeep")).toBe("ok");
  const kept = await db.selectFrom("audit").select("started_at").execute();
  expect(kept).toEqual([{ started_at: new Date(START) }]);
});

test("upkeep keeps the last two rounds of audits, however short what is kept and however rare they are", async () => {
  await registerPortals(db, 1);
  const ctx = { db, auditIntervalMs: AUDIT_INTERVAL };
  for (const round of [-3 * 28, -28, 0]) await saveAudit(ctx, audit(round));
  const settings = { ...deps.settings, retentionHourDays: 1, auditIntervalMs: 7 * 24 * HOUR };
  deps = { ...deps, settings };
  expect(await run("upkeep")).toBe("ok");
  const kept = await db.selectFrom("audit").select("started_at").orderBy("started_at").execute();
  expect(kept.map(({ started_at: at }) => at.getTime() - START)).toEqual([-7 * 24 * HOUR, 0]);
});

test("upkeep forgets old job runs and leaves statistics for the planner", async () => {
  await registerPortals(db, 5);
  await db
    .insertInto("job_run")
    .values({ job: "rollup", outcome: "ok", started_at: new Date(START - 15 * 24 * HOUR) })
    .execute();
  expect(await run("upkeep")).toBe("ok");
  expect((await listRuns(db, { limit: 5 })).map(({ job }) => job)).toEqual(["upkeep"]);
  const { rows } = await sql<{ rows: number }>`
    select reltuples::int as rows from pg_class where oid = 'portal'::regclass`.execute(db);
  expect(rows[0]?.rows).toBe(5);
});

function counting(name: string, change: Partial<Job> = {}) {
  const counted = { runs: 0 };
  const job: Job = {
    name,
    does: "counts its runs",
    cron: "0 0 1 1 *",
    atStart: true,
    async run() {
      counted.runs += 1;
      return {};
    },
    ...change,
  };
  return { job, counted };
}

test("jobs that want it run at the start, one after the other, and none after the stop", async () => {
  const first = counting("first");
  const second = counting("second");
  const later = counting("later", { atStart: false });
  const schedule = startJobs(deps, [first.job, second.job, later.job]);
  await vi.waitFor(async () => {
    const runs = await listRuns(db, { limit: 9 });
    expect(runs.map(({ job, outcome }) => `${job} ${outcome}`)).toEqual(["second ok", "first ok"]);
  });
  await schedule.stop();
  expect([first, second, later].map(({ counted }) => counted.runs)).toEqual([1, 1, 0]);
});

test("a job runs when its pattern says so", async () => {
  const { job, counted } = counting("often", { cron: "* * * * * *", atStart: false });
  const schedule = startJobs(deps, [job]);
  await vi.waitFor(() => expect(counted.runs).toBeGreaterThan(0), { timeout: 10_000 });
  await schedule.stop();
});

test("stopping waits for the run that is under way, but not for ever", async () => {
  const gate = Promise.withResolvers<object>();
  const started = Promise.withResolvers<void>();
  const { job } = counting("slow", {
    run() {
      started.resolve();
      return gate.promise;
    },
  });
  const schedule = startJobs(deps, [job]);
  await started.promise;
  await schedule.stop(10);
  expect(await listRuns(db, { limit: 1 })).toMatchObject([{ outcome: "running" }]);
  gate.resolve({});
  await schedule.stop();
  expect(await listRuns(db, { limit: 1 })).toMatchObject([{ outcome: "ok" }]);
});

test("a process that is alone on the database does not wait for runs that died with an earlier one", async () => {
  await beginRun(db, "first", new Date(deps.clock()));
  const { job, counted } = counting("first");
  const schedule = startJobs({ ...deps, alone: true }, [job]);
  await vi.waitFor(() => expect(counted.runs).toBe(1));
  await schedule.stop();
  const outcomes = (await listRuns(db, { limit: 5 })).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(["ok", "interrupted"]);
});
