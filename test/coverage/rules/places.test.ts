import { describe, expect, it } from "vitest";
import { at, BA_DINH, faultOf, figure, row, verdictOf } from "./support/made-rows.ts";

describe("V05, a code that there is", () => {
  it("takes a commune by its code and name", async () => {
    expect(await verdictOf(row(BA_DINH))).toEqual(["accepted"]);
  });

  it("refuses a code that no commune ever had, and says whose name it is", async () => {
    const slip = row(at("00071", "Phường Hoàn Kiếm"));
    expect(await verdictOf(slip)).toEqual(["refused", "V05.unknown_code"]);
    const fault = await faultOf(slip, "V05");
    expect(fault).toMatchObject({ column: "Mã xã", value: "00071", severity: "reject_row" });
    expect(fault.detail["meant"]).toEqual(["00070 Phường Hoàn Kiếm"]);
  });

  it("refuses what is no code, and a row that names no place", async () => {
    expect(await verdictOf(row(at("79-1", null)))).toContain("V05.not_a_code");
    expect(await verdictOf(row(at(null, null)))).toEqual(["refused", "V05.no_place"]);
  });

  it("finds the country and a province", async () => {
    const wide = { code: null, name: null } as const;
    const country = row(at(null, null, { ...wide, level: "country" }), [
      figure("cities_with_5g", 1, 3),
    ]);
    expect(await verdictOf(country)).toEqual(["accepted"]);
    expect(await verdictOf(row(at("15", "Lào Cai", { level: "province" })))).toEqual(["accepted"]);
  });
});

describe("V06, a unit that is there on the day", () => {
  it("refuses a commune that was abolished, and names its successors, whole or in part", async () => {
    const gone = row(at("00016", "Phường Ngọc Hà"));
    const around = { settings: { asOf: "2026-09-30" } };
    // Beside rows of today, so that the file as a whole is one of today.
    const fault = await faultOf(gone, "V06", {
      ...around,
      settings: { unitsDay: "2026-09-30" },
      beside: today(),
    });
    expect(fault.detail).toMatchObject({
      code: "abolished",
      unit: "00016 Phường Ngọc Hà",
      ended: "2025-07-01",
      whole: [],
      split: ["00004 Phường Ba Đình", "00070 Phường Hoàn Kiếm"],
    });
  });

  it("takes the same code on a day when the commune was there", async () => {
    const before = { settings: { asOf: "2025-03-31" } };
    expect(await verdictOf(row(at("00016", "Phường Ngọc Hà")), before)).toEqual(["accepted"]);
  });

  it("refuses a commune that was not yet there", async () => {
    const early = row(at("11948", "Đặc khu Bạch Long Vĩ"));
    const around = { settings: { asOf: "2025-03-31" }, beside: past() };
    expect((await faultOf(early, "V06", around)).detail).toMatchObject({
      code: "not_yet",
      began: "2025-07-01",
    });
  });
});

describe("V07, the name beside the code", () => {
  it("takes a name without its type, and one that the commune had before a change of type", async () => {
    expect(await verdictOf(row(at("00004", "Ba Đình")))).toEqual(["accepted"]);
    expect(await verdictOf(row(at("05443", "Xã Phan Đình Phùng")))).toEqual(["accepted"]);
    expect(await verdictOf(row(at("05443", "Phường Phan Đình Phùng")))).toEqual(["accepted"]);
  });

  it("refuses rows that have shifted: a namesake's row pasted under other codes", async () => {
    const codes = ["00004", "02680", "02647", "02143"];
    for (const code of codes) {
      const fault = await faultOf(row(at(code, "Phường Hoàn Kiếm")), "V07", { beside: today() });
      expect(fault.detail).toMatchObject({ code: "other_unit", meant: ["00070 Phường Hoàn Kiếm"] });
      expect(fault).toMatchObject({ column: "Tên xã", value: "Phường Hoàn Kiếm" });
    }
  });

  it("tells a name that the code had before July 2025", async () => {
    const old = row(at("00004", "Phường Trúc Bạch"));
    const fault = await faultOf(old, "V07", { beside: today() });
    expect(fault.detail).toMatchObject({ code: "former_unit", former: "00004 Phường Trúc Bạch" });
  });

  it("refuses a name that nobody has", async () => {
    const fault = await faultOf(row(at("00004", "Phường Nào Đó")), "V07");
    expect(fault.detail["code"]).toBe("unknown_name");
  });
});

