import { expect, test } from "vitest";
import type { ProbeTarget } from "../../src/domain/portal.ts";
import { phaseOf } from "../../src/domain/schedule.ts";
import { Schedule, type Slot } from "../../src/prober/schedule.ts";

const MINUTE = 60_000;

const target = (portal: number): ProbeTarget => ({
  portal,
  slug: `portal-${portal}`,
  url: "http://127.0.0.1:1/",
  expectation: {},
});

const many = Array.from({ length: 200 }, (_, index) => target(index + 1));

test("slots since the given instant come at once when the wheel begins, the others at their phase", () => {
  const due: Slot[] = [];
  const schedule = new Schedule(MINUTE, (slot) => due.push(slot));
  schedule.change(many, []);
  const from = Date.now() - MINUTE / 2;
  schedule.begin(from);
  schedule.stop();
  const until = Date.now();
  const inSpan = due.every(({ scheduledAt }) => scheduledAt >= from && scheduledAt <= until);
  expect([inSpan, due.length > 100, due.length < 300]).toEqual([true, true, true]);
  expect(
    due.every((one) => phaseOf(one.target.slug, one.family, MINUTE) === one.scheduledAt % MINUTE),
  ).toBe(true);
});

test("a target that joins has no slot before it joined", () => {
  const due: Slot[] = [];
  const schedule = new Schedule(MINUTE, (slot) => due.push(slot));
  schedule.begin(Date.now() - MINUTE / 2);
  const joinedAt = Date.now();
  schedule.change(many, []);
  schedule.stop();
  expect(due.filter((one) => one.scheduledAt < joinedAt)).toEqual([]);
});

test("what was due before a target goes is handed over, and nothing after", () => {
  const due: Slot[] = [];
  const schedule = new Schedule(MINUTE, (slot) => due.push(slot));
  schedule.change(many, []);
  schedule.begin(Date.now() - MINUTE);
  schedule.change(
    [],
    many.map((one) => one.portal),
  );
  const before = due.length;
  schedule.stop();
  expect(before).toBeGreaterThanOrEqual(2 * many.length);
  expect([due.length, schedule.size]).toEqual([before, 0]);
});

test("after a stop nothing begins", () => {
  const due: Slot[] = [];
  const schedule = new Schedule(MINUTE, (slot) => due.push(slot));
  schedule.change(many, []);
  schedule.stop();
  schedule.begin(Date.now() - MINUTE);
  expect(due).toEqual([]);
});
