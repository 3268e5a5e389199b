import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FAMILIES } from "../../src/domain/family.ts";
import { CHECK_IDS, type Finding, VERDICTS } from "../../src/domain/finding.ts";
import { continueSpans } from "../../src/domain/finding-spans.ts";
import {
  EVENT_PORTALS,
  EVENT_REASON,
  eventsAt,
  eventWindowMs,
  excuse,
  isEventOver,
  isVantageEvent,
  type VantageEvent,
} from "../../src/domain/vantage-event.ts";

const HOUR = 3_600_000;
const EVENT: VantageEvent = { check: "W1", family: "ip6", reason: "timeout", from: 10, to: 20 };

const tallies = fc
  .record({ good: fc.nat(1000), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ good, share }) => ({ good, failed: Math.round(good * share) }));

describe("counting", () => {
  test("a window is a sixth of the audit interval, and never less than an hour", () => {
    expect(eventWindowMs(6 * HOUR)).toBe(HOUR);
    expect(eventWindowMs(24 * HOUR)).toBe(4 * HOUR);
    expect(eventWindowMs(HOUR)).toBe(HOUR);
  });

  test("an event takes five portals and half of the good ones", () => {
    expect(isVantageEvent({ good: 10, failed: 5 })).toBe(true);
    expect(isVantageEvent({ good: 11, failed: 5 })).toBe(false);
    expect(isVantageEvent({ good: 4, failed: 4 })).toBe(false);
  });

  test("no count both begins and ends an event, and one more portal that gets through never begins one", () => {
    fc.assert(
      fc.property(tallies, ({ good, failed }) => {
        const tally = { good, failed };
        expect(isVantageEvent(tally) && isEventOver(tally)).toBe(false);
        expect(isVantageEvent(tally) && failed < EVENT_PORTALS).toBe(false);
        expect(!isVantageEvent(tally) && isVantageEvent({ good: good + 1, failed })).toBe(false);
      }),
    );
  });

  test("an event covers its beginning and not its end", () => {
    expect([9, 10, 19, 20].map((at) => eventsAt([EVENT], at).length)).toEqual([0, 1, 1, 0]);
    expect(eventsAt([{ ...EVENT, to: null }], 99)).toHaveLength(1);
  });
});

const findings = fc
  .uniqueArray(
    fc.record({
      check: fc.constantFrom(...CHECK_IDS),
      family: fc.constantFrom(...FAMILIES, null),
      verdict: fc.constantFrom(...VERDICTS),
      reason: fc.constantFrom("timeout", "refused"),
    }),
    { selector: ({ check, family }) => `${check} ${family}`, maxLength: 20 },
  )
  .map((all) => all.map((each): Finding => ({ ...each, evidence: {}, causes: [] })));

/** The open spans after one audit with these findings. */
function spansAfter(all: readonly Finding[]) {
  return continueSpans([], { audit: 1, at: 1, ruleset: "1", findings: all }).open;
}

describe("excusing", () => {
  test("nothing becomes worse, nothing is added or lost, and a good verdict stands", () => {
    fc.assert(
      fc.property(findings, findings, (before, now) => {
        const { findings: believed, excused } = excuse(now, spansAfter(before), [EVENT]);
        expect(believed.map(({ check, family }) => [check, family])).toEqual(
          now.map(({ check, family }) => [check, family]),
        );
        for (const [at, finding] of believed.entries()) {
          if (finding === now[at]) continue;
          expect(excused).toBe(true);
          expect(["warn", "fail"]).toContain(now[at]?.verdict);
          expect(finding).toMatchObject({ verdict: "unknown", reason: EVENT_REASON, causes: [] });
        }
      }),
    );
  });

  test("what the portal was told before stays told", () => {
    fc.assert(
      fc.property(findings, (all) => {
        expect(excuse(all, spansAfter(all), [EVENT])).toEqual({ findings: all, excused: false });
      }),
    );
  });

  test("what only a resolver is needed for is never excused", () => {
    fc.assert(
      fc.property(findings, findings, (before, now) => {
        const { findings: believed } = excuse(now, spansAfter(before), [EVENT]);
        const ofResolver = (all: readonly Finding[]) =>
          all.filter(({ check }) => ["D1", "D2", "D5"].includes(check));
        expect(ofResolver(believed)).toEqual(ofResolver(now));
      }),
    );
  });

  test("a new failure for the event's reason is excused, and with it what is new and needs that family", () => {
    const w1 = {
      check: "W1",
      family: "ip6",
      verdict: "fail",
      reason: "timeout",
      evidence: { a: 1 },
      causes: [{ kind: "address", name: "2001:db8::1" }],
    } as const;
    const w5 = { ...w1, check: "W5" } as const;
    const h1 = { ...w1, check: "H1", family: "ip4", reason: "expired" } as const;
    const w8 = { ...w1, check: "W8", family: null, verdict: "warn", reason: "own_host" } as const;
    const before = [{ ...w1, verdict: "pass" as const, reason: "open" }, w8];
    const { findings: believed } = excuse([w1, w5, h1, w8], spansAfter(before), [EVENT]);
    expect(believed.map(({ reason }) => reason)).toEqual([
      EVENT_REASON,
      EVENT_REASON,
      "expired",
      "own_host",
    ]);
    expect(believed[0]).toEqual({
      check: "W1",
      family: "ip6",
      verdict: "unknown",
      reason: EVENT_REASON,
      evidence: { a: 1, seen_verdict: "fail", seen_reason: "timeout" },
      causes: [],
    });
  });

  test("another reason, another family and a portal that failed before are not excused", () => {
    const w1 = {
      check: "W1",
      family: "ip6",
      verdict: "fail",
      reason: "timeout",
      evidence: {},
      causes: [],
    } as const;
    const others = [
      [{ ...w1, reason: "refused" }, []],
      [{ ...w1, family: "ip4" as const }, []],
      [w1, [{ ...w1, reason: "refused" }]],
    ] as const;
    for (const [finding, before] of others) {
      expect(excuse([finding], spansAfter(before), [EVENT]).excused).toBe(false);
    }
  });
});
