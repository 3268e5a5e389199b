import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { recast } from "../../../src/domain/units/recast.ts";
import type { Unit, UnitBook } from "../../../src/domain/units/unit.ts";
import { bestVintage, vintageFits } from "../../../src/domain/units/vintage.ts";
import { seedUnitBook } from "../../support/seed-units.ts";

const THEN = "2025-06-30";
const NOW = "2026-11-22";

let book: UnitBook;
let old: readonly Unit[];
beforeAll(async () => {
  book = await seedUnitBook();
  old = book.allOn("commune", THEN);
});

const nameOn = (unit: Unit, day: string) => book.attributesOn(unit.id, day).fullNameVi;
const pairsOn = (day: string) =>
  book.allOn("commune", day).map((unit) => ({ code: unit.code, name: nameOn(unit, day) }));

test("a code is the code of one unit at a time", () => {
  expect(book.on("commune", "00004", THEN)?.id).not.toBe(book.on("commune", "00004", NOW)?.id);
  expect(book.withCode("commune", "00004").map((unit) => nameOn(unit, THEN))).toEqual([
    "Phường Trúc Bạch",
    "Phường Ba Đình",
  ]);
  expect(book.on("commune", "00001", NOW)).toBeUndefined();
  expect(book.on("commune", "00004", "1990-01-01")).toBeUndefined();
  expect(book.byId(-1)).toBeUndefined();
});

test("lists of a day are whole, and begin and end with the day", () => {
  expect(old).toHaveLength(10_035);
  expect(book.allOn("commune", "2025-07-01")).toHaveLength(3321);
  expect(book.allOn("province", THEN)).toHaveLength(63);
  expect(book.allOn("district", "2025-07-01")).toEqual([]);
  expect(book.allOn("country", NOW)).toHaveLength(1);
});

test("names change with their day, and before the first there is the first", () => {
  const unit = book.on("commune", "25270", NOW);
  if (!unit) throw new Error("no such unit");
  expect(nameOn(unit, "2026-04-29")).toBe("Xã Lộc Ninh");
  expect(nameOn(unit, "2026-04-30")).toBe("Phường Lộc Ninh");
  expect(nameOn(unit, "2020-01-01")).toBe("Xã Lộc Ninh");
  expect(book.attributesOf(unit.id)).toHaveLength(2);
});

test("boundaries are the days on which anything changed, for each level its own", () => {
  expect(book.boundariesOf("commune")).toEqual([
    "2025-03-01",
    "2025-07-01",
    "2026-04-30",
    "2026-09-20",
  ]);
  expect(book.boundariesOf("district")).toEqual(["2025-03-01", "2025-07-01"]);
  expect(book.boundaries).toContain("2026-09-01");
  expect(book.boundaries.toSorted()).toEqual(book.boundaries);
});

test("the lists of each time fit that time best, and wholly", () => {
  for (const day of book.boundariesOf("commune")) {
    const fits = vintageFits(book, "commune", pairsOn(day));
    const best = bestVintage(fits);
    expect(best).toMatchObject({ from: day, fits: best?.pairs });
    expect(fits.filter((fit) => fit.from !== day && fit.fits === best?.pairs)).toEqual([]);
  }
});

test("old codes are known today, but not by their names", () => {
  const fit = vintageFits(book, "commune", pairsOn(THEN)).at(-1);
  expect(fit?.known).toBe(3316);
  expect(fit?.fits).toBeLessThan(1200);
  expect(vintageFits(book, "commune", [])[0]).toMatchObject({ pairs: 0, fits: 0 });
  expect(bestVintage(vintageFits(book, "commune", []))).toBeNull();
});

test("districts are followed through their communes", () => {
  const district = (code: string) => book.successors(book.on("district", code, THEN)?.id ?? 0);
  expect(new Set(district("001").map(({ part }) => part))).toEqual(new Set(["split"]));
  expect(district("755")).toMatchObject([{ part: "whole" }]);
  // Phú Quí: all of its communes became one.
  expect(district("602")).toMatchObject([{ part: "whole" }]);
});

test("every old commune, district and province is found again: exactly, or in parts", () => {
  const outcomes = { exact: 0, split: 0, unknown: 0 };
  for (const unit of old) {
    const question = { level: "commune", code: unit.code, name: nameOn(unit, THEN) } as const;
    outcomes[recast(book, question, THEN, NOW).outcome] += 1;
  }
  expect(outcomes.unknown).toBe(0);
  expect(outcomes.exact).toBe(9564);
  expect(outcomes.split).toBe(471);
  for (const level of ["district", "province"] as const) {
    for (const { code } of book.allOn(level, THEN)) {
      const { outcome } = recast(book, { level, code, name: null }, THEN, NOW);
      expect(level === "province" ? ["exact"] : ["exact", "split"]).toContain(outcome);
    }
  }
});

test("recasting twice equals once", () => {
  fc.assert(
    fc.property(fc.constantFrom(...old), (unit) => {
      const once = recast(book, { level: "commune", code: unit.code, name: null }, THEN, NOW);
      for (const part of once.parts) {
        const name = nameOn(part.unit, NOW);
        const twice = recast(book, { level: "commune", code: part.unit.code, name }, NOW, NOW);
        expect(twice).toMatchObject({ outcome: "exact", reason: "same_unit" });
        expect(twice.parts.map((each) => each.unit.id)).toEqual([part.unit.id]);
      }
    }),
  );
});

test("nothing is guessed: a code of another time, or beside another's name, is unknown", () => {
  const ask = (code: string, name: string | null) =>
    recast(book, { level: "commune", code, name }, THEN, NOW);
  expect(ask("99999", null).reason).toBe("unknown_code");
  expect(ask("", "Phường Trúc Bạch").reason).toBe("no_code");
  expect(ask("00004", "Phường Ba Đình").reason).toBe("name_differs");
  expect(ask("00004", "Phuong Truc Bach").reason).toBe("name_differs");
  expect(ask("00004", "p. trúc bạch")).toMatchObject({ outcome: "exact", reason: "merged_whole" });
  expect(recast(book, { level: "commune", code: "00001", name: null }, NOW, NOW).reason).toBe(
    "not_valid",
  );
});
