import { readXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { type SheetPlan, toXlsx } from "../../src/reports/xlsx.ts";
import { unzip } from "../support/unzip.ts";

const PROPERTIES = {
  title: "Danh sách",
  description: "thử",
  created: new Date("2026-11-22T00:00:00Z"),
};

const PLAN: SheetPlan = {
  name: "Cổng",
  lines: ["Tiêu đề", "ghi chú"],
  columns: [
    { header: "Tên", width: 40 },
    { header: "Ngày", width: 12, as: "day" },
    { header: "Tỷ lệ", width: 10, as: "ratio" },
    { header: "Mức", width: 20 },
  ],
  rows: [
    ["=1+1", new Date("2026-01-15T00:00:00Z"), 0.5, { value: "L4 – tốt", tone: "good" }],
    ["\t@x", null, null, { value: "L0", tone: "bad" }],
  ],
};

const read = async (plans: readonly SheetPlan[]) => {
  const bytes = await toXlsx(plans, PROPERTIES);
  return { sheets: (await readXlsx(bytes, { readStyles: true })).sheets, parts: unzip(bytes) };
};

describe("an XLSX file", () => {
  test("keeps dates as dates, ratios as numbers, and texts as texts, none of them a formula", async () => {
    const { sheets, parts } = await read([PLAN]);
    expect(sheets[0]?.rows.slice(2)).toEqual([
      ["Tên", "Ngày", "Tỷ lệ", "Mức"],
      ["'=1+1", new Date("2026-01-15T00:00:00Z"), 0.5, "L4 – tốt"],
      ["'\t@x", null, null, "L0"],
    ]);
    const xml = parts.get("xl/worksheets/sheet1.xml") ?? "";
    expect(xml).toContain("<sheetData>");
    expect(xml).not.toMatch(/<f[ >]/);
    expect(parts.get("xl/styles.xml")).toContain('formatCode="yyyy-mm-dd"');
  });

  test.each(["=", "+", "-", "@", "\t", "\r", "\n", "＝", " ="])(
    "puts a quote before a text that begins with %j",
    async (first) => {
      const { sheets } = await read([
        { ...PLAN, rows: [[`${first}cmd|' /C calc'!A0`, null, null, ""]] },
      ]);
      expect(sheets[0]?.rows[3]?.[0]).toMatch(/^'/);
    },
  );

  test("has its header frozen, filtered, and on every printed page", async () => {
    const { sheets, parts } = await read([PLAN]);
    expect(sheets[0]).toMatchObject({
      freezePane: { rows: 3 },
      autoFilter: { range: "A3:D5" },
      pageSetup: { orientation: "landscape", paperSize: "a4" },
    });
    const xml = parts.get("xl/worksheets/sheet1.xml") ?? "";
    expect(xml).toContain('state="frozen"');
    expect(xml).toContain('width="40"');
    expect(parts.get("xl/workbook.xml")).toContain("_xlnm.Print_Titles");
  });

  test("colours cells that say the same in words", async () => {
    const { sheets } = await read([PLAN]);
    const fill = (ref: string) => sheets[0]?.cells?.get(ref)?.style?.fill;
    expect(fill("3,3")).toMatchObject({ fgColor: { rgb: expect.stringContaining("C6E7CE") } });
    expect(fill("4,3")).toMatchObject({ fgColor: { rgb: expect.stringContaining("F4B6B0") } });
    expect(fill("3,0")).toBeUndefined();
  });

  test("has sheet names that Excel takes, each once", async () => {
    const long = "Ủy ban nhân dân thành phố Hồ Chí Minh: [phường/xã]";
    const { sheets } = await read([
      PLAN,
      { ...PLAN, name: "cổng" },
      { ...PLAN, name: long },
      { ...PLAN, name: "" },
    ]);
    const names = sheets.map(({ name }) => name);
    expect(names).toEqual(["Cổng", "cổng (2)", long.slice(0, 31).trimEnd(), "–"]);
  });

  test("survives texts with control characters, half surrogates and endless length", async () => {
    const text = `a\u0000b\u001f\ud800${"x".repeat(40_000)}`;
    const { sheets } = await read([{ ...PLAN, rows: [[text, null, null, ""]] }]);
    expect(String(sheets[0]?.rows[3]?.[0])).toHaveLength(32_767);
  });
});
