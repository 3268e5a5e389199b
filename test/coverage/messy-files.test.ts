import { type CellValue, writeXlsx, type WriteSheet } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ImportSettings, Register, UploadedFile } from "../../src/coverage/contract.ts";
import { annotatedCopy } from "../../src/coverage/write/annotated-copy.ts";
import type { ImportFault } from "../../src/domain/coverage/import-fault.ts";
import { judgeFile } from "../../src/importing/judge-file.ts";
import { loadDenominatorKinds, loadIndicators } from "../../src/store/coverage-register.ts";
import { loadUnitBook } from "../../src/store/unit-book.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { codeOf, opened } from "./read/open.ts";

let register: Register;
let close: () => Promise<void>;

beforeAll(async () => {
  const database = await openCoverageDatabase();
  close = database.close;
  register = {
    units: await loadUnitBook(database.db),
    indicators: await loadIndicators(database.db),
    denominatorKinds: await loadDenominatorKinds(database.db),
    operators: [],
  };
}, 60_000);
afterAll(() => close());

async function book(...sheets: readonly WriteSheet[]): Promise<UploadedFile> {
  return { name: "bao-cao.xlsx", bytes: await writeXlsx({ sheets: [...sheets] }) };
}

const csv = (text: string): UploadedFile => ({ name: "bao-cao.csv", bytes: Buffer.from(text) });

/** `row verdict code figures` of each row, with the codes of its faults; what stopped the file, if anything did. */
async function outcome(file: UploadedFile, settings: Partial<ImportSettings> = {}) {
  const { judged } = await judgeFile(file, {
    settings: {
      source: "so-kh-cn",
      asOf: "2026-09-30",
      unitsDay: null,
      basis: "reported",
      operator: "all",
      reason: null,
      onlyProvince: null,
      today: "2026-11-22",
      ...settings,
    },
    sourceKind: "province",
    register,
    lookUp: async () => ({ current: () => null, before: () => null }),
    onProgress: () => {},
  });
  const stopped = judged.faults.filter(({ severity }) => severity === "reject_file").map(codeOf);
  const rows: string[] = [];
  if (judged.refused) return { stopped, rows };
  for await (const { number, verdict, unit, figures, faults } of judged.rows()) {
    const values = figures.map(
      (each) =>
        `${each.numerator ?? each.statedRatio}${each.denominator === null ? "" : `/${each.denominator}`}${each.asOf === "2026-09-30" ? "" : ` ${each.asOf}`}`,
    );
    const told = faults.filter(({ severity }) => severity !== "warn").map(codeOf);
    rows.push([number, verdict, unit?.code ?? "-", ...values, ...told].join(" "));
  }
  return { stopped, rows };
}

const HEAD = ["STT", "Mã xã", "Tên xã/phường", "Tổng số hộ", "Số hộ được phủ cáp quang"];
const THUC_PHAN = [1, "01273", "Phường Thục Phán", 5000, 4000];
const TAN_GIANG = [2, "01288", "Phường Tân Giang", 5200, 4200];

