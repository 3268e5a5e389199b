import { describe, expect, it } from "vitest";
import {
  BA_DINH,
  faultOf,
  figure,
  HOAN_KIEM,
  judgeRows,
  percentage,
  row,
  rowsOf,
  verdictOf,
  verdicts,
} from "./support/made-rows.ts";

describe("V01, percentages", () => {
  it.each([
    [0, "accepted"],
    [100, "accepted"],
    [-0.1, "V01.below_0"],
    [100.1, "V01.above_100"],
  ])("judges %s percent as %s", async (percent, expected) => {
    expect(await verdictOf(row(BA_DINH, [percentage("pop_4g", percent)]))).toContain(expected);
  });

  it("shows the percentage as it was written", async () => {
    const fault = await faultOf(row(BA_DINH, [percentage("pop_4g", 100.7)]), "V01");
    expect(fault).toMatchObject({ column: "% pop_4g", value: "100.7", severity: "reject_row" });
  });
});

describe("V01, percentages within 0–1", () => {
  const pair = (percent: number, sign: boolean) => [
    row(BA_DINH, [{ ...percentage("pop_4g", percent, 2), ...(sign ? { percentSign: true } : {}) }]),
    row(HOAN_KIEM, [percentage("pop_4g", 90)]),
  ];

  it("are held among others above 1: 0.85 may be 85 %", async () => {
    expect(await verdicts(pair(0.85, false))).toEqual([
      ["held", "V01.fraction_among_percentages"],
      ["accepted"],
    ]);
  });

  it("are what they say where the cell has the sign, and where all are above 1", async () => {
    expect(await verdicts(pair(0.85, true))).toEqual([["accepted"], ["accepted"]]);
    expect(await verdicts(pair(1.85, false))).toEqual([["accepted"], ["accepted"]]);
  });

  it("stay what they say beside those of a column that is written as 0–1", async () => {
    const signed = { ...percentage("pop_4g", 85), percentSign: true };
    const rows = [row(BA_DINH, [signed]), row(HOAN_KIEM, [percentage("pop_4g", 0.9, 2)])];
    const judged = await rowsOf(await judgeRows(rows));
    expect(judged.map(({ figures }) => figures[0]?.statedRatio)).toEqual([0.85, 0.9]);
  });
});

describe("V02, counts", () => {
  it.each([
    [5000, 5000, "accepted"],
    [0, 5000, "accepted"],
    [5001, 5000, "V02.more_than_all"],
    [-1, 5000, "V02.negative"],
    [12.5, 5000, "V02.not_whole"],
    [10, 5000.5, "V02.not_whole"],
    [1e17, null, "V02.too_large"],
    [10, 1_000_001, "V02.too_large"],
    [10, 1_000_000, "accepted"],
  ])("judges %s of %s as %s", async (numerator, denominator, expected) => {
    const one = row(BA_DINH, [figure("fibre_hh_passed", numerator, denominator)]);
    expect(await verdictOf(one)).toContain(expected);
  });

  it("takes a count by itself where the indicator is one", async () => {
    const [judged] = await rowsOf(await judgeRows([row(BA_DINH, [figure("sites_5g", 12, null)])]));
    expect(judged?.figures).toMatchObject([{ numerator: 12, denominator: null }]);
  });

  it("counts one commune as one, and no commune as more", async () => {
    const [judged] = await rowsOf(
      await judgeRows([row(BA_DINH, [figure("commune_has_fibre", 1, null)])]),
    );
    expect(judged?.figures).toMatchObject([
      { numerator: 1, denominator: 1, denominatorSource: "report" },
    ]);
    expect(await verdictOf(row(BA_DINH, [figure("commune_has_fibre", 2, null)]))).toContain(
      "V02.more_than_all",
    );
    expect(await verdictOf(row(BA_DINH, [figure("commune_has_fibre", 2, 3)]))).toContain(
      "V02.more_than_one_commune",
    );
  });
});

describe("V03, denominators", () => {
  it("refuses a numerator without one, and a denominator of 0", async () => {
    const lone = row(BA_DINH, [figure("fibre_hh_passed", 10, null)]);
    expect(await verdictOf(lone)).toEqual(["refused", "V03.no_denominator"]);
    for (const numerator of [0, 10]) {
      const zero = row(BA_DINH, [figure("fibre_hh_passed", numerator, 0)]);
      expect(await verdictOf(zero)).toContain("V03.zero_denominator");
    }
  });

  it("keeps a percentage that stands alone as one, without a made-up denominator", async () => {
    const [judged] = await rowsOf(await judgeRows([row(BA_DINH, [percentage("pop_4g", 85.2)])]));
    expect(judged?.verdict).toBe("accepted");
    expect(judged?.figures).toMatchObject([
      { numerator: null, denominator: null, denominatorSource: null, statedRatio: 0.852 },
    ]);
  });
});

