import { afterAll, beforeAll, expect, test } from "vitest";
import * as lab from "../../lab/coverage-figures.ts";
import { fillCoverage } from "../../src/demo-coverage.ts";
import type { Database } from "../../src/store/database.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openCoverageDatabase());
});
afterAll(() => close());

/** A part of the communes, from all provinces: what is shown does not need all of them. */
const FEW: typeof lab.madeUpFigures = (communes, quarters, asOf) =>
  lab.madeUpFigures(
    communes.filter((_, index) => index % 40 === 0),
    quarters,
    asOf,
  );
const few = { ...lab, madeUpFigures: FEW };
const madeUp = () =>
  db
    .selectFrom("coverage_figure")
    .select(["as_of", "indicator_code"])
    .where("source_code", "=", "made-up")
    .execute();

test("a stop before the first figure leaves the register as it was", async () => {
  await fillCoverage(db, few, { today: "2026-11-22", stop: AbortSignal.abort() });
  expect(await madeUp()).toEqual([]);
  expect(await db.selectFrom("coverage_release").select("code").execute()).toEqual([]);
});

test("the demo has made-up figures of the last three quarters, and a release that is marked as made up", async () => {
  await fillCoverage(db, few, { today: "2026-11-22", stop: new AbortController().signal });
  const figures = await madeUp();
  expect(new Set(figures.map(({ as_of: day }) => day))).toEqual(
    new Set(["2026-03-31", "2026-06-30", "2026-09-30"]),
  );
  expect(new Set(figures.map(({ indicator_code: code }) => code)).size).toBe(6);
  const releases = await db
    .selectFrom("coverage_release")
    .select(["code", "made_up", "note_en"])
    .execute();
  expect(releases).toEqual([{ code: "2026-Q3", made_up: true, note_en: "Made-up demo data" }]);
  const breaks = await db.selectFrom("coverage_release_break").select("indicator_code").execute();
  expect(breaks).toEqual([{ indicator_code: "pop_5g" }]);
});

test("every sum of the release says that it is made up", async () => {
  const sums = await db.selectFrom("coverage_release_sum").select("content").execute();
  expect(sums.length).toBeGreaterThan(0);
  const reported = sums.map(({ content }) => content).filter((each) => each.reported_communes > 0);
  expect(reported.length).toBeGreaterThan(0);
  expect(new Set(reported.map((each) => each.made_up))).toEqual(new Set([true]));
});
