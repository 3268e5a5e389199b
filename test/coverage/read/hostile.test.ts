import { readdir, readFile } from "node:fs/promises";
import { writeXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { hasImportFaultText, importFaultText } from "../../../src/catalogue/import-faults/index.ts";
import type { RuleId } from "../../../src/domain/coverage/import-fault.ts";
import { bookParts, makeBook, type MadeEntry, makeZip } from "../../support/made-zip.ts";
import { opened, refusal, refusalFault, rowsOf } from "./open.ts";

const SHEET = {
  name: "S",
  xml: '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
};

function withPart(name: string, content: string | Uint8Array = "x"): Uint8Array {
  return makeBook({ sheets: [SHEET], more: [{ name, content }] });
}

function sheetOf(xml: string): Uint8Array {
  return makeBook({ sheets: [{ name: "S", xml }] });
}

function cell(ref: string): Uint8Array {
  return sheetOf(`<sheetData><row><c r="${ref}"><v>1</v></c></row></sheetData>`);
}

describe("a file that is no table is refused, by its content whatever its name", () => {
  test.each([
    ["empty_file", "a.csv", ""],
    ["empty_file", "a.csv", " \r\n\t\n"],
    ["empty_file", "a.csv", "\ufeff"],
    ["empty_file", "a.csv", ";;;\n;;\n"],
    ["not_a_table", "a.csv", "<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table>"],
    ["not_a_table", "a.xls", "\n  <html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>"],
    ["not_a_table", "a.xls", "<?xml version='1.0'?><?mso-application?><Workbook>"],
    ["not_a_table", "a.csv", '[{"code":"00004"}]'],
    ["not_a_table", "a.csv", '{"rows":[]}'],
    ["not_a_table", "a.csv", "%PDF-1.7 ..."],
    ["not_a_table", "a.csv", "{\\rtf1 ..."],
    ["wrong_extension", "a.xlsx", "Mã;Số\n1;2"],
    ["wrong_extension", "a.xls", "Mã;Số\n1;2"],
    ["nul_bytes", "a.csv", "a;b\n1;\0\n"],
    ["quote_not_closed", "a.csv", 'a;b\n1;2\n3;"x\n4;5\n'],
  ])("%s: %s %j", async (code, name, content) => {
    expect(await refusal(name, content)).toBe(`V28.${code}`);
  });

  test("an old Excel file, one with a password, a Word file, a picture, an archive", async () => {
    const container = (stream: string) =>
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        Buffer.alloc(504),
        Buffer.from(`${stream}\0`, "utf16le"),
      ]);
    const kindOf = async (bytes: Uint8Array) => (await refusalFault("a", bytes)).detail["kind"];
    expect(await kindOf(container("Workbook"))).toBe("old_excel");
    expect(await kindOf(container("WordDocument"))).toBe("old_word");
    expect(await kindOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d]))).toBe("image");
    expect(await kindOf(makeZip([{ name: "a.csv", content: "1;2" }]))).toBe("zip");
    expect(await kindOf(makeZip([{ name: "word/document.xml", content: "<w/>" }]))).toBe("docx");
    expect(await kindOf(makeZip([{ name: "xl/workbook.bin", content: "x" }]))).toBe("xlsb");
    expect(await refusal("a.xlsx", container("EncryptedPackage"))).toBe("V28.password_protected");
  });

  test("a workbook that hucre wrote with a password", async () => {
    const rows = [["Mã", 1]];
    const bytes = await writeXlsx({
      sheets: [{ name: "S", rows }],
      encryption: { password: "x", spinCount: 100 },
    });
    expect(await refusal("a.xlsx", bytes)).toBe("V28.password_protected");
  });

  test("a workbook named .csv or .xls, and not one without an ending", async () => {
    expect(await refusal("a.csv", makeBook({ sheets: [SHEET] }))).toBe("V28.wrong_extension");
    expect(await refusal("a.xls", makeBook({ sheets: [SHEET] }))).toBe("V28.wrong_extension");
    expect((await opened("so-lieu", makeBook({ sheets: [SHEET] }))).format).toBe("xlsx");
    expect((await opened("so-lieu.2026", "a;b\n1;2")).format).toBe("csv");
  });
});

