import { describe, expect, it } from "vitest";
import type { TotalRow } from "../../../src/coverage/contract.ts";
import {
  at,
  BA_DINH,
  figure,
  fileSlugs,
  HOAN_KIEM,
  judgeRows,
  percentage,
  row,
  rowsOf,
  verdicts,
} from "./support/made-rows.ts";

const NOW = [
  at("00004", "Phường Ba Đình"),
  at("00070", "Phường Hoàn Kiếm"),
  at("02647", "Phường Lào Cai"),
];
const BEFORE = [
  at("00004", "Phường Trúc Bạch"),
  at("00070", "Phường Hàng Trống"),
  at("02647", "Phường Kim Tân"),
  at("00016", "Phường Ngọc Hà"),
];
/** A code and name that are the same before and after, of different ground. */
const EITHER = at("02680", "Xã Hợp Thành");

const rows = (places: readonly ReturnType<typeof at>[]) => places.map((place) => row(place));

describe("V08, whose units a file has", () => {
  it("takes a file of today", async () => {
    expect(await fileSlugs(rows([...NOW, EITHER]))).toEqual(["judged"]);
  });

  it("stops a file with the codes of before the merger, and says which day to state", async () => {
    const judged = await judgeRows(rows([...BEFORE, EITHER]));
    expect(judged.refused).toBe(true);
    expect(judged.faults).toMatchObject([
      {
        rule: "V08",
        severity: "reject_file",
        row: null,
        detail: {
          code: "other_vintage",
          day: "2026-09-30",
          pairs: 5,
          fits: 1,
          best_day: "2025-06-30",
          best_fits: 5,
          vintages: ["2025-06-30: 100 %", "2026-09-30: 20 %"],
        },
      },
    ]);
  });

  it("takes the same file with the day of its units stated", async () => {
    const around = { settings: { unitsDay: "2025-06-30" } };
    const judged = await rowsOf(await judgeRows(rows([...BEFORE, EITHER]), around));
    expect(judged.map(({ verdict }) => verdict)).toEqual(Array(5).fill("accepted"));
    expect(judged.map(({ unit }) => unit?.id)).toEqual([11, 13, 15, 12, 14]);
    expect(judged[0]?.figures).toMatchObject([{ unitId: 11, asOf: "2026-09-30" }]);
  });

  it("stops a file that mixes two lists", async () => {
    expect(await fileSlugs(rows([...NOW, ...BEFORE]))).toEqual(["refused", "V08.mixed"]);
  });

  it("stops a file of one row, and of two of which one says nothing", async () => {
    const [first = EITHER] = BEFORE;
    expect(await fileSlugs(rows([first]))).toEqual(["refused", "V08.other_vintage"]);
    expect(await fileSlugs(rows([first, EITHER]))).toEqual(["refused", "V08.other_vintage"]);
    expect(await fileSlugs(rows([EITHER]))).toEqual(["judged"]);
  });

  it("refuses one old row among those of today by itself", async () => {
    const [first = EITHER] = BEFORE;
    expect(await verdicts(rows([...NOW.slice(1), EITHER, first]))).toEqual([
      ["accepted"],
      ["accepted"],
      ["accepted"],
      ["refused", "V07.former_unit"],
    ]);
  });

  it("does not take misspelt names for another vintage", async () => {
    const misspelt = NOW.map((place) => ({ ...place, name: `${place.name} Mới` }));
    expect(await fileSlugs(rows(misspelt))).toEqual(["judged"]);
  });

  it("goes by codes where there are no names, and warns that they prove little", async () => {
    const codes = (places: typeof NOW) => rows(places.map((place) => ({ ...place, name: null })));
    expect(await fileSlugs(codes(NOW))).toEqual(["judged", "V08.no_names"]);
    const gone = [at("00016", null), at("00043", null)];
    expect(await fileSlugs(rows(gone))).toEqual(["refused", "V08.other_vintage"]);
  });

  it("takes each row by the units of its own day", async () => {
    const [first = EITHER] = BEFORE;
    const [now = EITHER] = NOW;
    const both = [
      row(first, undefined, { asOf: "2025-06-30" }),
      row(now, undefined, { asOf: "2025-09-30" }),
    ];
    expect(await verdicts(both, { settings: { asOf: null } })).toEqual([
      ["accepted"],
      ["accepted"],
    ]);
  });
});

describe("V01 and V03 of a column", () => {
  it("takes a column of ratios as such, once told", async () => {
    const ratios = [0.85, 0.9, 1].map((ratio, index) =>
      row(NOW[index] ?? BA_DINH, [percentage("pop_4g", ratio, 2)]),
    );
    const judged = await judgeRows(ratios);
    expect(judged.faults).toMatchObject([
      { rule: "V01", severity: "warn", column: "% pop_4g", detail: { code: "column_of_ratios" } },
      { rule: "V03", severity: "warn", detail: { code: "percent_only" } },
    ]);
    const figures = (await rowsOf(judged)).flatMap((each) => each.figures);
    expect(figures.map(({ statedRatio }) => statedRatio)).toEqual([0.85, 0.9, 1]);
  });

  it("leaves a column of small percentages alone where the counts say so", async () => {
    const small = row(BA_DINH, [
      figure("hamlet_signal_none", 1, 200, { statedRatio: 0.005, ratioDecimals: 1 }),
    ]);
    expect(await fileSlugs([small])).toEqual(["judged"]);
    expect(await verdicts([small])).toEqual([["accepted"]]);
  });

  it("leaves a column alone as soon as one number is above 1", async () => {
    const mixed = [
      row(BA_DINH, [percentage("pop_4g", 0.9)]),
      row(HOAN_KIEM, [percentage("pop_4g", 1.1)]),
    ];
    expect(await fileSlugs(mixed)).toEqual(["judged", "V03.percent_only"]);
  });
});

