import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ProbeTarget } from "../../src/domain/portal.ts";
import { auditPhaseOf, phaseOf } from "../../src/domain/schedule.ts";
import { AuditSchedule, type AuditSlot } from "../../src/prober/audit-schedule.ts";

const INTERVAL_MS = 6 * 3_600_000;
const FIRST_ROUND_MS = 900_000;
const START = Date.parse("2026-11-22T00:00:00Z");

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

const target = (portal: number, change: Partial<ProbeTarget> = {}): ProbeTarget => ({
  portal,
  slug: `portal-${portal}`,
  url: `https://portal-${portal}.gov.vn/`,
  expectation: {},
  ...change,
});

const targets = (count: number) => Array.from({ length: count }, (_, index) => target(index + 1));

/** A schedule that has begun; `begin` says of each slot whether its audit begins. */
function start(
  all: readonly ProbeTarget[],
  given: { lastAudits?: ReadonlyMap<number, number>; begins?: (slot: AuditSlot) => boolean } = {},
) {
  const due: AuditSlot[] = [];
  const rhythm = { intervalMs: INTERVAL_MS, firstRoundMs: FIRST_ROUND_MS };
  const schedule = new AuditSchedule(rhythm, given.lastAudits ?? new Map(), (slot) => {
    due.push(slot);
    if (given.begins?.(slot) ?? true) schedule.began(slot.target.portal, Date.now());
    else schedule.missed(slot.target.portal);
  });
  schedule.change(all, [], Date.now());
  schedule.begin(Date.now(), Date.now());
  /** What was due while so much time passed. */
  const pass = (ms: number): AuditSlot[] => {
    due.length = 0;
    vi.advanceTimersByTime(ms);
    return [...due];
  };
  return { schedule, pass };
}

const portalsOf = (slots: readonly AuditSlot[]) => slots.map(({ target: { portal } }) => portal);

test("portals that were never audited all have their first audit within the first round", () => {
  const { pass } = start(targets(317));
  const first = portalsOf(pass(FIRST_ROUND_MS + 1000));
  expect(new Set(first).size).toBe(317);
  expect(first).toHaveLength(317);
});

test("the first round is spread: no minute has more than twice its share", () => {
  const { pass } = start(targets(900));
  const share = (900 * 60_000) / FIRST_ROUND_MS;
  for (let minute = 0; minute < FIRST_ROUND_MS / 60_000; minute += 1) {
    expect(pass(60_000).length).toBeLessThan(2 * share);
  }
});

test("portals that were audited lately wait for their slot, one per interval at their phase", () => {
  const all = targets(50);
  const lastAudits = new Map(all.map(({ portal }) => [portal, START - INTERVAL_MS / 2]));
  const { pass } = start(all, { lastAudits });
  const slots = pass(2 * INTERVAL_MS);
  expect(slots).toHaveLength(100);
  for (const { target: own, scheduledAt } of slots) {
    expect(scheduledAt % INTERVAL_MS).toBe(auditPhaseOf(own.slug, INTERVAL_MS));
  }
});

test("a portal whose last audit is older than an interval does not wait for its slot", () => {
  const all = targets(20);
  const lastAudits = new Map(
    all.map(({ portal }) => [portal, START - (portal <= 5 ? INTERVAL_MS : INTERVAL_MS / 2)]),
  );
  const { pass } = start(all, { lastAudits });
  const early = new Set(portalsOf(pass(FIRST_ROUND_MS + 1000)));
  expect([1, 2, 3, 4, 5].every((portal) => early.has(portal))).toBe(true);
});

test("a slot that comes to nothing comes again each round until an audit begins, and then no more", () => {
  let begins = false;
  const { pass } = start(targets(10), { begins: () => begins });
  const round = new Set(portalsOf(pass(FIRST_ROUND_MS)));
  const again = new Set(portalsOf(pass(FIRST_ROUND_MS)));
  expect([round.size, again.size]).toEqual([10, 10]);
  begins = true;
  expect(new Set(portalsOf(pass(FIRST_ROUND_MS))).size).toBe(10);
  const regular = pass(FIRST_ROUND_MS);
  for (const { target: own, scheduledAt } of regular) {
    expect(scheduledAt % INTERVAL_MS).toBe(auditPhaseOf(own.slug, INTERVAL_MS));
  }
});

test("a portal that joins, or whose URL changes, is audited soon", () => {
  const all = targets(3);
  const lastAudits = new Map(all.map(({ portal }) => [portal, START - INTERVAL_MS / 2]));
  const { schedule, pass } = start(all, { lastAudits });
  pass(1000);
  const [, second] = all;
  if (!second) throw new Error("No target");
  schedule.change([target(9), { ...second, url: "https://new.gov.vn/" }], [], Date.now());
  const soon = pass(FIRST_ROUND_MS + 1000);
  expect(portalsOf(soon)).toEqual(expect.arrayContaining([2, 9]));
  expect(soon.find((slot) => slot.target.portal === 2)?.target.url).toBe("https://new.gov.vn/");
});

test("a portal that changes in nothing that matters keeps its slots", () => {
  const all = targets(3);
  const lastAudits = new Map(all.map(({ portal }) => [portal, START - INTERVAL_MS / 2]));
  const { schedule, pass } = start(all, { lastAudits });
  schedule.change(
    all.map((one) => ({ ...one, expectation: { status: [200] } })),
    [],
    Date.now(),
  );
  const slots = pass(INTERVAL_MS);
  expect(slots).toHaveLength(3);
  expect(slots[0]?.target.expectation).toEqual({ status: [200] });
});

test("a portal that is gone is never due, and nothing is after a stop or before the beginning", () => {
  const { schedule, pass } = start(targets(5));
  schedule.change([], [2], Date.now());
  expect(portalsOf(pass(FIRST_ROUND_MS))).not.toContain(2);
  schedule.stop();
  expect(pass(INTERVAL_MS)).toEqual([]);
  const never: AuditSlot[] = [];
  const rhythm = { intervalMs: INTERVAL_MS, firstRoundMs: FIRST_ROUND_MS };
  const waiting = new AuditSchedule(rhythm, new Map(), (slot) => never.push(slot));
  waiting.change(targets(5), [], Date.now());
  vi.advanceTimersByTime(INTERVAL_MS);
  expect(never).toEqual([]);
});

test("audits of many portals are spread evenly over any interval, and apart from their probes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 60_000, max: INTERVAL_MS }), fc.string(), (interval, salt) => {
      const slugs = Array.from({ length: 2000 }, (_, index) => `${salt}-${index}`);
      const tenths = Array.from({ length: 10 }, () => 0);
      for (const slug of slugs) {
        const tenth = Math.floor((auditPhaseOf(slug, interval) * 10) / interval);
        tenths[tenth] = (tenths[tenth] ?? 0) + 1;
      }
      // Six standard deviations of a binomial of 2,000 and a tenth.
      expect(Math.max(...tenths.map((count) => Math.abs(count - 200)))).toBeLessThan(81);
      const same = slugs.filter(
        (slug) => auditPhaseOf(slug, interval) === phaseOf(slug, "ip4", interval),
      );
      expect(same.length).toBeLessThan(20);
    }),
  );
});
