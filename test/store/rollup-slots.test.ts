import fc from "fast-check";
import { expect, test } from "vitest";
import { phaseOf, slotsBetween } from "../../src/domain/schedule.ts";
import { countSlots, slotsIn } from "../../src/store/rollup-slots.ts";

const time = fc.integer({ min: 1_790_000_000_000, max: 1_790_010_000_000 });
const interval = fc.integer({ min: 1000, max: 600_000 });

test("as many slots are counted as the prober has in a span", () => {
  fc.assert(
    fc.property(fc.string(), interval, time, time, (slug, intervalMs, from, to) => {
      const phase = phaseOf(slug, "ip6", intervalMs);
      const due = slotsBetween(phase, intervalMs, from, to);
      expect(countSlots(phase, intervalMs, { from, to })).toBe(due.length);
    }),
  );
});

test("the slots of a span are those of its parts", () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 999 }),
      interval,
      fc.tuple(time, time, time),
      (phase, intervalMs, times) => {
        const [from = 0, middle = 0, to = 0] = times.toSorted((a, b) => a - b);
        const whole = countSlots(phase, intervalMs, { from, to });
        const parts =
          countSlots(phase, intervalMs, { from, to: middle }) +
          countSlots(phase, intervalMs, { from: middle, to });
        expect(parts).toBe(whole);
      },
    ),
  );
});

test("only portals and vantage points that live in the span have slots, for both families", () => {
  const life = { from: 0, to: Infinity };
  const span = { from: 3_600_000, to: 7_200_000 };
  const portals = [
    { id: 1, slug: "a", ...life },
    { id: 2, slug: "b", from: 0, to: 3_600_000 },
    { id: 3, slug: "c", from: 5_400_000, to: Infinity },
  ];
  const vantages = [
    { id: 7, ...life },
    { id: 8, from: 0, to: 1 },
  ];
  expect(slotsIn(span, { portals, vantages }, 60_000)).toEqual([
    { portal: 1, family: "ip4", vantage: 7, slots: 60 },
    { portal: 1, family: "ip6", vantage: 7, slots: 60 },
    { portal: 3, family: "ip4", vantage: 7, slots: 30 },
    { portal: 3, family: "ip6", vantage: 7, slots: 30 },
  ]);
});
