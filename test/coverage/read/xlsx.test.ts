import { describe, expect, test } from "vitest";
import { writeXlsx } from "hucre/xlsx";
import { writeOds } from "hucre/ods";
import { makeBook, makeZip } from "../../support/made-zip.ts";
import { codeOf, opened, refusal, refusalFault, rowsOf } from "./open.ts";

const ROW = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>';

async function cellsOf(sheetData: string, rest: Partial<Parameters<typeof makeBook>[0]> = {}) {
  const xml = `<sheetData>${sheetData}</sheetData>`;
  const file = await opened("a.xlsx", makeBook({ sheets: [{ name: "S", xml }], ...rest }));
  return (await rowsOf(file)).map(({ cells }) => cells);
}

describe("an XLSX", () => {
  test("gives texts without their formatting: shared, rich, inline, of a formula", async () => {
    const texts =
      '<si><t>Mã xã</t></si><si><r><rPr><b/></rPr><t>Ba </t></r><r><t xml:space="preserve">Đình</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si><si><t>a &lt;b&gt; &amp; &#x110;_x000D_</t></si>';
    const row =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c><c r="E1" t="str"><f>A1</f><v>Mã xã</v></c></row>';
    expect(await cellsOf(row, { texts })).toEqual([
      ["Mã xã", "Ba Đình", "a <b> & Đ\r", "inline", "Mã xã"],
    ]);
  });

  test("tells a formula without a stored value and a spreadsheet's error from an empty cell", async () => {
    const row =
      '<row><c><f>B1+1</f></c><c/><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c><f>SUM(B1)</f><v>5</v></c><c t="b"><v>1</v></c></row>';
    expect(await cellsOf(row)).toEqual([
      [
        { problem: "no_value", text: "=B1+1" },
        null,
        { problem: "error", text: "#DIV/0!" },
        5,
        true,
      ],
    ]);
  });

  test("gives serial numbers with a date format as days, counted from 1900 or 1904", async () => {
    const styles =
      '<numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="#,##0 &quot;d&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>';
    const row =
      '<row r="3"><c r="A3" s="1"><v>46022</v></c><c r="B3" s="2"><v>59</v></c><c r="C3" s="3"><v>46022</v></c></row>';
    expect(await cellsOf(row, { styles })).toEqual([
      [new Date("2025-12-31"), new Date("1900-02-28"), 46022],
    ]);
    expect(await cellsOf(row, { styles, date1904: true })).toEqual([
      [new Date("2030-01-01"), new Date("1904-02-29"), 46022],
    ]);
  });

  test("tells numbers that are shown as percentages, by a format of its own or one that Excel has", async () => {
    const styles =
      '<numFmts count="2"><numFmt numFmtId="164" formatCode="0.000%"/><numFmt numFmtId="165" formatCode="0&quot;%&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>';
    const row =
      '<row r="1"><c r="A1" s="1"><v>0.57</v></c><c r="B1" s="2"><v>0.85125</v></c><c r="C1" s="3"><v>85</v></c><c r="D1" s="0"><v>0.85</v></c></row>';
    expect(await cellsOf(row, { styles })).toEqual([
      [{ percent: 57 }, { percent: 85.125 }, 85, 0.85],
    ]);
  });

  test("keeps row numbers, leaves empty rows out, and can be read again", async () => {
    const xml =
      '<sheetData><row r="2"><c r="B2"><v>1</v></c></row><row r="3"><c r="A3" s="0"/></row><row r="9"><c r="A9"><v>2</v></c></row></sheetData>';
    const file = await opened("a.xlsx", makeBook({ sheets: [{ name: "S", xml }] }));
    const rows = [
      { number: 2, cells: [null, 1] },
      { number: 9, cells: [2] },
    ];
    expect(await rowsOf(file)).toEqual(rows);
    expect(await rowsOf(file)).toEqual(rows);
  });

  test("gives merged ranges, and tells hidden rows and columns", async () => {
    const xml = `<cols><col min="2" max="3" hidden="1"/><col min="9" max="16384" hidden="1"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C2"/></mergeCells>`;
    const file = await opened("a.xlsx", makeBook({ sheets: [{ name: "S", xml }] }));
    expect(file.sheets[0]?.merges).toEqual([{ top: 0, left: 0, bottom: 1, right: 2 }]);
    expect(file.faults.map(codeOf)).toEqual(["V18.hidden_rows"]);
    expect(file.faults[0]).toMatchObject({ sheet: "S", severity: "warn", detail: { rows: 1 } });
    expect(await rowsOf(file)).toHaveLength(2);
  });

  test("leaves hidden sheets out and names each", async () => {
    const sheets = [
      { name: "Tháng 9", xml: ROW },
      { name: "Nháp", xml: ROW, state: "hidden" },
      { name: "Cũ &amp; mới", xml: ROW, state: "veryHidden" },
      { name: "Trống", xml: "<sheetData/>" },
    ] as const;
    const file = await opened("a.xlsx", makeBook({ sheets }));
    expect(file.sheets.map(({ name }) => name)).toEqual(["Tháng 9"]);
    expect(file.faults.map((each) => [codeOf(each), each.sheet, each.severity])).toEqual([
      ["V18.hidden_sheet", "Nháp", "warn"],
      ["V18.hidden_sheet", "Cũ & mới", "warn"],
    ]);
  });

  test("with nothing but hidden or empty sheets is refused", async () => {
    const sheets = [
      { name: "A", xml: ROW, state: "hidden" },
      { name: "B", xml: "<sheetData/>" },
    ] as const;
    expect(await refusal("a.xlsx", makeBook({ sheets }))).toBe("V28.empty_file");
  });

  test("is read alike when its tags have prefixes, comments, CDATA and odd quotes", async () => {
    const xml = `<x:sheetData><!-- a > b --><x:row r='1'><x:c r='A1' t="str" note='a>b"c'><x:v><![CDATA[Đ<1>]]></x:v></x:c></x:row></x:sheetData><?pi?>`;
    const file = await opened("a.xlsx", makeBook({ sheets: [{ name: "S", xml }] }));
    expect(await rowsOf(file)).toEqual([{ number: 1, cells: ["Đ<1>"] }]);
  });

  test("with text of an old font is refused, showing what it was", async () => {
    const xml = `<sheetData><row>${["X· §«ng Anh", "Ph­êng BÕn NghÐ", "Hµ Néi"]
      .map((text) => `<c t="str"><v>${text}</v></c>`)
      .join("")}</row></sheetData>`;
    const fault = await refusalFault("a.xlsx", makeBook({ sheets: [{ name: "S", xml }] }));
    expect(codeOf(fault)).toBe("V15.legacy_font");
    expect(fault.detail["meant"]).toBe("Xã Đông Anh Phường Bến Nghé Hà Nội");
  });
});

