import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import {
  cancelWindow,
  changeWindow,
  createWindow,
  expandOccurrences,
  isMuted,
} from "../../src/store/maintenance.ts";
import type { WindowInput } from "../../src/store/maintenance-input.ts";
import { openTestDatabase } from "../support/database.ts";
import { registerPortals, START } from "./helpers/results.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = new Date(START);
let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await registerPortals(db, 2);
});
afterAll(() => close());
beforeEach(() =>
  sql`truncate maintenance_window, maintenance_occurrence, rollup_dirty, audit_log restart identity`.execute(
    db,
  ),
);

const context = (mayTouch?: (belonging: { agency: string }) => boolean) => ({
  db,
  actor: { keyId: null, name: "ann" },
  ...(mayTouch && { mayTouch }),
});

function input(change: Partial<WindowInput> = {}): WindowInput {
  return {
    title: "Bảo trì hằng tuần",
    target: { portal: "portal-000001" },
    starts_at: new Date(START + HOUR).toISOString(),
    duration_minutes: 60,
    ...change,
  };
}

async function occurrences(): Promise<number[]> {
  const rows = await db
    .selectFrom("maintenance_occurrence")
    .select("starts_at")
    .orderBy("starts_at")
    .execute();
  return rows.map(({ starts_at }) => (starts_at.getTime() - START) / HOUR);
}

const mutedAt = async (hours: number) => [...(await isMuted(db, [1, 2], START + hours * HOUR))];

test("a portal is muted from the beginning of its window to before its end", async () => {
  expect(await createWindow(context(), input(), NOW)).toEqual({ ok: true, value: 1 });
  expect([await mutedAt(0.99), await mutedAt(1), await mutedAt(1.99), await mutedAt(2)]).toEqual([
    [],
    [1],
    [1],
    [],
  ]);
});

test("a window of an agency mutes all of its portals", async () => {
  await createWindow(context(), input({ target: { agency: "test-agency" } }), NOW);
  expect(await mutedAt(1)).toEqual([1, 2]);
});

test("a repeated window is written out for sixty days, and further as time goes by", async () => {
  await createWindow(context(), input({ rrule: "FREQ=WEEKLY" }), NOW);
  expect((await occurrences()).length).toBe(9);
  expect(await expandOccurrences(db, START + 20 * DAY)).toBe(0);
  expect(await expandOccurrences(db, START + 40 * DAY)).toBe(1);
  expect((await occurrences()).length).toBe(15);
  expect(await expandOccurrences(db, START + 40 * DAY)).toBe(0);
});

test("a window for hours that are over has them counted anew", async () => {
  const past = input({ starts_at: new Date(START - 3 * HOUR).toISOString() });
  await createWindow(context(), past, NOW);
  const marks = await db.selectFrom("rollup_dirty").select("hour").orderBy("hour").execute();
  expect(marks.map(({ hour }) => (hour.getTime() - START) / HOUR)).toEqual([-3, -2, -1, 0]);
});

test("a change leaves what is over and moves what is to come", async () => {
  const daily = input({
    starts_at: new Date(START - 2 * DAY).toISOString(),
    rrule: "FREQ=DAILY;COUNT=4",
  });
  await createWindow(context(), daily, NOW);
  const later = input({ starts_at: new Date(START + 5 * HOUR).toISOString(), rrule: null });
  expect(await changeWindow(context(), 1, later, NOW)).toMatchObject({ ok: true });
  expect(await occurrences()).toEqual([-48, -24, 5]);
  const other = input({ target: { portal: "portal-000002" } });
  expect(await changeWindow(context(), 1, other, NOW)).toMatchObject({
    problem: { kind: "other_target" },
  });
});

test("cancelling ends the present time at once and drops the others", async () => {
  await createWindow(context(), input({ starts_at: NOW.toISOString(), rrule: "FREQ=DAILY" }), NOW);
  const soon = new Date(START + HOUR / 2);
  expect(await cancelWindow(context(), 1, soon)).toMatchObject({ ok: true });
  expect(await occurrences()).toEqual([0]);
  expect([await mutedAt(0.49), await mutedAt(0.5)]).toEqual([[1], []]);
  expect(await changeWindow(context(), 1, input(), soon)).toMatchObject({
    problem: { kind: "cancelled" },
  });
});

test("every write is in the audit log, and a limited key keeps to its own", async () => {
  await createWindow(context(), input(), NOW);
  await changeWindow(context(), 1, input({ title: "Khác" }), NOW);
  await cancelWindow(context(), 1, NOW);
  const log = await db.selectFrom("audit_log").select(["action", "actor"]).orderBy("id").execute();
  expect(log.map(({ action, actor }) => `${actor} ${action}`)).toEqual([
    "ann create",
    "ann change",
    "ann withdraw",
  ]);
  const limited = context(({ agency }) => agency === "another");
  const refusal = { ok: false, problem: { kind: "not_covered" } };
  expect(await createWindow(limited, input(), NOW)).toEqual(refusal);
  expect(await cancelWindow(limited, 1, NOW)).toEqual(refusal);
});

test("what does not exist, and a rule that can't be kept, is refused by its field", async () => {
  const problems = [
    await createWindow(context(), input({ target: { portal: "nowhere" } }), NOW),
    await createWindow(context(), input({ target: { province: "99" } }), NOW),
    await createWindow(context(), input({ rrule: "FREQ=MINUTELY" }), NOW),
    await createWindow(context(), input({ rrule: "FREQ=HOURLY", duration_minutes: 61 }), NOW),
    await createWindow(context(), input({ starts_at: "2020-01-01T00:00:00Z" }), NOW),
    await changeWindow(context(), 77, input(), NOW),
  ];
  expect(problems.map((each) => (each.ok ? null : each.problem))).toMatchObject([
    { kind: "no_target", field: "portal" },
    { kind: "no_target", field: "province" },
    { kind: "bad_rule", field: "rrule" },
    { kind: "bad_rule", field: "duration_minutes" },
    { kind: "bad_rule", field: "starts_at" },
    { kind: "no_window" },
  ]);
});
