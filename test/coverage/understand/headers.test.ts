import { describe, expect, test } from "vitest";
import { headerDictionary } from "../../../src/coverage/understand/header-dictionary.ts";
import {
  madeFile,
  madeSheet,
  merge,
  realRegister,
  table,
  understood,
} from "../../support/read-file.ts";

const register = await realRegister();

/** What each column of a one-sheet table was taken for, by its letter. */
async function roles(text: string, merges: Parameters<typeof madeSheet>[1] = {}) {
  const { understood: found, codes } = await understood(
    madeFile(madeSheet(table(text), merges)),
    register,
  );
  if (found === null) throw new Error(codes.join());
  return Object.fromEntries(found.columns.map(({ letter, role }) => [letter, role]));
}

describe("headers as provinces write them", () => {
  test.each([
    ["Mã xã", "commune_code"],
    ["MÃ ĐVHC", "commune_code"],
    ["Tên xã/phường", "commune_name"],
    ["Xã, phường, đặc khu", "commune_name"],
    ["Tỉnh/thành phố", "province_name"],
    ["Quận/huyện", "district"],
    ["Tổng số hộ", "denominator:households"],
    ["Số hộ dân", "denominator:households"],
    ["Dân số (người)", "denominator:population"],
    ["Thôn/bản/ấp/khu phố", "denominator:hamlets"],
    ["Số hộ có cáp quang", "numerator:fibre_hh_using"],
    ["Số hộ có khả năng tiếp cận cáp quang", "numerator:fibre_hh_able"],
    ["Tỷ lệ hộ có khả năng tiếp cận cáp quang (%)", "ratio:fibre_hh_able"],
    ["Số hộ có khả năng tiếp cận cáp quang (%)", "ratio:fibre_hh_able"],
    ["Dân số được phủ sóng 4G", "numerator:pop_4g"],
    ["Số thôn trắng sóng", "numerator:hamlet_signal_none"],
    ["Trạm BTS 5G", "numerator:sites_5g"],
    ["pop_5g", "numerator:pop_5g"],
    ["Dân số được phủ sóng 5G đến 30/9/2026", "numerator:pop_5g"],
    ["Kỳ báo cáo", "as_of"],
    ["Quý", "quarter"],
    ["Doanh nghiệp", "operator"],
    ["Cơ sở số liệu", "basis"],
    ["Ghi chú", "ignored"],
    ["STT", "ignored"],
  ])("%s is %s", async (header, role) => {
    const other = role.startsWith("commune") ? "Mã tỉnh" : "Mã xã";
    const { understood: found, codes } = await understood(
      `${other} | ${header} | Số trạm 2G\n00004 | 1 | #5`,
      register,
    );
    expect(codes.filter((code) => code.startsWith("V17"))).toEqual([]);
    expect(found?.columns.find(({ letter }) => letter === "B")?.role).toBe(role);
  });

  test("no two definitions claim the same header, and each knows its own", () => {
    const dictionary = headerDictionary(register);
    for (const { code, aliases } of register.indicators) {
      for (const alias of aliases) {
        const percent = alias.startsWith("%");
        const meaning = dictionary.meaningOf(percent ? `${alias.slice(1)} (%)` : alias);
        const role = `${percent ? "ratio" : "numerator"}:${code}`;
        expect([alias, meaning]).toEqual([alias, { role }]);
      }
    }
  });
});

