import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import {
  beatRun,
  beginRun,
  finishRun,
  forgetRuns,
  HEARTBEAT_MS,
  interruptRuns,
  listRuns,
} from "../../src/store/job-runs.ts";
import { openTestDatabase } from "../support/database.ts";
import { emptyTables } from "./helpers/tables.ts";

const START = Date.parse("2026-11-22T08:00:00Z");
const after = (beats: number) => new Date(START + beats * HEARTBEAT_MS);

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(() => emptyTables(db));

const outcomes = async () => (await listRuns(db, { limit: 10 })).map(({ outcome }) => outcome);

test("of several who begin a job at once, one does", async () => {
  const begun = await Promise.all([1, 2, 3, 4, 5].map(() => beginRun(db, "rollup", after(0))));
  expect(begun.filter((id) => id !== null)).toHaveLength(1);
  expect(await outcomes()).toEqual(["running"]);
});

test("different jobs run beside each other, and one that has ended can begin again", async () => {
  const first = await beginRun(db, "rollup", after(0));
  expect(await beginRun(db, "partitions", after(0))).not.toBeNull();
  await finishRun(db, first ?? 0, { outcome: "ok", detail: { hours: 1 }, now: after(1) });
  expect(await beginRun(db, "rollup", after(1))).not.toBeNull();
  expect(await listRuns(db, { job: "rollup", limit: 10 })).toMatchObject([
    { outcome: "running", finishedAt: null },
    { outcome: "ok", detail: { hours: 1 }, startedAt: after(0), finishedAt: after(1) },
  ]);
});

test("a run that shows no sign of life gives its place up; one that does keeps it", async () => {
  const first = await beginRun(db, "rollup", after(0));
  await beatRun(db, first ?? 0, after(3));
  expect(await beginRun(db, "rollup", after(6))).toBeNull();
  expect(await beginRun(db, "rollup", after(7))).not.toBeNull();
  expect(await outcomes()).toEqual(["running", "interrupted"]);
});

test("a run that was given up for dead and ends after all gets its true end", async () => {
  const first = await beginRun(db, "rollup", after(0));
  await beginRun(db, "rollup", after(5));
  await finishRun(db, first ?? 0, { outcome: "ok", detail: {}, now: after(6) });
  expect(await outcomes()).toEqual(["running", "ok"]);
});

test("a process that is alone on the database closes what an earlier one left", async () => {
  await beginRun(db, "rollup", after(0));
  await beginRun(db, "partitions", after(0));
  await interruptRuns(db, after(0));
  expect(await outcomes()).toEqual(["interrupted", "interrupted"]);
  expect(await beginRun(db, "rollup", after(0))).not.toBeNull();
});

test("old runs are forgotten, running ones are not", async () => {
  const first = await beginRun(db, "rollup", after(0));
  await finishRun(db, first ?? 0, { outcome: "failed", detail: {}, now: after(1) });
  await beginRun(db, "rollup", after(1));
  expect(await forgetRuns(db, after(100))).toBe(1);
  expect(await outcomes()).toEqual(["running"]);
});
