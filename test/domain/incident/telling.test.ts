import fc from "fast-check";
import { expect, test } from "vitest";
import { SEVERITIES } from "../../../src/domain/incident/kinds.ts";
import { DEFAULT_POLICY } from "../../../src/domain/incident/policy.ts";
import { mayEscalate, tellingOf, type TellingView } from "../../../src/domain/incident/telling.ts";

const MINUTE = 60_000;
const NEW: TellingView = {
  severity: "major",
  scope: "whole",
  step: 0,
  flapping: false,
  openedAt: 0,
  confirmedAt: 40_000,
  resolvedAt: null,
  toldAt: null,
  toldResolvedAt: null,
  told: null,
  acknowledged: false,
  failedAt: 40_000,
  hasParent: false,
  muted: false,
  doubt: null,
  mayBeGrouped: false,
  otherFamilyUnseen: false,
};
const TOLD: TellingView = {
  ...NEW,
  toldAt: 41_000,
  told: { severity: "major", scope: "whole", step: 0, flapping: false, changes: 0 },
};
const at = (view: Partial<TellingView>, now = 41_000) =>
  tellingOf({ ...NEW, ...view }, now, DEFAULT_POLICY);
const after = (view: Partial<TellingView>) =>
  tellingOf({ ...TOLD, ...view }, 10 * MINUTE, DEFAULT_POLICY);

test("what is confirmed is told at once unless something speaks against it", () => {
  expect(at({})).toEqual({ event: "opened", held: null });
  expect(at({ hasParent: true, muted: true }).held).toBe("child");
  expect(at({ muted: true, doubt: "mass" }).held).toBe("maintenance");
  expect(at({ doubt: "vantage", otherFamilyUnseen: true }).held).toBe("vantage");
  expect(at({ otherFamilyUnseen: true, mayBeGrouped: true }).held).toBe("other_family");
  expect(at({ mayBeGrouped: true }).held).toBe("group");
  expect(at({ failedAt: null }).held).toBe("late");
  expect(at({}, 40_000 + 15 * MINUTE + 1).held).toBe("late");
});

test("waiting for company ends after a minute, and before two minutes are over", () => {
  expect(at({ mayBeGrouped: true }, 99_999).held).toBe("group");
  expect(at({ mayBeGrouped: true }, 100_000).event).toBe("opened");
  expect(at({ confirmedAt: 90_000, mayBeGrouped: true }, 109_999).held).toBe("group");
  expect(at({ confirmedAt: 90_000, mayBeGrouped: true }, 110_000).event).toBe("opened");
  expect(at({ otherFamilyUnseen: true }, 110_000).event).toBe("opened");
});

test("only what got worse is told again", () => {
  expect(after({})).toEqual({ event: null, held: null });
  expect(after({ severity: "critical" }).event).toBe("changed");
  expect(after({ severity: "minor" }).event).toBe(null);
  expect(after({ scope: "partial" }).event).toBe(null);
  expect(after({ told: { ...TOLD.told!, scope: "partial" } }).event).toBe("changed");
  expect(after({ step: 1 }).event).toBe("changed");
  expect(after({ step: 1, acknowledged: true }).event).toBe(null);
  expect(after({ severity: "critical", acknowledged: true }).event).toBe("changed");
});

test("flapping is told once when it begins, then nothing until it is stable", () => {
  const flapping = { ...TOLD.told!, flapping: true };
  expect(after({ flapping: true }).event).toBe("flapping");
  expect(after({ flapping: true, told: flapping, severity: "critical" })).toEqual({
    event: null,
    held: null,
  });
  expect(at({ flapping: true, told: flapping }).held).toBe("flapping");
  expect(at({ flapping: true, told: TOLD.told }).event).toBe("flapping");
  expect(at({ flapping: false, told: flapping }).event).toBe("opened");
});

test("an end is told exactly where the beginning was, whatever else holds", () => {
  expect(at({ resolvedAt: 90_000 })).toEqual({ event: null, held: null });
  expect(after({ resolvedAt: 90_000, muted: true }).event).toBe("resolved");
  expect(after({ resolvedAt: 90_000, toldResolvedAt: 91_000 }).event).toBe(null);
});

const anyView = fc.record({
  severity: fc.constantFrom(...SEVERITIES),
  scope: fc.constantFrom("whole", "partial"),
  step: fc.nat(5),
  flapping: fc.boolean(),
  openedAt: fc.nat(1_000_000),
  confirmedAt: fc.nat(1_000_000),
  resolvedAt: fc.option(fc.nat(2_000_000)),
  toldAt: fc.option(fc.nat(2_000_000)),
  toldResolvedAt: fc.option(fc.nat(2_000_000)),
  told: fc.option(
    fc.record({
      severity: fc.constantFrom(...SEVERITIES),
      scope: fc.constantFrom("whole", "partial"),
      step: fc.nat(5),
      flapping: fc.boolean(),
      changes: fc.nat(5),
    }),
  ),
  acknowledged: fc.boolean(),
  failedAt: fc.oneof(fc.nat(2_000_000), fc.constant(null), fc.constant("not_probed")),
  hasParent: fc.boolean(),
  muted: fc.boolean(),
  doubt: fc.constantFrom("mass", "vantage", null),
  mayBeGrouped: fc.boolean(),
  otherFamilyUnseen: fc.boolean(),
}) as fc.Arbitrary<TellingView>;

test("nothing is said and held at once, nothing of children, of maintenance or under doubt but an end", () => {
  fc.assert(
    fc.property(anyView, fc.nat(3_000_000), (view, now) => {
      const { event, held } = tellingOf(view, now, DEFAULT_POLICY);
      const isSilent = view.hasParent || view.muted || view.doubt !== null;
      const isFine = event === null || event === "resolved" || !isSilent;
      expect([event === null || held === null, isFine]).toEqual([true, true]);
      expect(mayEscalate(view) && (isSilent || view.acknowledged)).toBe(false);
      // Told as it stands now, there is nothing more to say of it.
      const { severity, scope, step, flapping } = view;
      const told = { severity, scope, step, flapping, changes: 0 };
      const next = { ...view, toldAt: now, toldResolvedAt: view.resolvedAt, told };
      expect(tellingOf(next, now, DEFAULT_POLICY)).toEqual({ event: null, held: null });
    }),
  );
});