describe("a workbook with what a report has no need of is refused", () => {
  test.each([
    ["macros", "xl/vbaProject.bin"],
    ["macros", "xl/macrosheets/sheet1.xml"],
    ["external_links", "xl/externalLinks/externalLink1.xml"],
    ["external_links", "xl/connections.xml"],
    ["embedded_objects", "xl/embeddings/oleObject1.bin"],
    ["embedded_objects", "xl/activeX/activeX1.xml"],
  ])("%s: %s", async (code, name) => {
    expect(await refusal("a.xlsx", withPart(name))).toBe(`V28.${code}`);
  });

  test("macros that only the content types tell of", async () => {
    const types = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
    const parts = bookParts({ sheets: [SHEET] }).map((part) =>
      part.name.startsWith("[") ? { ...part, content: `<Types x="${types}"/>` } : part,
    );
    expect(await refusal("a.xlsm", makeZip(parts))).toBe("V28.macros");
  });

  test("and pictures and printer settings are none of that", async () => {
    expect(await rowsOf(await opened("a.xlsx", withPart("xl/media/image1.png")))).toHaveLength(1);
  });
});

describe("an archive that is not what it says is refused", () => {
  const parts = bookParts({ sheets: [SHEET] });
  const sheet = parts.findIndex(({ name }) => name.endsWith("sheet1.xml"));
  const changed = (change: Partial<MadeEntry>) =>
    makeZip(parts.map((part, at) => (at === sheet ? { ...part, ...change } : part)));

  test("cut off anywhere", async () => {
    const bytes = makeZip(parts);
    for (const kept of [0.1, 0.5, 0.9, 0.99]) {
      const part = bytes.subarray(0, Math.floor(bytes.length * kept));
      expect(await refusal("a.xlsx", part)).toBe("V28.truncated");
    }
  });

  test("damaged in the middle", async () => {
    const bytes = Buffer.from(makeZip(parts));
    const at = bytes.indexOf("xl/worksheets/sheet1.xml") + 30;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
    expect(await refusal("a.xlsx", bytes)).toBe("V28.truncated");
  });

  test("inflating to more than is declared, or declared as more than any report has", async () => {
    expect(await refusal("a.xlsx", changed({ claimedSize: 10 }))).toBe("V28.zip_bomb");
    expect(await refusal("a.xlsx", changed({ claimedSize: 0xff_ff_ff_f0 }))).toBe("V28.zip_bomb");
  });

  test("growing a thousandfold", async () => {
    const content = `<worksheet><sheetData>${" ".repeat(9 * 1024 * 1024)}</sheetData></worksheet>`;
    expect(await refusal("a.xlsx", changed({ content }))).toBe("V28.zip_bomb");
  });

  test("with entries over one another, or twice the same name", async () => {
    const over = [
      ...parts,
      { name: "xl/a.xml", content: parts[sheet]?.content ?? "", over: sheet },
    ];
    expect(await refusal("a.xlsx", makeZip(over))).toBe("V28.archive_tricks");
    expect(await refusal("a.xlsx", makeZip([...parts, ...parts]))).toBe("V28.archive_tricks");
  });

  test("with thousands of files, or encrypted ones", async () => {
    const many = Array.from({ length: 2001 }, (_, at) => ({ name: `a${at}`, content: "" }));
    expect(await refusal("a.xlsx", makeZip(many))).toBe("V28.archive_tricks");
    expect(await refusal("a.xlsx", changed({ flags: 1 }))).toBe("V28.password_protected");
  });

  test("a bomb inside of a part that nobody reads costs nothing", async () => {
    const inner = makeZip([{ name: "a", content: Buffer.alloc(1024 * 1024) }]);
    expect(await rowsOf(await opened("a.xlsx", withPart("xl/media/a.zip", inner)))).toHaveLength(1);
  });
});