describe("V04, a percentage beside the counts", () => {
  const stated = (percent: number, decimals: number, numerator = 4266) =>
    row(BA_DINH, [
      figure("fibre_hh_passed", numerator, 5000, {
        statedRatio: percent / 100,
        ratioDecimals: decimals,
      }),
    ]);

  it.each([
    [85.32, 2],
    [85.3, 1],
    [85, 0],
  ])("takes %s percent with %s decimals for 4266 of 5000", async (percent, decimals) => {
    expect(await verdictOf(stated(percent, decimals))).toEqual(["accepted"]);
  });

  it.each([
    [85.33, 2],
    [85.4, 1],
    [86, 0],
    [58.32, 2],
  ])("holds %s percent with %s decimals", async (percent, decimals) => {
    expect(await verdictOf(stated(percent, decimals))).toEqual(["held", "V04.differs"]);
  });

  it("takes what a spreadsheet computed", async () => {
    expect(await verdictOf(stated((100 * 1) / 3, 6, 0))).toEqual(["held", "V04.differs"]);
    const computed = figure("fibre_hh_passed", 1, 3, { statedRatio: 1 / 3, ratioDecimals: 6 });
    expect(await verdictOf(row(BA_DINH, [computed]))).toEqual(["accepted"]);
  });
});

describe("V14, words for numbers", () => {
  it("records the status of a figure and never 0", async () => {
    const silent = figure("pop_4g", null, null, { status: "not_collected" });
    const [judged] = await rowsOf(await judgeRows([row(BA_DINH, [silent])]));
    expect(judged?.figures).toMatchObject([
      { status: "not_collected", numerator: null, denominator: null, statedRatio: null },
    ]);
  });

  it("accepts a row that says nothing, and tells it", async () => {
    const [judged] = await rowsOf(await judgeRows([row(BA_DINH, [figure("pop_4g", null, 5000)])]));
    expect(judged).toMatchObject({ verdict: "accepted", figures: [], unchanged: 0 });
    expect(judged?.faults.map(({ detail }) => detail.code)).toEqual(["nothing_to_record"]);
  });
});

describe("V23, the order of what contains each other", () => {
  const counts = (passed: number, able: number, using: number) =>
    row(BA_DINH, [
      figure("fibre_hh_passed", passed),
      figure("fibre_hh_able", able),
      figure("fibre_hh_using", using),
    ]);

  it("takes using within able within passed, equal ones included", async () => {
    expect(await verdictOf(counts(4000, 3000, 2000))).toEqual(["accepted"]);
    expect(await verdictOf(counts(4000, 4000, 4000))).toEqual(["accepted"]);
  });

  it("refuses a part that is more than its whole, once", async () => {
    expect(await verdictOf(counts(3000, 4000, 2000))).toEqual(["refused", "V23.part_is_more"]);
    const fault = await faultOf(counts(3000, 4000, 2000), "V23");
    expect(fault).toMatchObject({ column: "n fibre_hh_able", value: "4000" });
  });

  it("refuses both rows where 5G and 4G stand in two", async () => {
    const apart = (pop5g: number) =>
      verdicts([
        row(BA_DINH, [figure("pop_4g", 3000)]),
        row(HOAN_KIEM, [figure("pop_4g", 3000)]),
        row(BA_DINH, [figure("pop_5g", pop5g)]),
      ]);
    expect(await apart(3000)).toEqual([["accepted"], ["accepted"], ["accepted"]]);
    expect(await apart(3001)).toEqual([
      ["refused", "V23.whole_is_less"],
      ["accepted"],
      ["refused", "V23.part_is_more"],
    ]);
  });

  it("compares percentages where there is nothing else", async () => {
    const one = row(BA_DINH, [percentage("pop_4g", 80), percentage("pop_5g", 80.5)]);
    expect(await verdictOf(one)).toEqual(["refused", "V23.part_is_more"]);
  });

  it("refuses hamlets that are more than all when those without and with weak signal are added", async () => {
    const hamlets = (none: number, weak: number) =>
      row(BA_DINH, [
        figure("hamlet_signal_none", none, 12),
        figure("hamlet_signal_weak", weak, 12),
      ]);
    expect(await verdictOf(hamlets(4, 8))).toEqual(["accepted"]);
    expect(await verdictOf(hamlets(5, 8))).toEqual(["refused", "V23.add_up_to_more"]);
  });
});

