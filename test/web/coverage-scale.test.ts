import fc from "fast-check";
import { expect, test } from "vitest";
import type { CoverageSum } from "../../src/domain/coverage/sum.ts";
import { emptyMapPage } from "../../src/web/coverage-read/map-page.ts";
import { scaleFor } from "../../src/web/coverage-read/scale.ts";
import { textOf } from "./compliance-page.ts";

/** A sum that has this ratio, or this count where there is no denominator. */
function sumOf(value: { ratio?: number | null; numerator?: number | null }): CoverageSum {
  return {
    unit: { level: "province", code: "01", name_vi: "Hà Nội" },
    indicator: "pop_4g",
    indicator_version: 1,
    as_of: "2026-09-30",
    basis: "reported",
    numerator: null,
    denominator: null,
    ratio: null,
    lower: null,
    upper: null,
    bounds: "none",
    reported_communes: 0,
    expected_communes: 1,
    missing_denominator: null,
    missing: {},
    denominator_source: null,
    operators: null,
    recast: { exact: 0, estimated: 0, left_open: 0 },
    stated: null,
    made_up: false,
    ...value,
  };
}

const share = { denominator_kind: "population", level: "province", lang: "en" } as const;

test("whatever the values are, a greater one is never in a lower class, and no value is in the class of the missing", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }),
      (ratios) => {
        const sums = ratios.toSorted((one, other) => one - other).map((ratio) => sumOf({ ratio }));
        const { classes, classOf } = scaleFor(sums, share);
        const places = sums.map((sum) => classes.indexOf(classOf(sum)));
        expect(places).toEqual(places.toSorted((one, other) => one - other));
        expect(sums.map((sum) => classOf(sum).id)).not.toContain("missing");
      },
    ),
  );
});

test("what is missing is a class of its own, also beside 0", () => {
  const [none, zero] = [sumOf({}), sumOf({ ratio: 0, numerator: 0 })];
  const { classOf } = scaleFor([none, zero], share);
  expect([classOf(none).text, classOf(zero).id]).toEqual(["no data", "c0"]);
});

test("counts are told apart by fifths of what there is", () => {
  const sums = [1, 20, 300, 4000, 50_000].map((numerator) => sumOf({ numerator }));
  const { classOf } = scaleFor(sums, { ...share, denominator_kind: null });
  expect(new Set(sums.map((sum) => classOf(sum).id)).size).toBe(5);
});

test("a yes or no of a commune is told in these words", () => {
  const of = { denominator_kind: "communes", level: "commune", lang: "vi" } as const;
  const { classes } = scaleFor([sumOf({ ratio: 1 })], of);
  expect(classes.map(({ text }) => text)).toEqual(["chưa có", "có", "chưa có số liệu"]);
});

test("every class has a colour and a pattern of its own", () => {
  for (const denominator_kind of ["population", null]) {
    const sums = [1, 2, 3, 4, 5].map((numerator) => sumOf({ numerator, ratio: numerator / 5 }));
    const { classes } = scaleFor(sums, { ...share, denominator_kind });
    expect(new Set(classes.map(({ look }) => look.fill)).size).toBe(classes.length);
    expect(new Set(classes.map(({ look }) => look.lines)).size).toBe(classes.length);
  }
});

test("an empty register says what to do, and that nothing is invented, in both languages", async () => {
  const facts = { madeUp: false, signedIn: null, timezone: "Asia/Ho_Chi_Minh", version: "0" };
  const said = { vi: "không có con số nào được đặt ra", en: "no figure is invented" } as const;
  for (const lang of ["vi", "en"] as const) {
    const page = String(await emptyMapPage({ ...facts, lang }));
    expect(textOf(page)).toContain(said[lang]);
    expect(textOf(page)).toContain("hatangso coverage import");
    expect(page).toContain(`href="/coverage/imports?lang=${lang}"`);
  }
});