describe("V09, the province", () => {
  it("takes a commune with its province, by code or name or both", async () => {
    for (const province of [
      { provinceCode: "15" },
      { provinceName: "tỉnh Lào Cai" },
      { provinceCode: "15", provinceName: "Lào Cai" },
    ]) {
      expect(await verdictOf(row(at("02647", "Phường Lào Cai", province)))).toEqual(["accepted"]);
    }
  });

  it("refuses a commune of another province, or of none", async () => {
    const place = (province: object) => row(at("02647", "Phường Lào Cai", province));
    expect(await verdictOf(place({ provinceCode: "01" }))).toEqual([
      "refused",
      "V09.other_province",
    ]);
    expect(await verdictOf(place({ provinceCode: "98" }))).toEqual([
      "refused",
      "V09.unknown_province",
    ]);
    expect(await verdictOf(place({ provinceName: "Yên Bái" }))).toEqual([
      "refused",
      "V09.former_province",
    ]);
  });

  it("knows a code that went to another province", async () => {
    const stated = { provinceCode: "15", provinceName: "Tỉnh Yên Bái" };
    const commune = await faultOf(row(at("02647", "Phường Lào Cai", stated)), "V09");
    expect(commune.detail).toMatchObject({ code: "reused_code", province: "15 Tỉnh Lào Cai" });
    const province = row(at("15", "Yên Bái", { level: "province" }));
    const around = { beside: [...today(), row(at("01", "Hà Nội", { level: "province" }))] };
    expect(await verdictOf(province, around)).toEqual(["refused", "V09.reused_code"]);
  });

  it("lets a key of one province write its present and former communes only", async () => {
    const only = { settings: { onlyProvince: "15" } };
    const old = { settings: { onlyProvince: "15", asOf: "2025-03-31" } };
    expect(await verdictOf(row(at("02647", "Phường Lào Cai")), only)).toEqual(["accepted"]);
    expect(await verdictOf(row(at("02647", "Phường Kim Tân")), old)).toEqual(["accepted"]);
    expect(await verdictOf(row(BA_DINH), only)).toEqual(["refused", "V09.not_your_province"]);
    const country = row(at(null, null, { level: "country" }), [figure("pop_4g")]);
    expect(await verdictOf(country, only)).toEqual(["refused", "V09.not_your_province"]);
  });
});

describe("V10, a code that lost its zeros", () => {
  it("takes it where the name confirms it, and holds it where there is none", async () => {
    const padded = (name: string | null) => row(at("00004", name, { codeAsWritten: "4" }));
    expect(await verdictOf(padded("Phường Ba Đình"))).toEqual(["accepted"]);
    expect(await verdictOf(padded(null))).toEqual(["held", "V10.padded_without_name"]);
    expect(await verdictOf(row(at("00004", null, { codeAsWritten: "00004.0" })))).toEqual([
      "accepted",
    ]);
  });
});