describe("V11, a figure twice in a file", () => {
  it("records it once where it says the same", async () => {
    const judged = await rowsOf(await judgeRows([row(BA_DINH), row(BA_DINH)]));
    expect(
      judged.map(({ verdict, figures, unchanged }) => [verdict, figures.length, unchanged]),
    ).toEqual([
      ["accepted", 1, 0],
      ["accepted", 0, 1],
    ]);
    expect(judged[1]?.faults).toMatchObject([
      { rule: "V11", severity: "warn", detail: { code: "same", other_row: 2 } },
    ]);
  });

  it("refuses both where they differ", async () => {
    const [one, other] = [row(BA_DINH), row(BA_DINH, [figure("fibre_hh_passed", 4001)])];
    expect(await verdicts([one, row(HOAN_KIEM), other])).toEqual([
      ["refused", "V11.different"],
      ["accepted"],
      ["refused", "V11.different"],
    ]);
  });

  it("keeps days, operators, bases and indicators apart", async () => {
    const apart = [
      row(BA_DINH),
      row(BA_DINH, undefined, { asOf: "2026-06-30" }),
      row(BA_DINH, [figure("fibre_hh_passed", 3000, 5000, { operator: "vnpt" })]),
      row(BA_DINH, [figure("fibre_hh_passed", 2000, 5000, { basis: "measured" })]),
      row(BA_DINH, [figure("pop_4g")]),
    ];
    expect(new Set((await verdicts(apart)).flat())).toEqual(new Set(["accepted"]));
  });
});

describe("V26, communes that add up to their province", () => {
  const communes = [
    row(BA_DINH, [figure("fibre_hh_passed", 10, 20)]),
    row(HOAN_KIEM, [figure("fibre_hh_passed", 5, 10)]),
  ];
  const elsewhere = row(at("02647", "Phường Lào Cai"), [figure("fibre_hh_passed", 1, 2)]);
  const total = (
    numerator: number,
    denominator: number | null,
    more: Partial<TotalRow> = {},
  ): TotalRow => ({
    sheet: null,
    number: 9,
    level: "province",
    provinceCode: "01",
    provinceName: null,
    figures: [figure("fibre_hh_passed", numerator, denominator)],
    ...more,
  });

  it("takes a total that is their sum", async () => {
    const around = { totals: [total(15, 30)] };
    expect(await fileSlugs([...communes, elsewhere], around)).toEqual(["judged"]);
    expect((await verdicts([...communes, elsewhere], around)).flat()).toEqual(
      Array(3).fill("accepted"),
    );
  });

  it.each([
    [16, 30, "V26.numerators_differ"],
    [15, 31, "V26.denominators_differ"],
  ])(
    "holds the rows of the province for a total of %d of %d",
    async (numerator, denominator, expected) => {
      const around = { totals: [total(numerator, denominator)] };
      const judged = await judgeRows([...communes, elsewhere], around);
      expect(judged.faults).toMatchObject([{ rule: "V26", row: 9, severity: "hold" }]);
      expect(await verdicts([...communes, elsewhere], around)).toEqual([
        ["held", expected],
        ["held", expected],
        ["accepted"],
      ]);
    },
  );

  it("does not ask for a sum of rows that could not be taken", async () => {
    const [first = elsewhere] = communes;
    const broken = row(HOAN_KIEM, [figure("fibre_hh_passed", 12, 10)]);
    expect(await verdicts([first, broken], { totals: [total(15, 30)] })).toEqual([
      ["accepted"],
      ["refused", "V02.more_than_all"],
    ]);
  });

  it("compares a province's own row when all its communes are there, or are more already", async () => {
    const lang = row(at("02143", "Xã Văn Lang"), [figure("fibre_hh_passed", 10, 20)]);
    const rest = ["05665", "05443"].map((code) =>
      row(at(code, null), [figure("fibre_hh_passed", 5, 10)]),
    );
    const province = (numerator: number) =>
      row(at("19", "Thái Nguyên", { level: "province" }), [
        figure("fibre_hh_passed", numerator, 40),
      ]);
    const held = async (rowsOfFile: readonly ReturnType<typeof row>[]) =>
      (await verdicts(rowsOfFile)).map(([verdict]) => verdict);
    expect(await held([lang, ...rest, province(20)])).toEqual(Array(4).fill("accepted"));
    expect(await held([lang, ...rest, province(21)])).toEqual(Array(4).fill("held"));
    expect(await held([lang, province(21)])).toEqual(["accepted", "accepted"]);
    expect(await held([lang, province(9)])).toEqual(["held", "held"]);
  });
});