describe("what provinces send", () => {
  test("with a title, a double header, a total on top, notes and signatures", async () => {
    const rows: CellValue[][] = [
      ["UBND TỈNH CAO BẰNG", null, null, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
      [null, null, null, "Cao Bằng, ngày 05 tháng 10 năm 2026"],
      ["BÁO CÁO HẠ TẦNG SỐ QUÝ III NĂM 2026"],
      ["(Kèm theo Công văn số 123/SKHCN-BCVT ngày 05/10/2026)"],
      ["STT", "Mã xã", "Tên xã/phường", "Hộ gia đình", null],
      [null, null, null, "Tổng số hộ", "Số hộ được phủ cáp quang"],
      ["(1)", "(2)", "(3)", "(4)", "(5)"],
      ["A", "B", "Tổng cộng (2 xã)", 10_200, 8200],
      ["I", null, "TP Cao Bằng (cũ)", 10_200, 8200],
      THUC_PHAN,
      [],
      TAN_GIANG,
      ["Ghi chú: số liệu do doanh nghiệp cung cấp."],
      ["Người lập biểu", null, null, "KT. CHỦ TỊCH"],
      ["Nơi nhận:"],
    ];
    const merges = [{ startRow: 4, startCol: 3, endRow: 4, endCol: 4 }];
    const file = await book({ name: "Biểu 1", rows, merges });
    expect(await outcome(file, { asOf: null })).toEqual({
      stopped: [],
      rows: ["10 accepted 01273 4000/5000", "12 accepted 01288 4200/5200"],
    });
  });

  test("names alone are of the province that the title names, and refused where they are not one", async () => {
    const rows: CellValue[][] = [
      ["Số liệu tỉnh Cao Bằng quý III/2026"],
      ["STT", "Xã, phường", "Tổng số hộ", "Số hộ được phủ cáp quang"],
      [1, "P. Tân Giang", 5000, 4000],
      [2, "Quang Trung", 5000, 4000],
      [3, "Xã Hợp Thành", 5000, 4000],
      [4, "Xã Tân Giang", 5000, 4000],
    ];
    expect((await outcome(await book({ name: "S", rows }))).rows).toEqual([
      "3 accepted 01288 4000/5000",
      "4 accepted 01465 4000/5000",
      "5 refused - V19.unknown_name",
      "6 refused - V19.other_type",
    ]);
  });

  test("names alone, of no province, are refused where any other province ever had them", async () => {
    const file = csv("Tên xã,Tổng số hộ,Số hộ được phủ cáp quang\nPhường Tân Giang,5000,4000");
    expect((await outcome(file)).rows).toEqual(["2 refused - V19.ambiguous_name"]);
    expect((await outcome(file, { source: "province-04" })).rows).toEqual([
      "2 accepted 01288 4000/5000",
    ]);
    expect((await outcome(file, { onlyProvince: "04" })).rows).toEqual([
      "2 accepted 01288 4000/5000",
    ]);
  });

  test("a bare name that a commune and its province share never lands on the commune", async () => {
    const file = csv(
      "Đơn vị,Tổng số hộ,Số hộ được phủ cáp quang\nPhường Cam Đường,50,40\nLào Cai,5000,4000",
    );
    expect((await outcome(file, { source: "province-15" })).rows).toEqual([
      "2 accepted 02671 40/50",
      "3 refused - V19.ambiguous_name",
    ]);
  });

  test("a province's name in its own column beside a name without type is no total", async () => {
    const file = csv(
      "Tỉnh,Tên xã,Tổng số hộ,Số hộ được phủ cáp quang\nTP. Hà Nội,P.Hồng Hà,5000,4000\nThành phố Hà Nội,X. Đông Anh,5100,4100\nTP Hà Nội,Ba Đình,5200,4200",
    );
    expect((await outcome(file)).rows).toEqual([
      "2 accepted 00097 4000/5000",
      "3 accepted 00454 4100/5100",
      "4 accepted 00004 4200/5200",
    ]);
  });

  test("sheets called after quarters are of those, and held where another day is stated", async () => {
    const file = await book(
      { name: "Quý I-2026", rows: [HEAD, THUC_PHAN] },
      { name: "Quý II-2026", rows: [HEAD, THUC_PHAN] },
    );
    expect((await outcome(file, { asOf: null })).rows).toEqual([
      "2 accepted 01273 4000/5000 2026-03-31",
      "2 accepted 01273 4000/5000 2026-06-30",
    ]);
    expect((await outcome(file, { asOf: "2026-06-30" })).rows[0]).toContain(
      "V20.title_not_as_stated",
    );
  });
});

describe("numbers that would come out wrong by a factor", () => {
  test("cells shown as percentages are what is shown, also among others that are not", async () => {
    const rows: CellValue[][] = [
      ["Mã xã", "Tên xã", "Tỷ lệ hộ được phủ cáp quang (%)"],
      ["01273", "Phường Thục Phán", 0.855],
      ["01279", "Phường Nùng Trí Cao", 0.005],
      ["01288", "Phường Tân Giang", 90],
    ];
    const cells = new Map(
      [1, 2].map((row) => [
        `${row},2`,
        { value: rows[row]?.[2] ?? null, style: { numFmt: "0.0%" } },
      ]),
    );
    expect((await outcome(await book({ name: "S", rows, cells }))).rows).toEqual([
      "2 accepted 01273 0.855",
      "3 accepted 01279 0.005",
      "4 accepted 01288 0.9",
    ]);
  });

  test("0.85 among percentages is held, and so is 12 among 1.234 and 2.5", async () => {
    const ratios = csv(
      "Mã xã,Tên xã,Tỷ lệ hộ được phủ cáp quang\n01273,Phường Thục Phán,0.85\n01288,Phường Tân Giang,90",
    );
    expect((await outcome(ratios)).rows).toEqual([
      "2 held 01273 0.0085 V01.fraction_among_percentages",
      "3 accepted 01288 0.9",
    ]);
    const rows: CellValue[][] = [
      HEAD,
      [1, "01273", "Phường Thục Phán", 1.234, 1.1],
      [2, "01279", "Phường Nùng Trí Cao", 2.5, 1.9],
      [3, "01288", "Phường Tân Giang", 12, 10],
      [4, "01290", "Xã Bảo Lâm", 3.75, 2.25],
    ];
    const { rows: judged } = await outcome(await book({ name: "S", rows }));
    expect(judged[2]).toBe("4 held 01288 10/12 V13.thousands_lost V13.thousands_lost");
    expect(judged.filter((row) => row.includes("accepted"))).toEqual([]);
  });

  test.each([
    "ĐVT: nghìn\nMã xã,Tên xã,Tổng số hộ,Số hộ được phủ cáp quang\n01273,Phường Thục Phán,5,4",
    "Mã xã,Tên xã,Tổng số hộ (nghìn),Số hộ được phủ cáp quang\n01273,Phường Thục Phán,5,4",
  ])("thousands stop the file: %s", async (text) => {
    expect((await outcome(csv(text))).stopped).toEqual([expect.stringMatching(/^V17\.scaled/)]);
  });

  test("a count merged over two communes is neither's", async () => {
    const rows = [HEAD, THUC_PHAN, [2, "01288", "Phường Tân Giang", null, null]];
    const merges = [3, 4].map((column) => ({
      startRow: 1,
      startCol: column,
      endRow: 2,
      endCol: column,
    }));
    const { rows: judged } = await outcome(await book({ name: "S", rows, merges }));
    expect(judged.map((row) => row.split(" ").slice(1, 4).join(" "))).toEqual([
      "refused 01273 V18.merged_count",
      "refused 01288 V18.merged_count",
    ]);
  });
});

describe("an annotated copy that comes back", () => {
  const report = async () => {
    const communes = register.units.allOn("commune", "2026-09-30").slice(300, 340);
    const rows: CellValue[][] = [
      ["BÁO CÁO QUÝ III NĂM 2026"],
      HEAD,
      ...communes.map(({ id, code }, at): CellValue[] => {
        const { fullNameVi } = register.units.attributesOn(id, "2026-09-30");
        return [at + 1, code, fullNameVi, 1000, at % 20 === 13 ? 2000 : 900];
      }),
    ];
    return opened("a.xlsx", await writeXlsx({ sheets: [{ name: "Biểu", rows }] }));
  };
  const more = (row: number): ImportFault => ({
    sheet: "Biểu",
    row,
    column: "Số hộ được phủ cáp quang",
    value: "2000",
    rule: "V02",
    severity: "reject_row",
    detail: {
      code: "more_than_all",
      indicator: "fibre_hh_passed",
      numerator: 2000,
      denominator: 1000,
    },
  });

  test("is read as the file itself, its day from the title included", async () => {
    const bytes = await annotatedCopy(await report(), [more(16), more(36)]);
    const { rows, stopped } = await outcome({ name: "a.xlsx", bytes }, { asOf: null });
    expect(stopped).toEqual([]);
    expect(rows.filter((row) => row.includes("accepted"))).toHaveLength(38);
    expect(rows.filter((row) => row.includes("V02.more_than_all"))).toEqual([
      expect.stringMatching(/^16 refused/),
      expect.stringMatching(/^36 refused/),
    ]);
  });

  test("is read too where it has the faulty rows alone", async () => {
    const options = { maxRows: 30, counts: null };
    const bytes = await annotatedCopy(await report(), [more(16), more(36)], options);
    const { rows, stopped } = await outcome({ name: "a.xlsx", bytes }, { asOf: null });
    expect(stopped).toEqual([]);
    expect(rows.map((row) => row.split(" ")[1])).toEqual([
      ...Array.from({ length: 10 }, () => "accepted"),
      "refused",
      "refused",
    ]);
  });
});

describe("a fault is told once", () => {
  test.each([
    ["01273,Phường Thục Phán,120 (tạm tính),100,", "V14.not_a_number"],
    ["01273,Phường Thục Phán,500,400,9/30/2026", "V20.unreadable_day"],
    ["15,Xã Lý Bôn,500,400,", "V10.zeros_lost_other_name"],
  ])("%s", async (line, told) => {
    const head = "Mã xã,Tên xã,Tổng số hộ,Số hộ được phủ cáp quang,Kỳ báo cáo";
    const settings = line.includes("9/30") ? { asOf: null } : {};
    const beside = "01288,Phường Tân Giang,500,400,Quý III/2026";
    const { rows } = await outcome(csv(`${head}\n${line}\n${beside}`), settings);
    expect(rows[0]?.split(" ").slice(3)).toEqual([told]);
    expect(rows[1]).toBe("3 accepted 01288 400/500");
  });
});