describe("V23 where the part between is missing", () => {
  const using = figure("fibre_hh_using", 3500, 5000);
  const passed = figure("fibre_hh_passed", 3000, 5000);

  it("holds users of fibre against households passed", async () => {
    const one = row(BA_DINH, [passed, using]);
    expect(await verdictOf(one)).toEqual(["refused", "V23.part_is_more"]);
    expect(await verdicts([row(BA_DINH, [passed]), row(BA_DINH, [using])])).toEqual([
      ["refused", "V23.whole_is_less"],
      ["refused", "V23.part_is_more"],
    ]);
  });

  it("takes what is in order", async () => {
    const fine = row(BA_DINH, [passed, figure("fibre_hh_using", 3000, 5000)]);
    expect(await verdictOf(fine)).toEqual(["accepted"]);
  });
});

describe("V24 by way of those who use it", () => {
  const commune = (yes: number, users: number) =>
    row(BA_DINH, [figure("commune_has_fibre", yes, 1), figure("fibre_hh_using", users, 5000)]);

  it("holds a no beside users, and takes a yes without any", async () => {
    expect(await verdictOf(commune(0, 12))).toEqual(["held", "V24.no_but_counted"]);
    expect(await verdictOf(commune(1, 0))).toEqual(["accepted"]);
    expect(await verdictOf(commune(0, 0))).toEqual(["accepted"]);
  });
});

describe("V24, yes or no against the counts", () => {
  const commune = (yes: number, passed: number) =>
    row(BA_DINH, [figure("commune_has_fibre", yes, 1), figure("fibre_hh_passed", passed)]);

  it("takes both at something and both at nothing", async () => {
    expect(await verdictOf(commune(1, 1))).toEqual(["accepted"]);
    expect(await verdictOf(commune(0, 0))).toEqual(["accepted"]);
  });

  it("holds what contradicts", async () => {
    expect(await verdictOf(commune(0, 1))).toEqual(["held", "V24.no_but_counted"]);
    expect(await verdictOf(commune(1, 0))).toEqual(["held", "V24.yes_but_none"]);
  });
});

describe("V25, persons per household", () => {
  const commune = (households: number, population: number) =>
    row(BA_DINH, [figure("fibre_hh_passed", 0, households)], {
      denominators: { households, population },
    });

  it.each([
    [5000, 10_000, "accepted"],
    [5000, 35_000, "accepted"],
    [5000, 9999, "V25.household_size"],
    [5000, 35_001, "V25.household_size"],
    [1200, 5, "V25.too_few_people"],
    [40, 139, "accepted"],
  ])("judges %d households with %d persons as %s", async (households, population, expected) => {
    expect(await verdictOf(commune(households, population))).toContain(expected);
  });

  it("sees both where they stand in two rows", async () => {
    const apart = [
      row(BA_DINH, [figure("fibre_hh_passed", 0)], { denominators: { households: 5000 } }),
      row(BA_DINH, [figure("pop_4g", 0, 50_000)], { denominators: { population: 50_000 } }),
    ];
    expect(await verdicts(apart)).toEqual([
      ["held", "V25.household_size"],
      ["held", "V25.household_size"],
    ]);
  });
});

describe("several faults", () => {
  it("are all told, in the order of the rules, after the place was refused too", async () => {
    const bad = row({ ...BA_DINH, code: "00071" }, [
      figure("fibre_hh_passed", 6000, 5000),
      figure("pop_4g", 10, null),
    ]);
    const [judged] = await rowsOf(await judgeRows([bad]));
    expect(judged?.faults.map(({ rule }) => rule)).toEqual(["V02", "V03", "V05"]);
    expect(judged).toMatchObject({ verdict: "refused", figures: [], unit: null });
  });

  it("of the reading refuse or hold a row as they say", async () => {
    const told = (severity: "reject_row" | "hold" | "warn") =>
      row(BA_DINH, undefined, {
        faults: [
          {
            sheet: null,
            row: 2,
            column: "Dân số",
            value: "1.234",
            rule: "V13",
            severity,
            detail: { code: "ambiguous" },
          },
        ],
      });
    expect(await verdictOf(told("reject_row"))).toEqual(["refused", "V13.ambiguous"]);
    expect(await verdictOf(told("hold"))).toEqual(["held", "V13.ambiguous"]);
    expect(await verdictOf(told("warn"))).toEqual(["accepted", "V13.ambiguous"]);
  });
});
