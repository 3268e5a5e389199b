import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Job, JobDeps } from "../../jobs/job.ts";
import { runOnce } from "../../jobs/run-once.ts";
import type { Database } from "../../src/store/database.ts";
import { listRuns } from "../../src/store/job-runs.ts";
import { openTestDatabase } from "../support/database.ts";
import { emptyTables, recordingLog } from "../store/helpers/tables.ts";

let db: Database;
let close: () => Promise<void>;
let log: ReturnType<typeof recordingLog>;
let runs: unknown[];
let deps: JobDeps;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(async () => {
  await emptyTables(db);
  log = recordingLog();
  runs = [];
  deps = {
    db,
    log,
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
    clock: Date.now,
    onRun: (name, outcome, seconds) => runs.push([name, outcome, seconds >= 0]),
  };
});

function job(run: Job["run"]): Job {
  return { name: "sample", does: "is a test", cron: "* * * * *", atStart: false, run };
}

test("a run is recorded with what it did", async () => {
  expect(
    await runOnce(
      job(async () => ({ done: 3 })),
      deps,
    ),
  ).toBe("ok");
  expect(await listRuns(db, { limit: 5 })).toMatchObject([
    { job: "sample", outcome: "ok", detail: { done: 3 }, finishedAt: expect.any(Date) },
  ]);
  expect(runs).toEqual([["sample", "ok", true]]);
});

test("a run that throws is recorded as failed, and told once with its cause", async () => {
  const error = new Error("It broke", { cause: new Error("the disk is full") });
  expect(
    await runOnce(
      job(() => Promise.reject(error)),
      deps,
    ),
  ).toBe("failed");
  expect(await listRuns(db, { limit: 5 })).toMatchObject([
    { outcome: "failed", detail: { error: "It broke: the disk is full" } },
  ]);
  expect(log.lines).toEqual([
    { level: "error", facts: { err: error, job: "sample" }, message: "A job failed" },
  ]);
  expect(runs).toEqual([["sample", "failed", true]]);
});

test("a job never runs twice at once", async () => {
  const gate = Promise.withResolvers<object>();
  const started = Promise.withResolvers<void>();
  const slow = runOnce(
    job(() => {
      started.resolve();
      return gate.promise;
    }),
    deps,
  );
  await started.promise;
  expect(
    await runOnce(
      job(async () => ({})),
      deps,
    ),
  ).toBe("busy");
  gate.resolve({});
  expect(await slow).toBe("ok");
  expect(
    await runOnce(
      job(async () => ({})),
      deps,
    ),
  ).toBe("ok");
  expect(runs).toEqual([
    ["sample", "busy", true],
    ["sample", "ok", true],
    ["sample", "ok", true],
  ]);
});

test("a database that is away makes the run fail, not the process", async () => {
  const gone = await openTestDatabase();
  await gone.db.selectFrom("job_run").select("id").execute();
  await gone.close();
  expect(
    await runOnce(
      job(async () => ({})),
      { ...deps, db: gone.db },
    ),
  ).toBe("failed");
  expect(log.lines).toMatchObject([{ level: "error", message: "A job could not be recorded" }]);
});
