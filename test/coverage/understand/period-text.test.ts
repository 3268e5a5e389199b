import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  monthDay,
  periodDay,
  periodsIn,
  quarterDay,
  serialDay,
} from "../../../src/coverage/understand/period-text.ts";
import { addDays, addMonths, utcDay } from "../../../src/domain/calendar.ts";

describe("the last day of what a text names", () => {
  test.each([
    ["30/09/2026", "2026-09-30"],
    ["30-9-2026", "2026-09-30"],
    ["30.9.2026", "2026-09-30"],
    ["30/9/26", "2026-09-30"],
    ["2026-09-30", "2026-09-30"],
    ["2026-09-30T00:00:00", "2026-09-30"],
    ["30/09/2026 00:00:00", "2026-09-30"],
    ["ngày 30 tháng 9 năm 2026", "2026-09-30"],
    ["đến hết ngày 30/9/2026", "2026-09-30"],
    ["Quý III/2026", "2026-09-30"],
    ["Q3/2026", "2026-09-30"],
    ["III/2026", "2026-09-30"],
    ["Q.III/2026", "2026-09-30"],
    ["quí 3 năm 2026", "2026-09-30"],
    ["Quý IV - 2026", "2026-12-31"],
    ["2026-Q3", "2026-09-30"],
    ["tháng 9/2026", "2026-09-30"],
    ["Tháng 02 năm 2028", "2028-02-29"],
    ["T9/2026", "2026-09-30"],
    ["9/2026", "2026-09-30"],
    ["2026-09", "2026-09-30"],
    ["6 tháng đầu năm 2026", "2026-06-30"],
    ["6 tháng cuối năm 2026", "2026-12-31"],
    ["9 tháng năm 2026", "2026-09-30"],
    ["Năm 2025", "2025-12-31"],
    ["2025", "2025-12-31"],
  ])("%s is %s", (text, day) => {
    expect(periodDay(text)).toBe(day);
  });

  test.each([
    "",
    "31/09/2026",
    "29/02/2026",
    "9/30/2026",
    "Quý V/2026",
    "tháng 13/2026",
    "hôm qua",
    "46295",
    "1/2",
  ])("%j names no day", (text) => {
    expect(periodDay(text)).toBeNull();
  });

  test("a quarter and a month may have their year in another cell", () => {
    expect(quarterDay("III", "2026")).toBe("2026-09-30");
    expect(quarterDay("Quý 3", "Năm 2026")).toBe("2026-09-30");
    expect(quarterDay("III", "")).toBeNull();
    expect(monthDay("9", "2026")).toBe("2026-09-30");
  });

  test("a day number of a spreadsheet is its day, within this century", () => {
    expect(serialDay(46_295)).toBe("2026-09-30");
    expect(serialDay(46_295.5)).toBe("2026-09-30");
    expect([serialDay(12), serialDay(90_000)]).toEqual([null, null]);
  });
});

const day = fc
  .integer({ min: Date.parse("1990-01-01T00:00:00Z"), max: Date.parse("2099-12-31T00:00:00Z") })
  .map(utcDay);

test("a day is understood in every way in which it is printed", () => {
  fc.assert(
    fc.property(day, (of) => {
      const [year = "", month = "", date = ""] = of.split("-");
      const long = `ngày ${Number(date)} tháng ${Number(month)} năm ${year}`;
      for (const text of [
        of,
        `${date}/${month}/${year}`,
        `${Number(date)}-${Number(month)}-${year}`,
        long,
      ]) {
        expect(periodDay(text)).toBe(of);
      }
    }),
  );
});

test("months and quarters come to their last day in every way in which they are printed", () => {
  fc.assert(
    fc.property(day, (of) => {
      const [year = "", month = ""] = of.split("-");
      const end = addDays(addMonths(of, 1), -1);
      for (const text of [
        `tháng ${month}/${year}`,
        `T${Number(month)}/${year}`,
        `${month}/${year}`,
      ]) {
        expect(periodDay(text)).toBe(end);
      }
      const quarter = Math.ceil(Number(month) / 3);
      const last = addDays(addMonths(`${year}-01-01`, quarter * 3), -1);
      const roman = ["I", "II", "III", "IV"][quarter - 1] ?? "";
      for (const text of [
        `Quý ${roman}/${year}`,
        `Q${quarter}/${year}`,
        `Quý ${roman} năm ${year}`,
      ]) {
        expect(periodDay(text)).toBe(last);
      }
    }),
  );
});

describe("what a line above a table says of the time of its figures", () => {
  test.each([
    ["BÁO CÁO HẠ TẦNG SỐ QUÝ III NĂM 2026", ["2026-09-30"]],
    ["(Số liệu tính đến ngày 30/9/2026)", ["2026-09-30"]],
    ["Số liệu đến hết ngày 30 tháng 9 năm 2026", ["2026-09-30"]],
    ["Kỳ báo cáo: 6 tháng đầu năm 2026", ["2026-06-30"]],
    ["Lào Cai, ngày 5 tháng 10 năm 2026", []],
    ["(Kèm theo Công văn số 123/SKHCN-BCVT ngày 05/10/2026)", []],
    ["Thực hiện Quyết định số 36/QĐ-TTg ngày 11/01/2024", []],
    ["Quý III/2026 (so với Quý II/2026)", ["2026-09-30", "2026-06-30"]],
  ])("%s", (line, days) => {
    expect(periodsIn(line).days).toEqual(days);
  });

  test("a year alone is a hint, the years of plans are not", () => {
    expect(periodsIn("Báo cáo hạ tầng số năm 2025").year).toBe("2025-12-31");
    expect(periodsIn("Kế hoạch phát triển đến năm 2030").year).toBeNull();
    expect(periodsIn("Kết quả giai đoạn 2021-2025, đến năm 2025").year).toBeNull();
  });
});
