import fc from "fast-check";
import { expect, test } from "vitest";
import { dueDigest } from "../../src/domain/digest-month.ts";

const ZONE = "Asia/Ho_Chi_Minh";
const due = (instant: string, zone = ZONE) => dueDigest(Date.parse(instant), zone);

test.each([
  ["2026-11-02T00:59:59Z", null],
  ["2026-11-02T01:00:00Z", "2026-10-01"],
  ["2026-11-09T16:59:59Z", "2026-10-01"],
  ["2026-11-09T17:00:00Z", null],
  ["2026-12-31T20:00:00Z", null],
  ["2027-01-02T01:00:00Z", "2026-12-01"],
])("at %s the digest of %s goes out", (instant, month) => {
  expect(due(instant)).toBe(month);
});

test("the clock of the reporting time zone decides", () => {
  expect(due("2026-11-02T07:59:00Z", "UTC")).toBeNull();
  expect(due("2026-11-02T08:00:00Z", "UTC")).toBe("2026-10-01");
});

test("whatever is due is the month before", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
      (at) => {
        const month = dueDigest(at.getTime(), "UTC");
        if (month === null) return;
        const before = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 1, 1));
        expect(month).toBe(before.toISOString().slice(0, 10));
      },
    ),
  );
});
