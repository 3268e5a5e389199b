import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addUp } from "../../../src/reports/coverage/add-up.ts";
import type { Piece } from "../../../src/reports/coverage/choose-piece.ts";
import { gather, type Material } from "../../../src/reports/coverage/gather.ts";
import type { SumIndicator } from "../../../src/reports/coverage/indicators.ts";
import { lineageOf, type Step } from "../../../src/reports/coverage/lineage.ts";
import type { Tally } from "../../../src/reports/coverage/tally.ts";

const SHARE = { denominator_kind: "households", code: "x", version: 1 } as SumIndicator;
const UNIT = {
  id: 0,
  level: "country",
  code: "VN",
  name_vi: "Việt Nam",
  full_name_vi: "",
  parent_id: null,
} as const;

interface Known {
  readonly unit: number;
  readonly numerator: number;
  readonly denominator: number;
}

function piece({ unit, numerator, denominator }: Known): Piece {
  const figure = { stated_ratio: null, made_up: false } as Piece["figure"];
  const rest = { origin: "report", operators: null, madeUp: false, figure } as const;
  return { unit, status: "present", numerator, denominator, ...rest };
}

const piecesOf = (known: readonly Known[]) =>
  new Map(known.map((each) => [each.unit, piece(each)]));

function material(
  known: readonly Known[],
  steps: readonly Step[] = [],
  present: readonly number[] = [],
): Material {
  const pieces = piecesOf(known);
  const lineage = steps.length === 0 ? null : lineageOf(steps, present, (unit) => pieces.has(unit));
  return { pieces, lineage, addable: true };
}

function sumOf(tally: Tally, sizeOf: (unit: number) => number) {
  const frame = {
    unit: UNIT,
    indicator: SHARE,
    asOf: "2026-09-30",
    basis: "reported",
    stated: null,
  } as const;
  const missing = tally.gaps.reduce(
    (sum, { unit, share }) => sum + Math.round(sizeOf(unit) * share),
    0,
  );
  return addUp(frame, tally, missing);
}

const figure = fc
  .tuple(fc.nat(5000), fc.integer({ min: 1, max: 5000 }), fc.boolean())
  .map(([numerator, denominator, reported]) => ({
    numerator: Math.min(numerator, denominator),
    denominator,
    reported,
  }));

describe("bounds", () => {
  test("contain the value that complete figures come to, whichever of them are missing", () => {
    fc.assert(
      fc.property(fc.array(figure, { minLength: 1, maxLength: 40 }), (figures) => {
        const all = figures.map((each, unit) => ({ unit, ...each }));
        const units = all.map(({ unit }) => unit);
        const truth = sumOf(gather(units, material(all)), () => 0);
        const size = (unit: number) => all[unit]?.denominator ?? 0;
        const some = sumOf(gather(units, material(all.filter(({ reported }) => reported))), size);
        expect(truth.lower).toBe(truth.ratio);
        expect(truth.upper).toBe(truth.ratio);
        expect(some.lower).toBeLessThanOrEqual(truth.ratio ?? NaN);
        expect(some.upper).toBeGreaterThanOrEqual(truth.ratio ?? NaN);
        const ratio = some.ratio ?? some.lower ?? NaN;
        expect(some.lower).toBeLessThanOrEqual(ratio);
        expect(some.upper).toBeGreaterThanOrEqual(ratio);
        expect((some.denominator ?? 0) + (some.missing_denominator ?? 0)).toBe(truth.denominator);
      }),
    );
  });
});

/** Old units 100… become present units 0…: each old one goes to one or two of them. */
const merger = fc
  .array(fc.tuple(figure, fc.nat(5), fc.option(fc.nat(5))), { minLength: 1, maxLength: 15 })
  .map((olds) => {
    const known = olds.map(([each], index) => ({ unit: 100 + index, ...each }));
    const steps = olds.flatMap(([, to, other], index): Step[] => {
      const whole = other === null || other === to;
      const step = { from: 100 + index, whole, share: null };
      return whole
        ? [{ ...step, to }]
        : [
            { ...step, to },
            { ...step, to: other },
          ];
    });
    const present = [...new Set(steps.map(({ to }) => to))].toSorted((one, two) => one - two);
    return { known, steps, present };
  });