describe("an ODS", () => {
  test("gives what LibreOffice would show, dates as days", async () => {
    const rows = [["Mã xã", "Tên"], ["00004", "Ba Đình"], [], [1.5, new Date("2025-09-30"), true]];
    const file = await opened("a.ods", await writeOds({ sheets: [{ name: "Tờ 1", rows }] }));
    expect(await rowsOf(file)).toEqual([
      { number: 1, cells: ["Mã xã", "Tên"] },
      { number: 2, cells: ["00004", "Ba Đình"] },
      { number: 4, cells: [1.5, new Date("2025-09-30"), true] },
    ]);
  });

  test("leaves hidden sheets out, gives merges, errors and formulas without value", async () => {
    const file = await opened(
      "a.ods",
      madeOds(
        `
      <style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>`,
        `
      <table:table table:name="A" table:style-name="v"><table:table-row>
        <table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1" office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell>
        <table:covered-table-cell/>
        <table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
        <table:table-cell table:formula="of:=[.A1]"/>
        <table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="3"><text:p>3,00</text:p></table:table-cell>
      </table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="7"/></table:table-row>
      <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
      <table:table table:name="B" table:style-name="h"><table:table-row><table:table-cell office:value-type="float" office:value="3"/></table:table-row></table:table>`,
      ),
    );
    expect(await rowsOf(file)).toEqual([
      {
        number: 1,
        cells: [
          "a  b\nc",
          null,
          { problem: "error", text: "#DIV/0!" },
          { problem: "no_value", text: "of:=[.A1]" },
          3,
          3,
        ],
      },
      { number: 2, cells: [7] },
      { number: 3, cells: [7] },
    ]);
    expect(file.sheets[0]?.merges).toEqual([{ top: 0, left: 0, bottom: 0, right: 1 }]);
    expect(file.faults.map(codeOf)).toEqual(["V18.hidden_sheet"]);
  });

  test("that repeats a row without end, or is no spreadsheet, is refused", async () => {
    const row = (times: number, columns: number) =>
      `<table:table table:name="A"><table:table-row table:number-rows-repeated="${times}"><table:table-cell table:number-columns-repeated="${columns}" office:value-type="float" office:value="7"/></table:table-row></table:table>`;
    expect(await refusal("a.ods", madeOds("", row(900_000, 1)))).toBe("V28.too_many_rows");
    expect(await refusal("a.ods", madeOds("", row(1, 16_384)))).toBe("V28.too_many_columns");
    expect(await refusal("a.ods", madeOds("", row(1, 1), "text"))).toBe("V28.not_a_table");
    const linked = `${row(1, 1)}<table:dde-links><table:dde-link/></table:dde-links>`;
    expect(await refusal("a.ods", madeOds("", linked))).toBe("V28.external_links");
  });
});

test("what hucre writes is read back as it was", async () => {
  const rows = [
    ["Xã", 1, true, new Date("2026-09-30")],
    [null, -1.25, false, "=1+1"],
  ];
  const file = await opened("a.xlsx", await writeXlsx({ sheets: [{ name: "S", rows }] }));
  expect((await rowsOf(file)).map(({ cells }) => cells)).toEqual(rows);
});

function madeOds(styles: string, tables: string, kind = "spreadsheet"): Uint8Array {
  return makeZip([
    { name: "mimetype", content: `application/vnd.oasis.opendocument.${kind}`, stored: true },
    {
      name: "content.xml",
      content: `<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
    },
  ]);
}
