import fc from "fast-check";
import { expect, test } from "vitest";
import { zoneClock } from "../../src/domain/zone-clock.ts";
import { checkRecurrence, expand, type Recurrence } from "../../src/store/maintenance-rule.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"] as const;
const ZONES = ["Asia/Ho_Chi_Minh", "UTC", "Europe/Berlin", "America/St_Johns"];
/** Monday 2026-01-05 22:00 in Vietnam. */
const MONDAY = Date.parse("2026-01-05T22:00:00+07:00");

function recurrence(rrule: string | null, change: Partial<Recurrence> = {}): Recurrence {
  return { startsAt: MONDAY, durationMs: HOUR, rrule, timezone: "Asia/Ho_Chi_Minh", ...change };
}

const starts = (given: Recurrence, from: number, to: number) =>
  expand(given, from, to).occurrences.map(({ startsAt }) => startsAt);
const iso = (instants: readonly number[]) => instants.map((at) => new Date(at).toISOString());

test("a window without a rule is once", () => {
  const once = recurrence(null);
  expect(starts(once, MONDAY - DAY, MONDAY + 400 * DAY)).toEqual([MONDAY]);
  expect(expand(once, MONDAY + 1, MONDAY + DAY)).toEqual({ occurrences: [], until: Infinity });
});

test("a rule is kept by the clocks of its zone, also where they are put forward and back", () => {
  const berlin = recurrence("FREQ=WEEKLY", {
    startsAt: Date.parse("2026-03-22T02:30:00+01:00"),
    timezone: "Europe/Berlin",
  });
  expect(iso(starts(berlin, berlin.startsAt, berlin.startsAt + 15 * DAY))).toEqual([
    "2026-03-22T01:30:00.000Z",
    "2026-03-29T01:30:00.000Z",
    "2026-04-05T00:30:00.000Z",
  ]);
});

test("a monthly rule keeps to the months that have its day", () => {
  const last = recurrence("FREQ=MONTHLY;BYMONTHDAY=31");
  expect(iso(starts(last, MONDAY, MONDAY + 150 * DAY))).toEqual([
    "2026-01-31T15:00:00.000Z",
    "2026-03-31T15:00:00.000Z",
    "2026-05-31T15:00:00.000Z",
  ]);
  const sunday = recurrence("FREQ=MONTHLY;BYDAY=1SU;COUNT=2");
  expect(iso(starts(sunday, MONDAY, MONDAY + 500 * DAY))).toEqual([
    "2026-02-01T15:00:00.000Z",
    "2026-03-01T15:00:00.000Z",
  ]);
});

test("count and until end a rule; until counts as local time unless it says UTC", () => {
  const ends = (rule: string) => starts(recurrence(rule), MONDAY, MONDAY + 90 * DAY).length;
  expect(ends("FREQ=DAILY;COUNT=3")).toBe(3);
  expect(ends("FREQ=DAILY;UNTIL=20260107")).toBe(3);
  expect(ends("FREQ=DAILY;UNTIL=20260107T215959")).toBe(2);
  expect(ends("FREQ=DAILY;UNTIL=20260107T150000Z")).toBe(3);
  expect(ends("FREQ=DAILY;UNTIL=20260107T145959Z")).toBe(2);
});

test.each([
  ["FREQ=MINUTELY", "rrule"],
  ["FREQ=SECONDLY", "rrule"],
  ["FREQ=DAILY;BYMINUTE=1,2", "rrule"],
  ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "rrule"],
  ["FREQ=DAILY;INTERVAL=0", "rrule"],
  ["FREQ=DAILY;COUNT=0", "rrule"],
  ["FREQ=DAILY;COUNT=2;UNTIL=20270101", "rrule"],
  ["FREQ=DAILY;UNTIL=20261399", "rrule"],
  ["FREQ=WEEKLY;BYDAY=XX", "rrule"],
  ["FREQ=WEEKLY;FREQ=DAILY", "rrule"],
  ["FREQ=WEEKLY;UNTIL=20200101", "rrule"],
  ["DTSTART=20260101;FREQ=DAILY", "rrule"],
  ["every Monday", "rrule"],
  ["FREQ=HOURLY", "duration_minutes"],
])("the rule %s is refused by its %s", (rrule, field) => {
  const given = recurrence(rrule, { durationMs: 61 * MINUTE });
  expect(checkRecurrence(given)).toMatchObject({ ok: false, problem: { field } });
});

test("a zone that does not exist is refused", () => {
  const given = recurrence(null, { timezone: "Asia/Nowhere" });
  expect(checkRecurrence(given)).toMatchObject({ problem: { field: "timezone" } });
});

