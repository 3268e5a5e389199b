import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mendFirst } from "../../src/domain/mend-first.ts";

const portalsArbitrary = fc.array(fc.array(fc.nat({ max: 7 }), { maxLength: 4 }), {
  maxLength: 24,
});

/** The definition, word by word: which portals have all their causes mended. */
function liftedBy(portals: readonly (readonly number[])[], mended: ReadonlySet<number>): number[] {
  return portals.flatMap((causes, portal) =>
    causes.length > 0 && causes.every((cause) => mended.has(cause)) ? [portal] : [],
  );
}

describe("what to mend first", () => {
  test("is what lifts the most portals per mended cause", () => {
    const portals = [[1, 2], [1, 2], [1, 2], [1, 2, 3], [4], [5, 6, 7]];
    expect(mendFirst(portals, 10)).toEqual([
      { causes: [1, 2], lifts: [0, 1, 2] },
      { causes: [3], lifts: [3] },
      { causes: [4], lifts: [4] },
      { causes: [5, 6, 7], lifts: [5] },
    ]);
    expect(mendFirst(portals, 1)).toHaveLength(1);
    expect(mendFirst(portals, 0)).toEqual([]);
  });

  test("prefers the set that lifts more where two are as good per cause", () => {
    expect(mendFirst([[1], [2, 3], [2, 3]], 1)).toEqual([{ causes: [2, 3], lifts: [1, 2] }]);
  });

  test("says nothing of portals for which no cause is known", () => {
    expect(mendFirst([[], [], [3, 3]], 5)).toEqual([{ causes: [3], lifts: [2] }]);
    expect(mendFirst([], 5)).toEqual([]);
  });

  test("never claims a lift that the definition does not give, and never leaves one out", () => {
    fc.assert(
      fc.property(portalsArbitrary, (portals) => {
        const mended = new Set<number>();
        const claimed = new Set<number>();
        for (const { causes, lifts } of mendFirst(portals, 5)) {
          for (const cause of causes) mended.add(cause);
          for (const portal of lifts) {
            expect(claimed.has(portal)).toBe(false);
            claimed.add(portal);
          }
          expect([...claimed].toSorted((a, b) => a - b)).toEqual(liftedBy(portals, mended));
        }
      }),
    );
  });

  test("takes at each step the best of the candidates", () => {
    fc.assert(
      fc.property(portalsArbitrary, (portals) => {
        const mended = new Set<number>();
        for (const { causes, lifts } of mendFirst(portals, 30)) {
          const before = liftedBy(portals, mended).length;
          for (const candidate of portals) {
            const wanted = new Set(candidate.filter((cause) => !mended.has(cause)));
            if (wanted.size === 0) continue;
            const gain = liftedBy(portals, new Set([...mended, ...wanted])).length - before;
            expect(gain / wanted.size).toBeLessThanOrEqual(lifts.length / causes.length);
          }
          expect(causes.some((cause) => mended.has(cause))).toBe(false);
          for (const cause of causes) mended.add(cause);
        }
        expect(liftedBy(portals, mended)).toHaveLength(
          portals.filter((each) => each.length).length,
        );
      }),
    );
  });

  test("does not depend on the order of portals and causes", () => {
    const shuffled = portalsArbitrary.chain((portals) =>
      fc.tuple(
        fc.constant(portals),
        fc.shuffledSubarray(
          portals.map((_, at) => at),
          { minLength: portals.length, maxLength: portals.length },
        ),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([portals, order]) => {
        const other = order.map((at) => (portals[at] ?? []).toReversed());
        const back = mendFirst(other, 30).map(({ causes, lifts }) => ({
          causes,
          lifts: lifts.map((at) => order[at] ?? -1).toSorted((a, b) => a - b),
        }));
        expect(back).toEqual(mendFirst(portals, 30));
      }),
    );
  });
});
