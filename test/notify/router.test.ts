import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { INCIDENT_KINDS, SEVERITIES } from "../../src/domain/incident/kinds.ts";
import type { RoutingFacts } from "../../src/domain/incident/notice.ts";
import { isWithin, WEEKDAYS } from "../../src/notify/hours.ts";
import { createRouter } from "../../src/notify/router.ts";

const facts = (change: Partial<RoutingFacts> = {}): RoutingFacts => ({
  kind: "down",
  severity: "major",
  agencies: ["province-01"],
  provinces: ["01"],
  ...change,
});
/** A Wednesday, 14:05 in Ha Noi. */
const NOW = Date.parse("2026-11-25T07:05:00Z");

describe("a router", () => {
  const router = createRouter([
    { channels: ["all", "log"] },
    { match: { kinds: ["certificate"] }, channels: ["mail"] },
    { match: { min_severity: "major", provinces: ["01", "79"] }, channels: ["duty", "all"] },
    {
      match: { agencies: ["ministry-1"] },
      channels: ["ministry"],
      escalate: [
        { after_minutes: 30, channels: ["sms", "boss"] },
        { after_minutes: 10, channels: ["duty"] },
      ],
    },
    {
      match: { min_severity: "critical" },
      channels: ["duty"],
      escalate: [{ after_minutes: 30, channels: ["sms", "minister"] }],
    },
  ]);

  test("lets all routes speak that match, each channel once, in the order of the file", () => {
    expect(router.tells(facts(), NOW)).toEqual(["all", "log", "duty"]);
    expect(router.tells(facts({ kind: "certificate", severity: "minor" }), NOW)).toEqual([
      "all",
      "log",
      "mail",
    ]);
    expect(router.tells(facts({ provinces: [], agencies: ["x", "ministry-1"] }), NOW)).toEqual([
      "all",
      "log",
      "ministry",
    ]);
  });

  test("puts the steps of all of them together, by their time", () => {
    const both = facts({ severity: "critical", agencies: ["ministry-1"], provinces: [] });
    expect(router.escalations(both, NOW)).toEqual([
      { afterMinutes: 10, channels: ["duty"] },
      { afterMinutes: 30, channels: ["sms", "boss", "minister"] },
    ]);
    expect(router.escalations(facts(), NOW)).toEqual([]);
  });

  test("tells no less of what is more urgent", () => {
    fc.assert(
      fc.property(fc.constantFrom(...INCIDENT_KINDS), fc.nat(3), fc.nat(3), (kind, one, other) => {
        const [worse, better] = [Math.min(one, other), Math.max(one, other)];
        const told = (at: number) =>
          router.tells(facts({ kind, severity: SEVERITIES[at] ?? "info" }), NOW);
        expect(told(worse)).toEqual(expect.arrayContaining([...told(better)]));
      }),
    );
  });
});

describe("hours", () => {
  const office = {
    from: "08:00",
    to: "17:00",
    days: WEEKDAYS.slice(0, 5),
    timezone: "Asia/Ho_Chi_Minh",
  };
  const night = { ...office, from: "22:00", to: "06:00", days: ["fri"] as const };

  test.each([
    ["2026-11-25T01:00:00Z", true],
    ["2026-11-25T00:59:59Z", false],
    ["2026-11-25T09:59:59Z", true],
    ["2026-11-25T10:00:00Z", false],
    ["2026-11-28T03:00:00Z", false],
    // Still Sunday in UTC, Monday morning in Ha Noi.
    ["2026-11-30T01:30:00Z", true],
  ])("of an office are by its clocks: %s", (at, within) => {
    expect(isWithin(office, Date.parse(at))).toBe(within);
  });

  test.each([
    ["2026-11-27T14:59:00Z", false],
    ["2026-11-27T15:00:00Z", true],
    ["2026-11-27T22:59:00Z", true],
    ["2026-11-27T23:00:00Z", false],
    ["2026-11-28T15:00:00Z", false],
    ["2026-11-26T22:00:00Z", false],
  ])("over midnight belong to the day that they begin on: %s", (at, within) => {
    expect(isWithin(night, Date.parse(at))).toBe(within);
  });

  test("and those from their end to their begin share out the week without gap or overlap", () => {
    const minutes = fc.integer({ min: 0, max: 1439 });
    const time = (minute: number) =>
      `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    const instant = fc.integer({ min: NOW, max: NOW + 400 * 86_400_000 });
    const zone = fc.constantFrom("Asia/Ho_Chi_Minh", "UTC", "Asia/Kathmandu", "America/St_Johns");
    fc.assert(
      fc.property(minutes, minutes, instant, zone, (one, other, at, timezone) => {
        fc.pre(one !== other);
        const every = { days: WEEKDAYS, timezone };
        const inside = isWithin({ ...every, from: time(one), to: time(other) }, at);
        const outside = isWithin({ ...every, from: time(other), to: time(one) }, at);
        expect(inside).toBe(!outside);
      }),
    );
  });

  test("of single days together are those of all days", () => {
    const instant = fc.integer({ min: NOW, max: NOW + 30 * 86_400_000 });
    fc.assert(
      fc.property(instant, fc.boolean(), (at, overMidnight) => {
        const span = overMidnight ? { from: "21:30", to: "05:15" } : { from: "05:15", to: "21:30" };
        const on = (days: readonly (typeof WEEKDAYS)[number][]) =>
          isWithin({ ...span, days, timezone: "Asia/Ho_Chi_Minh" }, at);
        expect(WEEKDAYS.filter((day) => on([day])).length).toBe(on(WEEKDAYS) ? 1 : 0);
      }),
    );
  });
});
