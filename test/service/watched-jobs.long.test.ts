import { afterAll, beforeAll, expect, test } from "vitest";
import type { JobDeps } from "../../jobs/job.ts";
import { rollup } from "../../jobs/rollup.ts";
import { runOnce } from "../../jobs/run-once.ts";
import type { AgencyAvailability } from "../../src/reports/agency-availability.ts";
import type { JobSuccess } from "../../src/reports/job-runs.ts";
import type { Database } from "../../src/store/database.ts";
import { beginRun, finishRun } from "../../src/store/job-runs.ts";
import { BatchStore } from "../../src/store/result-batch.ts";
import { watchJobs } from "../../src/watched-jobs.ts";
import { openTestDatabase } from "../support/database.ts";
import { failedResult, registerPortals, result, START } from "../store/helpers/results.ts";
import { recordingLog } from "../store/helpers/tables.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** 00:30 on 1 December in Viet Nam: the runs below are of last month then. */
const DECEMBER = Date.parse("2026-11-30T17:30:00Z");

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await registerPortals(db, 1);
});
afterAll(() => close());

const clock = { now: START };
const shown = { jobs: [] as readonly JobSuccess[] };

function deps(): JobDeps {
  return {
    db,
    log: recordingLog(),
    settings: {
      reportTimezone: "Asia/Ho_Chi_Minh",
      probeIntervalMs: MINUTE,
      retentionRawDays: 14,
      retentionHourDays: 400,
      auditIntervalMs: 21_600_000,
      vantageName: "local",
      madeUp: false,
      mail: null,
      coverageInbox: null,
    },
    clock: () => clock.now,
  };
}

test("availability follows roll-ups and the calendar, and jobs tell when they last went well", async () => {
  const told: (readonly AgencyAvailability[])[] = [];
  const warnings: object[] = [];
  const watched = watchJobs(
    db,
    {
      serviceMetrics: {
        setJobSuccesses: (successes) => void (shown.jobs = successes),
        setAvailability: (figures) => void told.push(figures),
      },
    },
    {
      config: { reportTimezone: "Asia/Ho_Chi_Minh", vantageName: "local" },
      log: { warn: (facts: object) => void warnings.push(facts) },
      clock: () => clock.now,
    },
  );
  await watched.refresh();
  expect([shown.jobs, told]).toEqual([[], [[]]]);

  const runs = Array.from({ length: 60 }, (_, minute) => {
    const at = { scheduledAt: START + minute * MINUTE, certificate: null };
    return minute < 15 ? failedResult(at) : result(at);
  });
  await new BatchStore(db, Date.now).store(runs);
  clock.now = START + 2 * HOUR;
  await runOnce(rollup, deps());
  await watched.refresh();
  const agency = "test-agency";
  expect(told.at(-1)).toEqual([{ agency, period: "this_month", ratio: 0.75 }]);
  expect(shown.jobs).toEqual([{ job: "rollup", at: clock.now }]);

  // Nothing was counted anew: two months are not read again.
  const read = told.length;
  clock.now += MINUTE;
  await runOnce(rollup, deps());
  await watched.refresh();
  expect(told).toHaveLength(read);
  expect(shown.jobs).toEqual([{ job: "rollup", at: clock.now }]);

  // A run that failed changes nothing.
  const went = clock.now;
  clock.now = DECEMBER;
  const failed = await beginRun(db, "rollup", new Date(clock.now));
  const end = { outcome: "failed", detail: {}, now: new Date(clock.now) } as const;
  await finishRun(db, failed ?? 0, end);
  await watched.refresh();
  expect(shown.jobs).toEqual([{ job: "rollup", at: went }]);
  expect(told.at(-1)).toEqual([{ agency, period: "last_month", ratio: 0.75 }]);
  await watched.stop();
  expect(warnings).toEqual([]);
});
