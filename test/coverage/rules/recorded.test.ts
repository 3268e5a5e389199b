import { describe, expect, it } from "vitest";
import {
  BA_DINH,
  faultOf,
  figure,
  judgeRows,
  percentage,
  recordedFigure,
  row,
  rowsOf,
  verdictOf,
  verdicts,
} from "./support/made-rows.ts";

const NOW = { asOf: "2026-09-30" };

describe("V12, what is recorded already", () => {
  it("adds nothing where it is the same", async () => {
    const around = { recorded: [recordedFigure(NOW)] };
    const [judged] = await rowsOf(await judgeRows([row(BA_DINH)], around));
    expect(judged).toMatchObject({ verdict: "accepted", figures: [], unchanged: 1, faults: [] });
  });

  it("finds a percentage the same that the database has rounded", async () => {
    const value = { numerator: null, denominator: null, denominatorSource: null };
    const recorded = recordedFigure({
      ...NOW,
      ...value,
      indicator: "pop_4g",
      indicatorVersion: 2,
      statedRatio: 0.85333333,
    });
    const again = row(BA_DINH, [percentage("pop_4g", 85.33333333333333)]);
    const [judged] = await rowsOf(await judgeRows([again], { recorded: [recorded] }));
    expect(judged?.unchanged).toBe(1);
  });

  it("holds a correction without a reason, and takes one with it", async () => {
    const recorded = [recordedFigure({ ...NOW, numerator: 3900 })];
    expect(await verdictOf(row(BA_DINH), { recorded })).toEqual(["held", "V12.no_reason"]);
    const around = { recorded, settings: { reason: "nhập nhầm" } };
    const fault = await faultOf(row(BA_DINH), "V12", around);
    expect(fault).toMatchObject({
      severity: "warn",
      detail: { code: "correction", recorded: "3900/5000", new: "4000/5000" },
    });
    const [judged] = await rowsOf(await judgeRows([row(BA_DINH)], around));
    expect(judged).toMatchObject({ verdict: "accepted", figures: [{ numerator: 4000 }] });
  });

  it("tells denominators of another origin from each other", async () => {
    const recorded = [recordedFigure({ ...NOW, denominatorSource: "census-2019" })];
    expect(await verdictOf(row(BA_DINH), { recorded })).toEqual(["held", "V12.no_reason"]);
  });
});

describe("V21, jumps", () => {
  const before = (numerator: number, denominator: number) => ({
    recorded: [recordedFigure({ indicator: "fibre_hh_using", numerator, denominator })],
  });
  const now = (numerator: number, denominator: number) =>
    row(BA_DINH, [figure("fibre_hh_using", numerator, denominator)]);

  it("takes 20 points and a tenth more households", async () => {
    expect(await verdictOf(now(700, 1000), before(500, 1000))).toEqual(["accepted"]);
    expect(await verdictOf(now(550, 1100), before(500, 1000))).toEqual(["accepted"]);
  });

  it("holds more than that, up or down", async () => {
    expect(await verdictOf(now(701, 1000), before(500, 1000))).toEqual(["held", "V21.share_jumps"]);
    expect(await verdictOf(now(299, 1000), before(500, 1000))).toEqual(["held", "V21.share_jumps"]);
    expect(await verdictOf(now(550, 1101), before(500, 1000))).toEqual([
      "held",
      "V21.denominator_jumps",
    ]);
    expect(await verdictOf(now(450, 899), before(500, 1000))).toEqual([
      "held",
      "V21.denominator_jumps",
    ]);
  });

  it("compares with the file's own earlier quarter, in whatever order they stand", async () => {
    const quarters = [
      row(BA_DINH, [figure("fibre_hh_using", 900, 1000)], { asOf: "2026-09-30" }),
      row(BA_DINH, [figure("fibre_hh_using", 600, 1000)], { asOf: "2026-06-30" }),
    ];
    const around = before(500, 1000);
    const recorded = around.recorded.map((each) => ({ ...each, asOf: "2026-03-31" }));
    expect(await verdicts(quarters, { recorded })).toEqual([
      ["held", "V21.share_jumps"],
      ["accepted"],
    ]);
  });

  it("compares ratios of one column, written as 0–1 or not", async () => {
    const quarters = [
      row(BA_DINH, [percentage("pop_5g", 0.2, 2)], { asOf: "2026-06-30" }),
      row(BA_DINH, [percentage("pop_5g", 0.41, 2)], { asOf: "2026-09-30" }),
    ];
    expect(await verdicts(quarters)).toEqual([["accepted"], ["held", "V21.share_jumps"]]);
  });

  it("lets a commune get fibre", async () => {
    const recorded = [
      recordedFigure({ indicator: "commune_has_fibre", numerator: 0, denominator: 1 }),
    ];
    const got = row(BA_DINH, [figure("commune_has_fibre", 1, 1)]);
    expect(await verdictOf(got, { recorded })).toEqual(["accepted"]);
  });

  it("does not ask again about what was accepted before", async () => {
    const recorded = [
      ...before(100, 1000).recorded,
      recordedFigure({ ...NOW, indicator: "fibre_hh_using", numerator: 900, denominator: 1000 }),
    ];
    const [judged] = await rowsOf(await judgeRows([now(900, 1000)], { recorded }));
    expect(judged).toMatchObject({ verdict: "accepted", figures: [], unchanged: 1, faults: [] });
  });

  it("does not compare another definition, operator or basis", async () => {
    const others = [
      recordedFigure({ numerator: 100, operator: "vnpt" }),
      recordedFigure({ numerator: 100, basis: "measured" }),
      recordedFigure({ numerator: 100, indicatorVersion: 2 }),
    ];
    expect(await verdictOf(row(BA_DINH), { recorded: others })).toEqual(["accepted"]);
  });
});

describe("V22, falls", () => {
  const sites = (count: number) => row(BA_DINH, [figure("sites_5g", count, null)]);
  const recorded = [
    recordedFigure({
      indicator: "sites_5g",
      numerator: 12,
      denominator: null,
      denominatorSource: null,
    }),
  ];

  it("takes what stays or grows, and holds what falls", async () => {
    expect(await verdictOf(sites(12), { recorded })).toEqual(["accepted"]);
    expect(await verdictOf(sites(40), { recorded })).toEqual(["accepted"]);
    expect(await verdictOf(sites(11), { recorded })).toEqual(["held", "V22.falls"]);
  });

  it("lets fall what may", async () => {
    const using = recordedFigure({ indicator: "fibre_hh_using" });
    const less = row(BA_DINH, [figure("fibre_hh_using", 3900)]);
    expect(await verdictOf(less, { recorded: [using] })).toEqual(["accepted"]);
  });
});

describe("the register", () => {
  it("is asked once per 500 rows, and only for figures that could be recorded", async () => {
    const asked: number[] = [];
    const many = Array.from({ length: 1100 }, () => row(BA_DINH));
    const around = { onKeys: (keys: readonly object[]) => asked.push(keys.length) };
    await rowsOf(await judgeRows([...many, row({ ...BA_DINH, code: "00071" })], around));
    expect(asked).toEqual([500, 500, 100]);
  });
});
