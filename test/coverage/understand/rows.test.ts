import { describe, expect, test } from "vitest";
import type { StatedFigure, UnderstoodRow } from "../../../src/coverage/contract.ts";
import { understand } from "../../../src/coverage/understand/index.ts";
import {
  allRows,
  madeFile,
  madeSheet,
  merge,
  realRegister,
  SETTINGS,
  table,
  understood,
} from "../../support/read-file.ts";

const register = await realRegister();
const take = (text: string, settings = {}) => understood(text, register, settings);

/** What is worth comparing of a figure. */
function short({ indicator, status, numerator, denominator, statedRatio }: StatedFigure) {
  return [indicator, status, numerator, denominator, statedRatio];
}

const figures = (rows: readonly UnderstoodRow[]) => rows.map((row) => row.figures.map(short));

describe("a row per commune", () => {
  test("gives each figure the denominator of its kind, and all of them beside", async () => {
    const { rows } = await take(`
      Mã xã | Tổng số hộ | Số hộ có cáp quang | Tỷ lệ (%) | Dân số | Dân số được phủ sóng 4G | Trạm BTS 5G | Nguồn
      00004 | #1000 | #850 | 85,0 | #4000 | #3900 | #3 | Niên giám 2025`);
    expect(figures(rows)).toEqual([
      [
        ["fibre_hh_using", "present", 850, 1000, 0.85],
        ["pop_4g", "present", 3900, 4000, null],
        ["sites_5g", "present", 3, null, null],
      ],
    ]);
    expect(rows[0]?.denominators).toEqual({ households: 1000, population: 4000 });
    expect(rows[0]?.figures.map(({ denominatorSource }) => denominatorSource)).toEqual([
      "Niên giám 2025",
      "Niên giám 2025",
      null,
    ]);
    expect(rows[0]?.figures[0]).toMatchObject({
      ratioDecimals: 1,
      columns: { numerator: "Số hộ có cáp quang", denominator: "Tổng số hộ", ratio: "Tỷ lệ (%)" },
    });
  });

  test("has no figure where its cells are empty, and 0 where they say 0", async () => {
    const { rows } = await take("Mã xã | Số hộ | Số hộ có cáp quang\n00004 | #5 |\n00070 | #5 | 0");
    expect(figures(rows)).toEqual([[], [["fibre_hh_using", "present", 0, 5, null]]]);
  });

  test("with nothing but a percentage has no counts", async () => {
    const { rows } = await take("Mã xã | Số hộ | Tỷ lệ hộ có cáp quang (%)\n00004 | #5 | 85,5%");
    expect(figures(rows)).toEqual([[["fibre_hh_using", "present", null, null, 0.855]]]);
  });

  test("gives percentages as they are divided by 100, also where a spreadsheet keeps 0.85 for 85 %", async () => {
    const { rows } = await take("Mã xã | Tỷ lệ hộ có cáp quang (%)\n00004 | #0.85\n00070 | #130");
    expect(rows.map((row) => row.figures[0]?.statedRatio)).toEqual([0.0085, 1.3]);
  });

  test("hands on negative and broken counts as they are, for the rules to judge", async () => {
    const { rows, faults } = await take("Mã xã | Số hộ có cáp quang\n00004 | -5\n00070 | 12,5");
    expect(rows.map((row) => row.figures[0]?.numerator)).toEqual([-5, 12.5]);
    expect(faults).toEqual([]);
  });

  test("answers yes and no with 1 and 0 of 1", async () => {
    const { rows } = await take(
      "Mã xã | Xã có 5G\n00004 | Có\n00070 | không\n02680 | #1\n02647 | ✓",
    );
    expect(rows.map((row) => row.figures.map(short)[0]?.slice(2, 4))).toEqual([
      [1, 1],
      [0, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  test("takes x for yes only in a column of marks", async () => {
    const marks = await take("Mã xã | Xã có 5G\n00004 | x\n00070 |");
    expect(figures(marks.rows)).toEqual([[["commune_has_5g", "present", 1, 1, null]], []]);
    const mixed = await take("Mã xã | Xã có 5G\n00004 | x\n00070 | có");
    expect(mixed.rows[0]?.figures.map(short)).toEqual([
      ["commune_has_5g", "not_collected", null, null, null],
    ]);
  });
});

describe("words for numbers", () => {
  test.each([
    ["đang cập nhật", "not_collected"],
    ["Đang cập nhật…", "not_collected"],
    ["-", "not_collected"],
    ["–", "not_collected"],
    ["x", "not_collected"],
    ["N/A", "not_collected"],
    ["chưa có", "not_collected"],
    ["không có số liệu", "not_collected"],
    ["…", "not_collected"],
    ["Không áp dụng", "not_applicable"],
    ["KAD", "not_applicable"],
    ["bảo mật", "suppressed"],
  ])("%s is %s and no number", async (word, status) => {
    const { rows, codes } = await take(`Mã xã | Số hộ | Số hộ có cáp quang\n00004 | #5 | ${word}`);
    expect(figures(rows)).toEqual([[["fibre_hh_using", status, null, null, null]]]);
    expect(codes).toEqual(["V14.status"]);
  });

  test.each(["không có", "5 - 6", "khoảng 900", "một trăm", "12/5"])(
    "%s refuses its row",
    async (word) => {
      const { rows } = await take(`Mã xã | Số hộ có cáp quang\n00004 | ${word}`);
      expect(rows[0]?.figures).toEqual([]);
      expect(rows[0]?.faults).toMatchObject([{ rule: "V14", severity: "reject_row", value: word }]);
    },
  );
});

describe("numbers, decided per column", () => {
  const column = async (...cells: readonly string[]) => {
    const lines = cells.map((cell) => `00004 | ${cell}`).join("\n");
    const {
      rows,
      codes,
      understood: found,
    } = await take(`Mã xã | Dân số được phủ sóng 4G\n${lines}`);
    return {
      values: rows.map((row) => row.figures[0]?.numerator),
      codes,
      decimal: found?.columns[1]?.decimal,
    };
  };

  test("one cell that tells decides for all, wherever it stands", async () => {
    expect(await column("1.234", "30.509", "1.865.270")).toEqual({
      values: [1234, 30_509, 1_865_270],
      codes: [],
      decimal: ",",
    });
    expect(await column("30,509", "0.85")).toEqual({
      values: [30_509, 0.85],
      codes: [],
      decimal: ".",
    });
    expect(await column("3.359,80", "1,234")).toMatchObject({
      values: [3359.8, 1.234],
      decimal: ",",
    });
  });

  test("ambiguous cells alone are held, the whole number shown; others of their column are not", async () => {
    expect(await column("1.234", "987")).toEqual({
      values: [1234, 987],
      codes: ["V13.ambiguous"],
      decimal: null,
    });
  });

  test("a column of counts that groups thousands throughout needs no other proof", async () => {
    expect(await column("1.234", "2.345", "12.000", "987")).toEqual({
      values: [1234, 2345, 12_000, 987],
      codes: [],
      decimal: null,
    });
    expect(await column("1.234", "2,345", "12.000")).toMatchObject({
      codes: ["V13.ambiguous", "V13.ambiguous", "V13.ambiguous"],
    });
  });

  test("where cells prove both signs, all with a sign are held", async () => {
    expect(await column("3.359,80", "0.85", "1.234", "987")).toMatchObject({
      values: [3359.8, 0.85, 1234, 987],
      codes: ["V13.conflict", "V13.conflict", "V13.conflict"],
      decimal: null,
    });
  });

  test("numbers of spreadsheets need no decision", async () => {
    expect(await column("#1234", "#0.5")).toMatchObject({ values: [1234, 0.5], codes: [] });
  });
});

describe("a row per figure", () => {
  const LONG =
    "Mã xã | Chỉ tiêu | Tử số | Mẫu số | Tỷ lệ | Doanh nghiệp | Cơ sở số liệu | Phiên bản | Nguồn";

  test("names its indicator by code or by header, and its terms in any language", async () => {
    const { rows, codes } = await take(`${LONG}
      00004 | pop_4g | #900 | #1000 | | Viettel | đo kiểm | 1 | Niên giám
      00004 | Số hộ có cáp quang | #8 | #10 | 80 | tất cả | reported | |
      00004 | Tỷ lệ hộ có cáp quang | | | 80 | | | |
      00004 | lạ lùng | #1 | #2 | | Hãng khác | | |`);
    expect(codes).toEqual([]);
    expect(figures(rows)).toEqual([
      [["pop_4g", "present", 900, 1000, null]],
      [["fibre_hh_using", "present", 8, 10, 0.8]],
      [["fibre_hh_using", "present", null, null, 0.8]],
      [["lạ lùng", "present", 1, null, null]],
    ]);
    expect(rows[0]?.figures[0]).toMatchObject({
      version: 1,
      operator: "viettel",
      basis: "measured",
      denominatorSource: "Niên giám",
    });
    expect(rows.map((row) => row.figures[0]?.operator)).toEqual([
      "viettel",
      "all",
      "all",
      "Hãng khác",
    ]);
    expect(rows[0]?.denominators).toEqual({ population: 1000 });
  });

  test("takes a status from its column", async () => {
    const { rows } = await take(
      "Mã xã | Chỉ tiêu | Giá trị | Trạng thái\n00004 | pop_4g | | bảo mật",
    );
    expect(figures(rows)).toEqual([[["pop_4g", "suppressed", null, null, null]]]);
  });

  test("stands for all rows over which its place was merged", async () => {
    const rows = table(
      "Mã xã | Chỉ tiêu | Tử số\n00004 | pop_4g | #9\n | pop_5g | #8\n00070 | pop_4g | #7",
    );
    const file = madeFile(madeSheet(rows, { merges: [merge(1, 0, 2, 0)] }));
    const { rows: read } = await understood(file, register);
    expect(read.map(({ place }) => place.code)).toEqual(["00004", "00004", "00070"]);
  });
});

test("rows can be gone through twice, and are not kept", async () => {
  let passes = 0;
  const sheet = {
    name: null,
    merges: [],
    rows: async function* () {
      passes += 1;
      yield { number: 1, cells: ["Mã xã", "Số hộ"] };
      for (let at = 0; at < 3000; at += 1) yield { number: at + 2, cells: ["00004", at] };
    },
  };
  const { understood: found, rows } = await understood(madeFile(sheet), register);
  const before = passes;
  if (found === null) throw new Error("not understood");
  expect(await allRows(found)).toEqual(rows);
  expect(passes).toBe(before + 1);
});

test("progress is told while a file is gone through", async () => {
  const told: number[] = [];
  const rows = [["Mã xã", "Số hộ"], ...Array.from({ length: 2500 }, () => ["00004", 5])];
  await understand(madeFile(madeSheet(rows)), register, SETTINGS, (_, count) => told.push(count));
  expect(told).toEqual([1000, 2000]);
});
