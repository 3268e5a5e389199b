import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addDays,
  addMonths,
  DAY_MS,
  monthStart,
  startOfDay,
  utcDay,
} from "../../src/domain/calendar.ts";

const instant = fc.integer({
  min: Date.parse("1600-01-01T00:00:00Z"),
  max: Date.parse("9000-12-31T23:59:59Z"),
});
const day = instant.map(utcDay);
const months = fc.integer({ min: -2000, max: 2000 });

test("an instant lies in its UTC day", () => {
  fc.assert(
    fc.property(instant, (at) => {
      const start = startOfDay(utcDay(at));
      expect(start <= at && at < start + DAY_MS).toBe(true);
    }),
  );
});

test("days that are added can be taken away, and later days sort behind earlier ones", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 20_000 }), (from, days) => {
      const later = addDays(from, days);
      expect(addDays(later, -days)).toBe(from);
      expect(later > from).toBe(true);
    }),
  );
});

test("months that are added can be taken away and always begin on the first", () => {
  fc.assert(
    fc.property(day, months, (from, count) => {
      const other = addMonths(from, count);
      expect(other).toMatch(/^\d{4}-\d\d-01$/);
      expect(utcDay(startOfDay(other))).toBe(other);
      expect(addMonths(other, -count)).toBe(monthStart(from));
    }),
  );
});

test("a month ends where the next one begins", () => {
  fc.assert(
    fc.property(day, (from) => {
      const next = addMonths(from, 1);
      expect(addDays(next, -1).slice(0, 7)).toBe(from.slice(0, 7));
    }),
  );
});

test.each([
  ["2024-02-28", 1, "2024-02-29"],
  ["2026-12-31", 1, "2027-01-01"],
  ["2026-03-01", -1, "2026-02-28"],
])("%s and %i days is %s", (from, days, to) => {
  expect(addDays(from, days)).toBe(to);
});