describe("V19, names with their accents", () => {
  it.each(["Xã Cư M'gar", "Xã Cư M’gar", "xã Cư M‘gar"])("takes %s", async (name) => {
    expect(await verdictOf(row(at("24280", name)))).toEqual(["accepted"]);
  });

  it("only suggests what fits without accents", async () => {
    const fault = await faultOf(row(at("02143", "Xa Van Lang")), "V19");
    expect(fault.detail).toMatchObject({ code: "accents", meant: ["02143 Xã Văn Lang"] });
    const nameOnly = await faultOf(row(at(null, "Xa Hop Thanh", { provinceCode: "15" })), "V19");
    expect(nameOnly.detail["meant"]).toEqual(["02680 Xã Hợp Thành"]);
  });

  it("keeps two communes of one province apart whose names differ by an accent", async () => {
    const stated = { provinceName: "Thái Nguyên" };
    expect(await verdictOf(row(at(null, "Xã Văn Lăng", stated)))).toEqual(["accepted"]);
    const wrong = await faultOf(row(at("02143", "Xã Văn Lăng", stated)), "V19");
    expect(wrong.detail["meant"]).toEqual(["02143 Xã Văn Lang"]);
  });

  it("takes a name without a code, and refuses one that nobody there has", async () => {
    expect(await verdictOf(row(at(null, "Phường Ba Đình")))).toEqual(["accepted"]);
    const elsewhere = row(at(null, "Phường Ba Đình", { provinceCode: "15" }));
    expect(await verdictOf(elsewhere)).toEqual(["refused", "V19.unknown_name"]);
    expect(await verdictOf(row(at(null, "Phường Hàng Trống")))).toEqual([
      "refused",
      "V06.abolished",
    ]);
  });
});

describe("V19, names without a code and without a province", () => {
  it("are those of the province that title, source or key are of", async () => {
    const titled = row(at(null, "Xã Văn Lăng", { titledProvince: "thái nguyên" }));
    expect(await verdictOf(titled)).toEqual(["accepted"]);
    const elsewhere = row(at(null, "Xã Văn Lăng", { titledProvince: "hà nội" }));
    expect(await verdictOf(elsewhere)).toEqual(["refused", "V19.unknown_name"]);
  });

  it("say so where the type alone is another", async () => {
    const fault = await faultOf(row(at(null, "Xã Ba Đình")), "V19");
    expect(fault.detail).toMatchObject({ code: "other_type", meant: ["00004 Phường Ba Đình"] });
  });

  it("are in doubt where a province has the name too", async () => {
    const bare = await faultOf(row(at(null, "Lào Cai")), "V19");
    expect(bare.detail).toMatchObject({
      code: "ambiguous_name",
      meant: ["02647 Phường Lào Cai", "15 Tỉnh Lào Cai"],
    });
    expect(await verdictOf(row(at(null, "Phường Lào Cai")))).toEqual(["accepted"]);
  });
});

describe("faults of real lists", () => {
  it("takes a name with a line break, with two spaces or in small letters", async () => {
    expect(await verdictOf(row(at("00070", "Phường \nHoàn Kiếm")))).toEqual(["accepted"]);
    expect(await verdictOf(row(at("06970", "Xã  Ba Chẽ")))).toEqual(["accepted"]);
    expect(await verdictOf(row(at("06970", "xã ba chẽ")))).toEqual(["accepted"]);
  });

  it("suggests Phố Bảng for Phó Bảng, and does not take it", async () => {
    const fault = await faultOf(row(at("00745", "Xã Phó Bảng")), "V19");
    expect(fault.detail["meant"]).toEqual(["00745 Xã Phố Bảng"]);
  });

  it("suggests 06970 where 06978 stands beside its name", async () => {
    const fault = await faultOf(
      row(at("06978", "Xã Ba Chẽ", { provinceName: "Quảng Ninh" })),
      "V05",
    );
    expect(fault.detail["meant"]).toEqual(["06970 Xã Ba Chẽ"]);
  });
});

function today() {
  return [
    row(at("00070", "Phường Hoàn Kiếm"), [figure("pop_4g")]),
    row(at("00004", "Phường Ba Đình"), [figure("pop_4g")]),
    row(at("05665", "Xã Văn Lăng"), [figure("pop_4g")]),
  ];
}

function past() {
  return [
    row(at("00016", "Phường Ngọc Hà"), [figure("pop_4g")]),
    row(at("00070", "Phường Hàng Trống"), [figure("pop_4g")]),
  ];
}