describe("XML that is built to harm is refused", () => {
  test("a document type with entities", async () => {
    const bomb =
      '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><worksheet><sheetData/></worksheet>';
    const parts = bookParts({ sheets: [SHEET] }).map((part) =>
      part.name.endsWith("sheet1.xml") ? { ...part, content: bomb } : part,
    );
    expect(await refusal("a.xlsx", makeZip(parts))).toBe("V28.xml_doctype");
  });

  test.each([
    ["xml_encoding", Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><worksheet/>')],
    ["xml_encoding", Buffer.from("<worksheet>\ufeff</worksheet>", "utf16le")],
    ["xml_encoding", Buffer.from("<worksheet><v>\xe1</v></worksheet>", "latin1")],
    ["truncated", Buffer.from("<worksheet><sheetData>")],
    ["truncated", Buffer.from("")],
    ["broken_xml", Buffer.from("<a>".repeat(100))],
    ["broken_xml", Buffer.from(`<worksheet ${"a".repeat(200_000)}`)],
  ])("%s", async (code, content) => {
    const parts = bookParts({ sheets: [SHEET] }).map((part) =>
      part.name.endsWith("sheet1.xml") ? { ...part, content } : part,
    );
    expect(await refusal("a.xlsx", makeZip(parts))).toBe(`V28.${code}`);
  });
});

describe("a sheet beyond all measure is refused", () => {
  test("columns far out, and none for empty cells with a format there", async () => {
    expect(await refusal("a.xlsx", cell("XFD1"))).toBe("V28.too_many_columns");
    expect(await refusal("a.xlsx", cell("ZZZZZZZZ1"))).toBe("V28.too_many_columns");
    expect(await refusal("a.csv", ",".repeat(1_000_000))).toBe("V28.too_many_columns");
    const empty = '<sheetData><row><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row></sheetData>';
    expect(await rowsOf(await opened("a.xlsx", sheetOf(empty)))).toEqual([
      { number: 1, cells: [1] },
    ]);
  });

  test("rows beyond the last, or going backwards", async () => {
    const row = (number: string) =>
      sheetOf(`<sheetData><row r="${number}"><c><v>1</v></c></row></sheetData>`);
    expect(await refusal("a.xlsx", row("1048577"))).toBe("V28.too_many_rows");
    expect(await refusal("a.xlsx", row("0"))).toBe("V28.broken_sheet");
    expect(await refusal("a.xlsx", row("x"))).toBe("V28.broken_sheet");
    expect(await rowsOf(await opened("a.xlsx", row("1048576")))).toHaveLength(1);
  });

  test("cells that are too long, and none at the limit", async () => {
    const of = (length: number) =>
      sheetOf(`<sheetData><row><c t="str"><v>${"a".repeat(length)}</v></c></row></sheetData>`);
    expect(await refusal("a.xlsx", of(32_768))).toBe("V28.cell_too_long");
    expect(await rowsOf(await opened("a.xlsx", of(32_767)))).toHaveLength(1);
    expect(await refusal("a.csv", `a;${"b".repeat(32_768)}`)).toBe("V28.cell_too_long");
    const texts = `<si><t>${"a".repeat(40_000)}</t></si>`;
    expect(await refusal("a.xlsx", makeBook({ sheets: [SHEET], texts }))).toBe("V28.cell_too_long");
  });

  test("a row of megabytes and more sheets than districts", async () => {
    expect(await refusal("a.csv", `a;"${"b ".repeat(1_500_000)}`)).toBe("V28.row_too_long");
    const sheets = Array.from({ length: 101 }, (_, at) => ({ ...SHEET, name: `S${at}` }));
    expect(await refusal("a.xlsx", makeBook({ sheets }))).toBe("V28.too_many_sheets");
  });

  test("a text that is not in the table of texts", async () => {
    const xml = '<sheetData><row><c t="s"><v>9</v></c></row></sheetData>';
    expect(await refusal("a.xlsx", sheetOf(xml))).toBe("V28.broken_sheet");
  });
});

test("every fault that reading can tell has a text in both languages", async () => {
  const folder = new URL("../../../src/coverage/read/", import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const codes = new Set(["V15.mojibake", "V15.legacy_font", "V15.letters_lost"]);
  for (const name of files) {
    const source = await readFile(new URL(name, folder), "utf8");
    for (const [, code] of source.matchAll(/unsafe\(\s*"(\w+)"/g)) codes.add(`V28.${code}`);
    for (const [, code] of source.matchAll(/code: "(\w+)" ?\}/g)) codes.add(`V28.${code}`);
    for (const [, rule, code] of source.matchAll(/fault\(\s*"(V\d\d)",\s*"\w+",\s*"(\w+)"/g)) {
      codes.add(`${rule}.${code}`);
    }
  }
  expect(codes.size).toBeGreaterThan(30);
  const without = [...codes].filter((each) => {
    const [rule, code] = each.split(".") as [RuleId, string];
    const fault = { rule, detail: { code } };
    return (
      !hasImportFaultText(fault) ||
      importFaultText(fault, "vi").length < 20 ||
      importFaultText(fault, "en").length < 20
    );
  });
  expect(without).toEqual([]);
});
