import { describe, expect, test } from "vitest";
import { readRows } from "../../../seeds/seed-rows.ts";
import { tidyName } from "../../../src/coverage/understand/tidy-name.ts";
import { writtenCode } from "../../../src/coverage/understand/unit-code.ts";
import {
  madeFile,
  madeSheet,
  merge,
  realRegister,
  table,
  understood,
} from "../../support/read-file.ts";

const register = await realRegister();
const take = (text: string, settings = {}) => understood(text, register, settings);

describe("codes", () => {
  test.each([
    ["00097", "00097", null, null],
    [" 00097 ", "00097", null, null],
    ["'00097", "00097", "'00097", null],
    [97, "00097", "97", "short"],
    ["97.0", "00097", "97.0", "short"],
    ["6799", "06799", "6799", "short"],
    [26_734, "26734", null, null],
    ["26734,0", "26734", "26734,0", "float"],
    ["VN-01", "VN-01", null, null],
    ["0123456", "0123456", null, null],
    [null, null, null, null],
  ] as const)("%j is %s", (value, code, asWritten, lost) => {
    expect(writtenCode(value, "commune")).toEqual({ code, asWritten, lost });
  });

  test("are padded where the name confirms them, of any time", async () => {
    const { rows, codes } = await take("Mã xã | Tên xã | Số hộ\n#70 | Phường Hàng Trống | #5");
    expect(rows[0]?.place).toMatchObject({ code: "00070", codeAsWritten: "70" });
    expect(codes).toEqual(["V10.zeros_restored"]);
  });
});

describe("names of the public lists as they were found", () => {
  test.each([
    ["Phường \nHoàn Kiếm", "Phường Hoàn Kiếm", ["line_break"]],
    ["Xã  Vĩnh Tường", "Xã Vĩnh Tường", ["double_space"]],
    ["xã Bắc Sơn", "Xã Bắc Sơn", ["case"]],
    ["tỉnh Ninh BÌnh", "Tỉnh Ninh Bình", ["case"]],
    ["XÃ BẮC SƠN", "Xã Bắc Sơn", ["case"]],
    ["Xã\u00A0Bắc Sơn", "Xã Bắc Sơn", ["hidden_space"]],
    ["Xã Bă\u0301c Sơn", "Xã Bắc Sơn", ["not_nfc"]],
    [" Xã Bắc Sơn ", "Xã Bắc Sơn", []],
    ["Cư M’gar", "Cư M’gar", []],
    ["Xã KDang", "Xã KDang", []],
  ])("%j is %s", (written, name, repairs) => {
    expect(tidyName(written)).toEqual({ name, repairs });
  });

  test("no name of any unit needs a repair", async () => {
    for (const file of ["communes.csv", "provinces.csv", "legacy_communes_10035.csv"]) {
      for (const { full_name_vi: name = "" } of await readRows(file)) {
        expect(tidyName(name)).toEqual({ name, repairs: [] });
      }
    }
  });

  test("a repair is told once per row and column, with the raw value", async () => {
    const { faults } = await take("Mã xã | Tên xã | Số hộ\n00070 | phường  Hoàn Kiếm | #5");
    expect(faults).toMatchObject([
      { rule: "V16", column: "Tên xã", value: "phường  Hoàn Kiếm", row: 2 },
    ]);
  });
});

describe("levels", () => {
  test("a table without communes is of provinces, one with a level says it row by row", async () => {
    const { rows } = await take("Mã tỉnh | Tỉnh/thành phố | Dân số\n01 | Thành phố Hà Nội | #5");
    expect(rows[0]?.place).toMatchObject({
      level: "province",
      code: "01",
      name: "Thành phố Hà Nội",
    });
    const mixed = await take(
      "Cấp | Mã ĐVHC | Tên | Dân số\nXã | 00004 | Phường Ba Đình | #5\nTỉnh | 01 | Hà Nội | #9",
    );
    expect(mixed.rows.map(({ place }) => [place.level, place.code])).toEqual([
      ["commune", "00004"],
      ["province", "01"],
    ]);
  });

  test("a province among communes may have its code in either column", async () => {
    const { rows } = await take(
      "Cấp | Mã tỉnh | Tỉnh | Mã xã | Tên xã | Dân số\nTỉnh | 01 | Hà Nội | | | #9\nXã | 01 | Hà Nội | 00004 | Phường Ba Đình | #5",
    );
    expect(rows.map(({ place }) => [place.level, place.code, place.name])).toEqual([
      ["province", "01", "Hà Nội"],
      ["commune", "00004", "Phường Ba Đình"],
    ]);
  });

  test("a column of places without a level is of provinces where its cells are", async () => {
    const { rows } = await take("Địa phương | Dân số\nTỉnh Lào Cai | #5\nThành phố Hà Nội | #9");
    expect(rows.map(({ place }) => [place.level, place.name])).toEqual([
      ["province", "Tỉnh Lào Cai"],
      ["province", "Thành phố Hà Nội"],
    ]);
  });

  test("a province merged over its communes stands for all of them", async () => {
    const rows = table(
      "Tỉnh | Mã xã | Số hộ\nHà Nội | 00004 | #5\n | 00070 | #6\nLào Cai | 02680 | #7",
    );
    const file = madeFile(madeSheet(rows, { merges: [merge(1, 0, 2, 0)] }));
    const { rows: read } = await understood(file, register);
    expect(read.map(({ place }) => place.provinceName)).toEqual(["Hà Nội", "Hà Nội", "Lào Cai"]);
  });
});

describe("days", () => {
  const dayOf = async (text: string, settings = {}) =>
    (await take(text, settings)).rows.map(({ asOf }) => asOf);

  test("come from the row, else from the import, else from the title", async () => {
    const table = "Mã xã | Số hộ | Kỳ báo cáo\n00004 | #5 | Quý III/2026\n00070 | #5 |";
    expect(await dayOf(table)).toEqual(["2026-09-30", "2026-09-30"]);
    expect(await dayOf(`Quý III năm 2026\n${table}`, { asOf: null })).toEqual([
      "2026-09-30",
      "2026-09-30",
    ]);
    expect(await dayOf(table, { asOf: null })).toEqual(["2026-09-30", null]);
  });

  test("may stand in two columns, or be a spreadsheet's date", async () => {
    expect(await dayOf("Mã xã | Số hộ | Quý | Năm\n00004 | #5 | III | #2026")).toEqual([
      "2026-09-30",
    ]);
    const sheet = madeSheet([
      ["Mã xã", "Số hộ", "Ngày"],
      ["00004", 5, new Date("2026-09-30")],
    ]);
    const { rows } = await understood(madeFile(sheet), register);
    expect(rows[0]?.asOf).toBe("2026-09-30");
  });

  test("a year in the title is no contradiction to a quarter in it", async () => {
    const { codes } = await take("Báo cáo số liệu năm 2026\nMã xã | Số hộ\n00004 | #5");
    expect(codes).toEqual([]);
  });
});
