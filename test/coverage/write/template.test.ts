import { readXlsx, writeXlsx, type CellValue } from "hucre/xlsx";
import { afterAll, assert, beforeAll, describe, expect, test } from "vitest";
import type { ImportSettings, JudgedRow, Register } from "../../../src/coverage/contract.ts";
import { judge } from "../../../src/coverage/rules/index.ts";
import { understand } from "../../../src/coverage/understand/index.ts";
import { provinceTemplate } from "../../../src/coverage/write/template.ts";
import type { Day } from "../../../src/domain/calendar.ts";
import { indicatorOn } from "../../../src/domain/coverage/indicator.ts";
import { loadDenominatorKinds, loadIndicators } from "../../../src/store/coverage-register.ts";
import { loadUnitBook } from "../../../src/store/unit-book.ts";
import { openCoverageDatabase } from "../../support/coverage-database.ts";
import { plausibleFigure } from "../../support/plausible-figures.ts";
import { unzip } from "../../support/unzip.ts";
import { opened } from "../read/open.ts";

const AS_OF: Day = "2026-09-30";
const PROVINCE = "04";

const SETTINGS: ImportSettings = {
  source: "so-kh-cn",
  asOf: null,
  unitsDay: null,
  basis: null,
  operator: "all",
  reason: null,
  onlyProvince: PROVINCE,
  today: "2026-11-22",
};

let register: Register;
let template: Uint8Array;
let close: () => Promise<void>;

beforeAll(async () => {
  const database = await openCoverageDatabase();
  close = database.close;
  const { db } = database;
  register = {
    units: await loadUnitBook(db),
    indicators: await loadIndicators(db),
    denominatorKinds: await loadDenominatorKinds(db),
    operators: [],
  };
  template = await provinceTemplate({ ...place(), ...asked(), asOf: AS_OF, denominators: known() });
}, 60_000);

afterAll(() => close());

/** Real communes of a real province. */
function place() {
  const { units } = register;
  const province = units.on("province", PROVINCE, AS_OF);
  assert(province);
  const communes = units
    .allOn("commune", AS_OF)
    .filter(({ id }) => units.attributesOn(id, AS_OF).parentId === province.id)
    .map(({ id, code }) => ({ code, name: units.attributesOn(id, AS_OF).fullNameVi }));
  return {
    province: { code: PROVINCE, name: units.attributesOn(province.id, AS_OF).fullNameVi },
    communes,
  };
}

/** Everything that is counted for communes. */
function asked() {
  const codes = new Set(register.indicators.map(({ code }) => code));
  const indicators = [...codes].flatMap((code) => {
    const found = indicatorOn(register.indicators, code, AS_OF);
    return found?.lowestLevel === "commune" ? [found] : [];
  });
  return { indicators, denominatorKinds: register.denominatorKinds };
}

function known() {
  return place().communes.map(({ code }) => ({
    communeCode: code,
    kind: "households",
    count: 1000,
    source: "Tổng điều tra",
    asOf: "2026-04-01",
  }));
}

/** The template with these values in its empty cells, by header and position of the commune. */
async function filledIn(value: (header: string, at: number) => CellValue): Promise<Uint8Array> {
  const book = await readXlsx(template);
  const [header = [], ...rows] = book.sheets[0]?.rows ?? [];
  const filled = rows.map((row, at) =>
    header.map((title, column) => row[column] ?? value(String(title), at)),
  );
  return writeXlsx({
    sheets: [
      { name: book.sheets[0]?.name ?? "", rows: [header, ...filled] },
      { name: book.sheets[1]?.name ?? "", rows: book.sheets[1]?.rows ?? [] },
    ],
  });
}

async function imported(bytes: Uint8Array): Promise<JudgedRow[]> {
  const file = await opened("mau.xlsx", bytes);
  expect(file.faults).toEqual([]);
  const understood = await understand(file, register, SETTINGS);
  assert(understood.ok, JSON.stringify(understood));
  expect(understood.value.faults).toEqual([]);
  const nothing = { current: () => null, before: () => null };
  const judged = await judge(understood.value, register, SETTINGS, async () => nothing);
  assert(!judged.refused, JSON.stringify(judged.faults));
  expect(judged.faults).toEqual([]);
  const rows: JudgedRow[] = [];
  for await (const row of judged.rows()) rows.push(row);
  return rows;
}

describe("the template of a province", () => {
  test("imports without a fault when completed, every number where it belongs", async () => {
    const { communes } = place();
    const { indicators } = asked();
    const rows = await imported(await filledIn(plausibleFigure));
    expect(rows.flatMap(({ faults }) => faults)).toEqual([]);
    expect(rows.map(({ verdict }) => verdict)).toEqual(communes.map(() => "accepted"));
    for (const row of rows) expect(row.figures).toHaveLength(indicators.length);
    const passed = rows[2]?.figures.find(({ indicator }) => indicator === "fibre_hh_passed");
    expect(passed).toMatchObject({
      numerator: 900,
      denominator: 1000,
      asOf: AS_OF,
      basis: "reported",
    });
    const fibre = rows[2]?.figures.find(({ indicator }) => indicator === "commune_has_fibre");
    expect(fibre).toMatchObject({ numerator: 1, denominator: 1 });
  });

  test("takes each of its words for a status, never for 0", async () => {
    const words = ["chưa có số liệu", "không áp dụng", "không công bố"] as const;
    const rows = await imported(
      await filledIn((header, at) =>
        header.includes("phủ sóng 5G") ? (words[at % 3] ?? "") : plausibleFigure(header),
      ),
    );
    const statuses = rows
      .flatMap(({ figures }) => figures)
      .filter(({ indicator }) => indicator === "pop_5g")
      .map(({ status, numerator }) => [status, numerator]);
    expect(statuses.slice(0, 3)).toEqual([
      ["not_collected", null],
      ["not_applicable", null],
      ["suppressed", null],
    ]);
  });

  test("has codes as text, names, day and known denominators filled in, and the header frozen", async () => {
    const book = await readXlsx(template, { readStyles: true });
    const [sheet, instructions] = book.sheets;
    const { communes, province } = place();
    expect(sheet?.rows[1]?.slice(0, 7)).toEqual([
      1,
      PROVINCE,
      province.name,
      communes[0]?.code,
      communes[0]?.name,
      AS_OF,
      "báo cáo",
    ]);
    expect(sheet?.rows).toHaveLength(communes.length + 1);
    expect(sheet?.freezePane).toMatchObject({ rows: 1 });
    const households = sheet?.rows[0]?.indexOf("Số hộ") ?? -1;
    expect(sheet?.rows[1]?.[households]).toBe(1000);
    expect(sheet?.cells?.get(`0,${households}`)?.comment?.text).toContain(
      "Tổng điều tra (2026-04-01)",
    );
    expect(instructions?.name).toBe("Hướng dẫn");
    expect(instructions?.rows[9]?.[0]).toBe("chưa có số liệu");
  });

  test("lets only whole numbers within their denominator, 0 or 1, or its words be typed", () => {
    const xml = unzip(template).get("xl/worksheets/sheet1.xml") ?? "";
    expect(xml).toMatch(/<dataValidation [^>]*type="list"[^>]*>\s*<formula1>"1,0,chưa có số liệu/);
    expect(xml).toMatch(/<dataValidation type="custom" [^>]*errorStyle="stop"/);
    expect(xml).toContain("OR(NOT(ISNUMBER(H2)),H2&gt;=I2)");
    expect(xml).toContain("'Hướng dẫn'!$A$10:$A$12");
  });
});