describe("figures of earlier units", () => {
  test("sum up to the same for all present units together, split or not", () => {
    fc.assert(
      fc.property(merger, ({ known, steps, present }) => {
        const sizeOf = (unit: number) => known.find((each) => each.unit === unit)?.denominator ?? 0;
        const some = known.filter(({ reported }) => reported);
        const before = sumOf(
          gather(
            known.map(({ unit }) => unit),
            material(some),
          ),
          sizeOf,
        );
        const after = sumOf(gather(present, material(some, steps, present)), sizeOf);
        // A present unit none of whose predecessors reported has no size of its own here.
        fc.pre(after.missing.not_reported === undefined);
        for (const field of ["numerator", "denominator", "ratio", "lower", "upper"] as const) {
          expect(after[field]).toBe(before[field]);
        }
        expect(after.recast.exact).toBe(some.length);
        expect(after.reported_communes === present.length).toBe(some.length === known.length);
      }),
    );
  });

  test("recast twice are the same as recast once", () => {
    fc.assert(
      fc.property(merger, ({ known, steps, present }) => {
        const once = material(known, steps, present);
        const exact = present
          .map((unit) => ({ unit, tally: gather([unit], once) }))
          .filter(({ tally }) => tally.reported === 1);
        const recast = exact.map(({ unit, tally: { numerator, denominator } }) => ({
          unit,
          numerator,
          denominator,
        }));
        const twice = material(recast, steps, present);
        for (const { unit, tally } of exact) {
          expect(gather([unit], twice)).toMatchObject({
            numerator: tally.numerator,
            denominator: tally.denominator,
            reported: 1,
          });
        }
      }),
    );
  });

  test("that were split need a stated share for each part alone, and are then estimates", () => {
    const known = [
      { unit: 100, numerator: 50, denominator: 100 },
      { unit: 101, numerator: 30, denominator: 40 },
    ];
    const split = (share: number | null): Step[] => [
      { from: 100, to: 0, whole: false, share },
      { from: 100, to: 1, whole: false, share: share === null ? null : 1 - share },
      { from: 101, to: 1, whole: true, share: null },
    ];
    const open = material(known, split(null), [0, 1]);
    expect(gather([1], open)).toMatchObject({
      values: 0,
      missing: { split_without_share: 1 },
      recast: { exact: 0, estimated: 0, left_open: 2 },
    });
    expect(gather([0, 1], open)).toMatchObject({
      numerator: 80,
      reported: 2,
      recast: { exact: 2 },
    });
    const stated = gather([1], material(known, split(0.25), [0, 1]));
    expect(stated).toMatchObject({ numerator: 30 + 38, denominator: 40 + 75, reported: 1 });
    expect(sumOf(stated, () => 0)).toMatchObject({
      basis: "estimated",
      recast: { exact: 1, estimated: 1, left_open: 0 },
    });
  });

  test("are not counted again where one of the parts has a figure of its own", () => {
    const steps: Step[] = [
      { from: 100, to: 0, whole: false, share: null },
      { from: 100, to: 1, whole: false, share: null },
    ];
    const known = [
      { unit: 0, numerator: 40, denominator: 60 },
      { unit: 100, numerator: 50, denominator: 100 },
    ];
    expect(gather([0, 1], material(known, steps, [0, 1]))).toMatchObject({
      numerator: 40,
      denominator: 60,
      reported: 1,
      missing: { split_without_share: 1 },
      recast: { exact: 0, left_open: 1 },
    });
  });

  test("pass through units that came and went in between", () => {
    const steps: Step[] = [
      { from: 100, to: 50, whole: true, share: null },
      { from: 101, to: 50, whole: true, share: null },
      { from: 50, to: 0, whole: true, share: null },
    ];
    const old = [100, 101].map((unit) => ({ unit, numerator: 1, denominator: 2 }));
    expect(gather([0], material(old, steps, [0]))).toMatchObject({
      numerator: 2,
      denominator: 4,
      reported: 1,
    });
    const later = [...old, { unit: 50, numerator: 5, denominator: 9 }];
    expect(gather([0], material(later, steps, [0]))).toMatchObject({
      numerator: 5,
      denominator: 9,
    });
  });

  test("are not counted again where a unit in between has a figure of a part of them", () => {
    const split = { whole: false, share: null } as const;
    const toOthers: Step[] = [
      { from: 100, to: 0, ...split },
      { from: 100, to: 50, ...split },
      { from: 50, to: 1, whole: true, share: null },
    ];
    const toOne: Step[] = [
      { from: 100, to: 50, ...split },
      { from: 100, to: 51, ...split },
      { from: 50, to: 0, whole: true, share: null },
      { from: 51, to: 0, whole: true, share: null },
    ];
    const known = [
      { unit: 100, numerator: 50, denominator: 100 },
      { unit: 50, numerator: 30, denominator: 40 },
    ];
    expect(gather([0, 1], material(known, toOthers, [0, 1]))).toMatchObject({
      numerator: 30,
      denominator: 40,
      reported: 1,
      missing: { split_without_share: 1 },
    });
    expect(gather([0], material(known, toOne, [0]))).toMatchObject({
      values: 0,
      missing: { split_without_share: 1 },
    });
    const whole = gather([0], material(known.slice(0, 1), toOne, [0]));
    expect(whole).toMatchObject({ numerator: 50, denominator: 100, reported: 1 });
  });

  test("of units that are counted themselves are not added up", () => {
    const steps: Step[] = [{ from: 100, to: 0, whole: true, share: null }];
    const counted = material([{ unit: 100, numerator: 1, denominator: 1 }], steps, [0]);
    expect(gather([0], { ...counted, addable: false })).toMatchObject({
      values: 0,
      missing: { not_reported: 1 },
      recast: { left_open: 1 },
    });
  });
});
