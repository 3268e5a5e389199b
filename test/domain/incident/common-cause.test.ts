import fc from "fast-check";
import { expect, test } from "vitest";
import {
  findCauses,
  isCauseBack,
  isCauseOver,
  type Orphan,
} from "../../../src/domain/incident/common-cause.ts";
import { DEFAULT_POLICY } from "../../../src/domain/incident/policy.ts";

const POLICY = DEFAULT_POLICY.group;
const NOTHING = { address: [], prefix: [], "name-servers": [], agency: [] };
const many = () => Number.POSITIVE_INFINITY;

function orphan(id: number, shares: Partial<Orphan["shares"]>, openedAt = 0): Orphan {
  return { id, openedAt, shares: { ...NOTHING, ...shares } };
}
const orphans = (count: number, shares: Partial<Orphan["shares"]>, apart = 0) =>
  Array.from({ length: count }, (_, index) => orphan(index + 1, shares, index * apart));
const found = (given: readonly Orphan[], total = many) =>
  findCauses(given, [], total, POLICY).found.map(({ type, value, children }) => [
    type,
    value,
    children.length,
  ]);

test("the most specific thing that enough of them share is the cause", () => {
  const shares = { address: ["a"], prefix: ["p"], agency: ["x"] };
  expect(found(orphans(5, shares))).toEqual([["address", "a", 5]]);
  const spread = orphans(5, { prefix: ["p"], agency: ["x"] }).map((each) => ({
    ...each,
    shares: { ...each.shares, address: [`a${each.id}`] },
  }));
  expect(found(spread)).toEqual([["prefix", "p", 5]]);
});

test("three are enough where they are half of all that share it", () => {
  expect(found(orphans(3, { agency: ["x"] }), () => 6)).toEqual([["agency", "x", 3]]);
  expect(found(orphans(3, { agency: ["x"] }), () => 7)).toEqual([]);
  expect(found(orphans(2, { agency: ["x"] }), () => 2)).toEqual([]);
});

test("what failed minutes apart has no common cause", () => {
  expect(found(orphans(5, { agency: ["x"] }, 80_000))).toEqual([]);
  expect(found(orphans(5, { agency: ["x"] }, 75_000))).toEqual([["agency", "x", 5]]);
});

test("later ones join: those at the address at any time, those of the agency only soon after", () => {
  const late = orphan(9, { address: ["a"], agency: ["x"] }, 3_600_000);
  const parent = { id: 1, value: "a", type: "address", lastOpenedAt: 0 } as const;
  expect(findCauses([late], [parent], many, POLICY).joins).toEqual([{ child: late, parent: 1 }]);
  const loose = { ...parent, type: "agency", value: "x" } as const;
  expect(findCauses([late], [loose], many, POLICY).joins).toEqual([]);
});

const anyOrphans = fc.array(
  fc.record({
    address: fc.subarray(["a", "b", "c"]),
    prefix: fc.subarray(["p", "q"]),
    agency: fc.constantFrom(["x"], ["y"]),
    openedAt: fc.integer({ min: 0, max: 900_000 }),
  }),
  { maxLength: 40 },
);

test("no incident gets two parents, every group is large enough, and order does not matter", () => {
  fc.assert(
    fc.property(anyOrphans, fc.integer(), (given, seed) => {
      const all = given.map(({ openedAt, ...shares }, index) =>
        orphan(index + 1, shares, openedAt),
      );
      const grouping = findCauses(all, [], () => 10, POLICY);
      const ids = grouping.found.flatMap(({ children }) => children.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      for (const { type, value, children } of grouping.found) {
        expect(children.length).toBeGreaterThanOrEqual(POLICY.minChildren);
        expect(children.every(({ shares }) => shares[type].includes(value))).toBe(true);
        const times = children.map(({ openedAt }) => openedAt);
        expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(POLICY.withinMs);
      }
      const turned = all.toSorted((one, other) => ((one.id * seed) % 7) - ((other.id * seed) % 7));
      expect(findCauses(turned, [], () => 10, POLICY)).toEqual(grouping);
    }),
  );
});

test("a cause that is over is not back at once: what begins it again is stricter", () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(50), (open, resolved) => {
      const children = { open, resolved };
      expect(isCauseOver(children) && isCauseBack(children, POLICY)).toBe(false);
    }),
  );
});