describe("header rows", () => {
  const TWO = `
    STT | Mã xã | Tên xã | Tổng số hộ | Cáp quang | | Phủ sóng 4G |
    | | | | Số hộ sử dụng | Tỷ lệ (%) | Dân số được phủ sóng 4G | Tỷ lệ (%)
    (1) | (2) | (3) | (4) | (5) | (6)=(5)/(4) | (7) | (8)
    #1 | 00004 | Phường Ba Đình | #1000 | #900 | #90 | #2000 | #95`;
  const EXPECTED = {
    A: "ignored",
    B: "commune_code",
    C: "commune_name",
    D: "denominator:households",
    E: "numerator:fibre_hh_using",
    F: "ratio:fibre_hh_using",
    G: "numerator:pop_4g",
    H: "ratio:pop_4g",
  };

  test("of two rows with merged cells are put together", async () => {
    const merges = [merge(0, 0, 1, 0), merge(0, 1, 1, 1), merge(0, 4, 0, 5), merge(0, 6, 0, 7)];
    expect(await roles(TWO, { merges })).toEqual(EXPECTED);
  });

  test("of two rows are put together where a text file lost its merges", async () => {
    expect(await roles(TWO)).toEqual(EXPECTED);
  });

  test("are found below titles, and the row of column numbers is no data", async () => {
    const { rows } = await understood(
      `CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBÁO CÁO QUÝ III NĂM 2026 | Đơn vị tính: hộ\n${TWO}`,
      register,
      { asOf: null },
    );
    expect(rows.map(({ number, asOf }) => [number, asOf])).toEqual([[6, "2026-09-30"]]);
  });

  test("of three rows are put together", async () => {
    const text = `
      Mã xã | Hạ tầng số | | Di động
      | Cáp quang | | Số trạm 5G
      | Số hộ sử dụng | Tỷ lệ |
      00004 | #900 | #90 | #3`;
    const merges = [merge(0, 0, 2, 0), merge(0, 1, 0, 2), merge(1, 1, 1, 2), merge(1, 3, 2, 3)];
    expect(await roles(text, { merges })).toEqual({
      A: "commune_code",
      B: "numerator:fibre_hh_using",
      C: "ratio:fibre_hh_using",
      D: "numerator:sites_5g",
    });
  });

  test("of an indicator over number and percentage give both to it", async () => {
    const text = `
      Mã xã | Tổng số hộ | Số hộ có cáp quang |
      | | Số lượng | Tỷ lệ %
      00004 | #1000 | #900 | #90`;
    expect(await roles(text, { merges: [merge(0, 2, 0, 3)] })).toMatchObject({
      C: "numerator:fibre_hh_using",
      D: "ratio:fibre_hh_using",
    });
  });

  test("a count below the name of a technology is not taken for all households", async () => {
    const table4g = "Mã xã | Phủ sóng 4G | \n | Số hộ | Số trạm 5G\n00004 | #900 | #2";
    const merges = [merge(0, 1, 0, 2)];
    await expect(roles(table4g, { merges })).rejects.toThrow("V17.unknown_column");
    const fibre = table4g.replace("Phủ sóng 4G", "Cáp quang");
    expect(await roles(fibre, { merges })).toMatchObject({ B: "numerator:fibre_hh_using" });
    const all = table4g.replace("Số hộ", "Tổng số hộ");
    expect(await roles(all, { merges })).toMatchObject({ B: "denominator:households" });
  });

  test("must begin within the first fifty rows", async () => {
    const above = (lines: number) => "Lời dẫn | x\n".repeat(lines);
    const sheet = "Mã xã | Số hộ\n00004 | #5";
    expect((await understood(above(48) + sheet, register)).rows).toHaveLength(1);
    expect((await understood(above(50) + sheet, register)).codes).toEqual(["V17.no_header_row"]);
  });
});

describe("columns that are not understood", () => {
  test("of households without fibre are not said to be near those of households with it", async () => {
    const { faults } = await understood(
      "Mã xã | Tổng số hộ | Số hộ chưa được phủ cáp quang\n00004 | #10 | #1",
      register,
    );
    expect(faults).toMatchObject([{ detail: { code: "unknown_column" } }]);
    expect(String(faults[0]?.detail["nearest"])).not.toContain("được phủ cáp quang");
  });

  test("are named with the nearest known header", async () => {
    const { faults, understood: found } = await understood(
      "Mã xã | Số hộ phủ cáp quangg\n00004 | #5",
      register,
    );
    expect(found).toBeNull();
    expect(faults[0]).toMatchObject({
      rule: "V17",
      severity: "reject_file",
      column: "Số hộ phủ cáp quangg",
      detail: { code: "unknown_column", nearest: "số hộ phủ cáp quang", letter: "B" },
    });
  });

  test("are let pass where they are empty, and listed", async () => {
    expect(await roles("Mã xã | Gì đó | Số hộ\n00004 | | #5")).toEqual({
      A: "commune_code",
      B: "ignored",
      C: "denominator:households",
    });
  });
});

describe("sheets", () => {
  const sheet = (name: string, code: string) =>
    madeSheet(table(`Mã xã | Số hộ\n${code} | #5`), { name });

  test("with equal headers are all read, the template's explanation and empty sheets are not", async () => {
    const file = madeFile(
      madeSheet([["Cách điền"], ["…"]], { name: "Hướng dẫn" }),
      sheet("Huyện A", "00004"),
      sheet("Huyện B", "00070"),
      madeSheet([], { name: "Sheet3" }),
    );
    const { rows } = await understood(file, register);
    expect(rows.map(({ sheet, place }) => [sheet, place.code])).toEqual([
      ["Huyện A", "00004"],
      ["Huyện B", "00070"],
    ]);
  });

  test("without a header stop the file and are named", async () => {
    const { faults } = await understood(
      madeFile(sheet("Huyện A", "00004"), madeSheet([["Ảnh"]], { name: "Bìa" })),
      register,
    );
    expect(faults).toMatchObject([{ sheet: "Bìa", detail: { code: "no_header_row" } }]);
  });
});
