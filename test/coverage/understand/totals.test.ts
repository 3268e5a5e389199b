import { describe, expect, test } from "vitest";
import { realRegister, understood } from "../../support/read-file.ts";

const register = await realRegister();
const HEAD = "STT | Mã xã | Tên xã | Tổng số hộ | Số hộ có cáp quang";

async function take(text: string) {
  const { rows, understood: found, codes } = await understood(`${HEAD}\n${text}`, register);
  return {
    rows: rows.map(({ place }) => place.name),
    totals: (found?.totals ?? []).map(({ level, number }) => [number, level]),
    found,
    codes,
  };
}

const BA_DINH = "1 | 00004 | Phường Ba Đình | #1.234 | #900";

describe("rows that add others up", () => {
  test.each([
    "Tổng",
    "Tổng cộng",
    "TỔNG CỘNG:",
    "Cộng",
    "Toàn tỉnh",
    "Tổng cộng: 26 xã",
    "TỔNG CỘNG (I+II)",
    "Tỉnh Lào Cai",
    "Tổng toàn tỉnh",
    "Tong cong",
  ])("%s is the total of the province", async (label) => {
    const { rows, totals, codes } = await take(`${BA_DINH}\n | | ${label} | #1234 | #900`);
    expect({ rows, totals, codes }).toEqual({
      rows: ["Phường Ba Đình"],
      totals: [[3, "province"]],
      codes: ["V18.total_row"],
    });
  });

  test.each([
    "Toàn huyện",
    "Huyện Bát Xát",
    "Cộng huyện Bát Xát",
    "II. Thị xã Sa Pa",
    "Thành phố Yên Bái",
  ])("%s is the total of a district", async (label) => {
    expect((await take(`${BA_DINH}\n | | ${label} | #1234 | #900`)).totals).toEqual([
      [3, "district"],
    ]);
  });

  test("a city that is a province is one", async () => {
    expect((await take(`${BA_DINH}\n | | Thành phố Hà Nội | #1 | #1`)).totals).toEqual([
      [3, "province"],
    ]);
    expect((await take(`${BA_DINH}\n | | Cả nước | #1 | #1`)).totals).toEqual([[3, "country"]]);
  });

  test("a province with its own code in the column of communes is a total of that province", async () => {
    const { found, rows } = await take(`01 | 01 | Thành phố Hà Nội | #1234 | #900\n${BA_DINH}`);
    expect(found?.totals).toMatchObject([{ level: "province", provinceName: "Hà Nội", number: 2 }]);
    expect(rows).toEqual(["Phường Ba Đình"]);
  });

  test("a bare name is a province's where no commune has it, else it stays in doubt", async () => {
    const { rows, totals } = await take(`1 | | Hà Nội | #1 | #1\n2 | | Lào Cai | #1 | #1`);
    expect({ rows, totals }).toEqual({ rows: ["Lào Cai"], totals: [[2, "province"]] });
  });

  test("a province in a column of its own beside a commune says where that commune is", async () => {
    const { rows, understood: found } = await understood(
      "Tỉnh | Tên xã | Số hộ\nTP. Hà Nội | X. Đông Anh | #5\nThành phố Hà Nội | Ba Đình | #5",
      register,
    );
    expect(rows.map(({ place }) => place.name)).toEqual(["X. Đông Anh", "Ba Đình"]);
    expect(found?.totals).toEqual([]);
  });

  test("carry their figures, by the column's way of writing numbers", async () => {
    const { found } = await take(
      `1 | 00004 | Phường Ba Đình | 1.234 | 900\n | | Tổng cộng | 1.865.270 | 1.234,0`,
    );
    expect(found?.totals[0]?.figures[0]).toMatchObject({ numerator: 1234, denominator: 1_865_270 });
  });

  test("several of the same name are those of districts, another at the end is of all", async () => {
    const cong = " | | Cộng | #1 | #1";
    const { totals } = await take(
      `${BA_DINH}\n${cong}\n${BA_DINH}\n${cong}\n | | Tổng cộng | #2 | #2`,
    );
    expect(totals.map(([, level]) => level)).toEqual(["district", "district", "province"]);
  });

  test("communes whose names begin with such words are none", async () => {
    const { rows, totals } = await take(
      "1 | 00004 | Cộng Hòa | #1 | #1\n2 | 00070 | Tổng Cọt | #1 | #1\n3 | | Huyền Tụng | #1 | #1",
    );
    expect({ rows, totals }).toEqual({ rows: ["Cộng Hòa", "Tổng Cọt", "Huyền Tụng"], totals: [] });
  });
});

describe("rows that are no data", () => {
  test("names of districts and notes below the table are passed over", async () => {
    const { rows, codes } = await take(
      `I | Huyện Bát Xát | | |\n${BA_DINH}\nHuyện Sa Pa | | | |\n2 | 00070 | Phường Hoàn Kiếm | #1 | #1\nGhi chú: số liệu tạm tính | | | |`,
    );
    expect({ rows, codes }).toEqual({ rows: ["Phường Ba Đình", "Phường Hoàn Kiếm"], codes: [] });
  });

  test("a header that comes again is passed over with its column numbers", async () => {
    const { rows, codes } = await take(
      `(1) | (2) | (3) | (4) | (5)\n${BA_DINH}\n${HEAD}\n(1) | (2) | (3) | (4) | (5)\n2 | 00070 | Phường Hoàn Kiếm | #1 | #1`,
    );
    expect(rows).toHaveLength(2);
    expect(codes).toEqual(["V18.header_again"]);
  });

  test("a commune without any figure is a row", async () => {
    expect((await take("1 | | Xã Hợp Thành | |\n2 | 00004 | | | #5")).rows).toEqual([
      "Xã Hợp Thành",
      null,
    ]);
  });
});
