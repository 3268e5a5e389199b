import { readCommunes, readProvinces } from "../../../seeds/read-units.ts";

// Generated to be counted and measured: no figure of any place.

const HEADER = [
  "mã xã,tên xã,mã tỉnh,tên tỉnh,kỳ báo cáo,doanh nghiệp,cơ sở số liệu,tổng số hộ,số hộ được phủ cáp quang",
  "số hộ có khả năng tiếp cận cáp quang,số hộ sử dụng cáp quang",
].join(",");
const QUARTERS = ["2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30", "2026-09-30"];
const OPERATORS = ["all", "viettel", "vnpt", "mobifone", "vietnamobile", "fpt-telecom"];
const BASES = ["reported", "measured", "modelled", "estimated"];

/** Every commune of the real list, quarter for quarter, as if each operator had reported, measured, … them. */
export async function largeTable(count: number): Promise<string> {
  const provinces = new Map((await readProvinces()).map((each) => [each.code, each.fullNameVi]));
  const communes = await readCommunes();
  const lines = [HEADER];
  for (let at = 0; at < count; at += 1) {
    const list = Math.floor(at / communes.length);
    const quarter = list % QUARTERS.length;
    const rest = Math.floor(list / QUARTERS.length);
    const of = [OPERATORS[rest % OPERATORS.length], BASES[Math.floor(rest / OPERATORS.length)]];
    const commune = communes[at % communes.length];
    if (!commune || of.includes(undefined)) throw new Error(`${count} rows are too many`);
    const { code, fullNameVi, provinceCode } = commune;
    const passed = 7000 + quarter * 20 + ((at % communes.length) % 300);
    const place = [code, fullNameVi, provinceCode, provinces.get(provinceCode ?? "")];
    const counts = [9000 + quarter * 20, passed, passed - 500, passed - 900];
    lines.push([...place, QUARTERS[quarter], ...of, ...counts].join(","));
  }
  return `${lines.join("\r\n")}\r\n`;
}
