import { readXlsx } from "hucre/xlsx";
import { assert, expect, test } from "vitest";
import { annotatedCopy } from "../../../src/coverage/write/annotated-copy.ts";
import type { ImportFault } from "../../../src/domain/coverage/import-fault.ts";
import { unzip } from "../../support/unzip.ts";
import { communeReports, provinceFile } from "../../support/province-files.ts";
import { opened, rowsOf } from "../read/open.ts";

const reports = await communeReports("04");
const original = await provinceFile("clean", reports, "2026-06-30");
const file = await opened(original.name, original.bytes);

function fault(change: Partial<ImportFault>): ImportFault {
  return {
    sheet: "Số liệu",
    row: null,
    column: null,
    value: null,
    rule: "V18",
    severity: "warn",
    detail: { code: "hidden_rows", rows: 1, columns: 0 },
    ...change,
  };
}

const faults = [
  fault({ sheet: null, rule: "V28", severity: "hold", detail: { code: "empty_file" } }),
  fault({ row: 3, column: "Tổng số hộ gia đình", severity: "reject_row" }),
  fault({ row: 3, column: "Tổng số hộ gia đình", severity: "warn" }),
  fault({ row: 5, column: "D", severity: "hold" }),
  fault({ row: 6, column: "No such header" }),
];

async function copied(...args: Parameters<typeof annotatedCopy>) {
  const book = await readXlsx(await annotatedCopy(...args), { readStyles: true });
  const [summary, sheet] = book.sheets;
  assert(summary);
  return { summary, sheet };
}

test("an annotated copy keeps every row in its place and every value", async () => {
  const { sheet } = await copied(file, faults);
  const rows = await rowsOf(file);
  expect(sheet?.name).toBe("Số liệu");
  expect(sheet?.rows.map((row) => row.slice(0, 12))).toEqual(rows.map(({ cells }) => cells));
});

test("it fills faulty cells by severity, with a note in both languages", async () => {
  const { sheet } = await copied(file, faults);
  const marked = sheet?.cells?.get("2,6");
  expect(marked?.value).toBe(2370);
  expect(JSON.stringify(marked?.style?.fill)).toContain("F4B6B0");
  expect(marked?.comment?.text).toContain("V18 · Từ chối dòng / Row refused");
  expect(marked?.comment?.text).toContain("dòng");
  expect(marked?.comment?.text).toContain("hidden rows");
  expect(marked?.comment?.text.match(/V18/g)).toHaveLength(2);
  expect(JSON.stringify(sheet?.cells?.get("4,3")?.style?.fill)).toContain("FFE9A8");
  expect(sheet?.cells?.get("4,3")?.comment?.text).toContain("Chờ xem xét");
  expect(sheet?.cells?.get("5,0")?.comment?.text).toContain("No such header");
  expect(sheet?.cells?.get("3,6")?.comment).toBeUndefined();
});

test("it says everything in words in a last column too", async () => {
  const { sheet } = await copied(file, faults);
  expect(sheet?.rows[0]?.[12]).toBe("Lỗi / Faults");
  expect(sheet?.rows[2]?.[12]).toContain("Từ chối dòng / Row refused · Tổng số hộ gia đình");
  expect(sheet?.rows[3]?.[12] ?? null).toBeNull();
});

test("its first sheet tells the outcome, faults of the file, counts by rule and the legend", async () => {
  const counts = { accepted: 50, held: 2, refused: 4 };
  const { summary } = await copied(file, faults, { maxRows: 20_000, counts });
  expect(summary.name).toBe("Tóm tắt - Summary");
  const lines = summary.rows.map((row) => row.filter((cell) => cell !== null).join(" | "));
  expect(lines).toContain("Dòng bị từ chối / Rows refused | 4");
  expect(lines.find((line) => line.includes("V28"))).toContain("The file has no row to read");
  expect(lines).toContain("Từ chối dòng / Row refused | V18 | 1");
  expect(lines).toContain("Lưu ý / Notice");
  const refused = [fault({ severity: "reject_file" })];
  const { summary: other } = await copied({ name: "x.csv", sheets: [] }, refused);
  expect(String(other.rows[2]?.[1])).toContain("Refused as a whole");
});

test("above its limit it has the faulty rows alone, with their numbers", async () => {
  const { summary, sheet } = await copied(
    file,
    [...faults, fault({ row: 40, column: "Mã xã", severity: "hold" })],
    { maxRows: 20, counts: null },
  );
  expect(sheet?.rows.map((row) => row[0])).toEqual([
    "Dòng / Row",
    ...Array.from({ length: 12 }, (_, at) => at + 1),
    40,
  ]);
  expect(sheet?.rows[0]?.[13]).toBe("Lỗi / Faults");
  expect(sheet?.cells?.get("13,4")?.comment?.text).toContain("Mã xã");
  expect(summary.rows.flat().join()).toContain("more than 20 rows");
  const all = await rowsOf(file);
  const { sheet: cut } = await copied(
    file,
    all.map(({ number }) => fault({ row: number })),
    { maxRows: 10, counts: null },
  );
  expect(cut?.rows).toHaveLength(11);
});

test("headers of several rows lead to their column", async () => {
  const two = await provinceFile("two_headers", reports, "2026-06-30");
  const read = await opened(two.name, two.bytes);
  const { sheet } = await copied(read, [
    fault({ sheet: "Biểu 01", row: 8, column: "Di động / Tổng dân số" }),
    fault({ sheet: "Biểu 01", row: 9, column: "Tên xã/phường" }),
  ]);
  expect(sheet?.cells?.get("7,6")?.comment?.text).toContain("Di động / Tổng dân số");
  expect(sheet?.cells?.get("8,2")?.comment).toBeDefined();
  expect(sheet?.merges).toHaveLength(7);
});

test("it runs nothing that was sent, and survives what no XML can hold", async () => {
  const csv = "=cmd|' /C calc'!A0;-5;\"@x\";a\u0001b\ufffe;-\n1;2;3;4;5";
  const { sheet } = await copied(await opened("a.csv", csv), [fault({ sheet: null, row: 1 })]);
  expect(sheet?.rows[0]?.slice(0, 5)).toEqual(["'=cmd|' /C calc'!A0", "-5", "'@x", "ab", "-"]);
});

test("its parts are whole: notes, their drawing, styles, all named by the package", async () => {
  const parts = unzip(await annotatedCopy(file, faults));
  expect([...parts.keys()].filter((name) => /comments|vml/i.test(name))).toHaveLength(2);
  const begins = [...parts]
    .filter(([name]) => name.endsWith(".xml"))
    .map(([, xml]) => xml.slice(0, 5));
  expect(new Set(begins)).toEqual(new Set(["<?xml"]));
  const types = parts.get("[Content_Types].xml") ?? "";
  const unnamed = [...parts.keys()].filter(
    (name) => !types.includes(`/${name}`) && !/\.(?:rels|vml)$|Content_Types/.test(name),
  );
  expect(unnamed).toEqual([]);
});

test("it is read again like any spreadsheet", async () => {
  const again = await opened("sua.xlsx", await annotatedCopy(file, faults));
  expect(again.sheets.map(({ name }) => name)).toEqual(["Tóm tắt - Summary", "Số liệu"]);
  expect((await rowsOf(again, 1))[1]?.cells.slice(0, 12)).toEqual((await rowsOf(file))[1]?.cells);
});