test("an expansion is bounded and says up to where it went, so that the next one goes on there", () => {
  const hourly = recurrence("FREQ=HOURLY", { durationMs: MINUTE });
  const first = expand(hourly, MONDAY, MONDAY + 60 * DAY);
  expect(first.occurrences).toHaveLength(1000);
  expect(first.until).toBe(MONDAY + 1000 * HOUR);
  const next = expand(hourly, first.until, MONDAY + 60 * DAY);
  expect(next.occurrences[0]?.startsAt).toBe(first.until);
  expect(next.until).toBe(MONDAY + 60 * DAY);
});

const start = fc.integer({ min: 0, max: 400 * 24 * 60 }).map((minute) => MONDAY + minute * MINUTE);
const byDay = fc.option(fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1 }), { nil: null });
const weekly = fc.record({
  startsAt: start,
  timezone: fc.constantFrom(...ZONES),
  interval: fc.integer({ min: 1, max: 5 }),
  byDay,
  lookMs: fc.integer({ min: 0, max: 100 * DAY }),
});

test("a weekly rule yields what going through the calendar day by day yields", () => {
  fc.assert(
    fc.property(weekly, ({ startsAt, timezone, interval, byDay: days, lookMs }) => {
      const rule = `FREQ=WEEKLY;INTERVAL=${interval}${days ? `;BYDAY=${days.join()}` : ""}`;
      const given = recurrence(rule, { startsAt, timezone, durationMs: MINUTE });
      const [from, to] = [startsAt + lookMs, startsAt + lookMs + 40 * DAY];
      const wanted = dayByDay(given, interval, days, to).filter((at) => at >= from);
      expect(iso(starts(given, from, to))).toEqual(iso(wanted));
    }),
    { numRuns: 25 },
  );
});

/** Local weeks begin on Monday; a week counts if it is a multiple of the interval after the first one. */
function dayByDay(given: Recurrence, interval: number, days: readonly string[] | null, to: number) {
  const clock = zoneClock(given.timezone);
  const first = clock.wallOf(given.startsAt);
  const wanted = days ?? [DAYS[new Date(first).getUTCDay()] ?? ""];
  const weekOf = (wall: number) => Math.floor((Math.floor(wall / DAY) + 3) / 7);
  const found: number[] = [];
  for (let wall = first; clock.instantOf(wall) < to; wall += DAY) {
    const isDay = wanted.includes(DAYS[new Date(wall).getUTCDay()] ?? "");
    const isWeek = (weekOf(wall) - weekOf(first)) % interval === 0;
    if (isDay && isWeek) found.push(clock.instantOf(wall));
  }
  return found;
}

const anyRule = fc.oneof(
  fc.constantFrom("FREQ=HOURLY;INTERVAL=5", "FREQ=DAILY", "FREQ=YEARLY", "FREQ=MONTHLY"),
  fc
    .integer({ min: -31, max: 31 })
    .filter(Boolean)
    .map((day) => `FREQ=MONTHLY;BYMONTHDAY=${day}`),
  fc
    .tuple(fc.integer({ min: -4, max: 4 }).filter(Boolean), fc.constantFrom(...DAYS))
    .map(([place, day]) => `FREQ=MONTHLY;BYDAY=${place}${day}`),
  fc
    .uniqueArray(fc.constantFrom(...DAYS), { minLength: 1 })
    .map((days) => `FREQ=DAILY;BYDAY=${days.join()}`),
);

test("occurrences of whatever rule is allowed are in order, never overlap and can be taken up anywhere", () => {
  fc.assert(
    fc.property(
      start,
      fc.constantFrom(...ZONES),
      anyRule,
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 0, max: 700 * DAY }),
      (startsAt, timezone, rule, minutes, split) => {
        const given = recurrence(rule, { startsAt, timezone, durationMs: minutes * MINUTE });
        if (!checkRecurrence(given).ok) return;
        const to = startsAt + 190 * DAY;
        const middle = Math.min(startsAt + split, to);
        const { occurrences } = expand(given, startsAt, to);
        for (const [index, { startsAt: begin, endsAt }] of occurrences.entries()) {
          expect(endsAt).toBeGreaterThan(begin);
          expect(occurrences[index + 1]?.startsAt ?? Infinity).toBeGreaterThanOrEqual(endsAt);
        }
        if (occurrences.length === 1000) return;
        expect([...starts(given, startsAt, middle), ...starts(given, middle, to)]).toEqual(
          occurrences.map(({ startsAt: begin }) => begin),
        );
      },
    ),
    { numRuns: 25 },
  );
});
