import type { Merge, RawValue, ReadFile } from "../../../src/coverage/contract.ts";
import type { ImportSettings } from "../../../src/coverage/contract.ts";
import type { Severity } from "../../../src/domain/coverage/import-fault.ts";
import { madeFile, madeSheet, merge, table } from "../../support/read-file.ts";

/** A file with a fault, and the one nearest to it that is fine. */
export interface FaultExample {
  readonly severity: Severity;
  readonly bad: ReadFile | string;
  readonly fine: ReadFile | string;
  readonly settings?: Partial<ImportSettings>;
}

const HEAD = "Mã xã | Tên xã/phường | Tổng số hộ | Số hộ được phủ cáp quang";
const BA_DINH = "00004 | Phường Ba Đình | #1000";
const counts = (...cells: readonly string[]) =>
  `${HEAD}\n${cells.map((cell) => `${BA_DINH} | ${cell}`).join("\n")}`;
const yesNo = (...cells: readonly string[]) =>
  `Mã xã | Xã có 5G\n${cells.map((cell) => `00004 | ${cell}`).join("\n")}`;
const place = (code: string, name: string) => `${HEAD}\n${code} | ${name} | #1000 | #900`;
const period = (text: string) => `${HEAD} | Kỳ báo cáo\n${BA_DINH} | #900 | ${text}`;
const titled = (title: string) => `${title}\n${counts("#900")}`;
const long = (column: string, cell: string) =>
  `Mã xã | Chỉ tiêu | Tử số | Mẫu số | ${column}\n00004 | pop_4g | #900 | #1000 | ${cell}`;
const cell = (value: RawValue) =>
  madeFile(madeSheet([...table(HEAD), ["00004", "Phường Ba Đình", 1000, value]]));

const mergedCounts = (merges: readonly Merge[]) =>
  madeFile(
    madeSheet(
      [
        ...table(HEAD),
        ["00004", "Phường Ba Đình", 1000, 900],
        [null, "Phường Ba Đình", 1000, null],
      ],
      { merges },
    ),
  );

const warn = (bad: FaultExample["bad"], fine: FaultExample["fine"]): FaultExample => ({
  severity: "warn",
  bad,
  fine,
});
const hold = (bad: FaultExample["bad"], fine: FaultExample["fine"]): FaultExample => ({
  severity: "hold",
  bad,
  fine,
});
const row = (bad: FaultExample["bad"], fine: FaultExample["fine"]): FaultExample => ({
  severity: "reject_row",
  bad,
  fine,
});
const file = (bad: FaultExample["bad"], fine: FaultExample["fine"]): FaultExample => ({
  severity: "reject_file",
  bad,
  fine,
});

/** One example for each message that understanding has. */
export const FAULT_EXAMPLES: Readonly<Record<string, FaultExample>> = {
  "V17.no_header_row": file("Một | Hai\n#1 | #2", counts("#900")),
  "V17.unknown_column": file(
    `Mã xã | Số hộ được phủ cáp quangg lõi\n00004 | #900`,
    "Mã xã | Số hộ được phủ cáp quang | Cột trống\n00004 | #900 |",
  ),
  "V17.no_header": file(
    `${HEAD}\n${BA_DINH} | #900 | #12`,
    `${HEAD} | Ghi chú\n${BA_DINH} | #900 | #12`,
  ),
  "V17.two_for_one": file(
    "Mã xã | Tổng số hộ | Số hộ gia đình | Dân số\n00004 | #1 | #2 | #3",
    "Mã xã | Tổng số hộ | Số hộ gia đình | Dân số\n00004 | #1 | | #3",
  ),
  "V17.several_meanings": file("Mã xã | Số hộ trong diện\n00004 | #1", "Mã xã | Số hộ\n00004 | #1"),
  "V17.scaled_unit": file(
    "Mã xã | Dân số (nghìn người)\n00004 | #65",
    "Mã xã | Dân số (người)\n00004 | #65023",
  ),
  "V17.scaled_title": file(titled("ĐVT: nghìn hộ"), titled("ĐVT: hộ")),
  "V17.ratio_of_what": file(
    "Mã xã | Tỷ lệ (%) | Số hộ được phủ cáp quang\n00004 | #90 | #900",
    "Mã xã | Số hộ được phủ cáp quang | Tỷ lệ (%)\n00004 | #900 | #90",
  ),
  "V17.count_of_what": file("Mã xã | Số lượng\n00004 | #1", "Mã xã | Số hộ\n00004 | #1"),
  "V17.nothing_counted": file("Mã xã | Tên xã\n00004 | Phường Ba Đình", counts("#900")),
  "V17.no_rows": file(HEAD, counts("#900")),
  "V18.total_row": warn(`${counts("#900")}\n| Tổng cộng | #1000 | #900`, counts("#900")),
  "V18.row_passed_over": warn(
    `${counts("#900")}\n| NGƯỜI LẬP BIỂU | | GIÁM ĐỐC`,
    `${counts("#900")}\n| Nguồn: niên giám thống kê`,
  ),
  "V18.header_again": warn(`${counts("#900")}\n${counts("#901")}`, counts("#900", "#901")),
  "V18.date_for_number": row(cell(new Date("2026-05-12")), cell(12.5)),
  "V18.cell_error": row(cell({ problem: "error", text: "#REF!" }), cell(900)),
  "V18.merged_count": row(mergedCounts([merge(1, 3, 2, 3)]), mergedCounts([merge(1, 0, 2, 0)])),
  "V18.formula_without_value": row(cell({ problem: "no_value", text: "=C2*0.9" }), cell(900)),
  "V18.day_number": warn(period("#46295"), period("30/09/2026")),
  "V20.unreadable_day": row(period("31/09/2026"), period("30/09/2026")),
  "V20.not_as_stated": hold(period("30/06/2026"), period("30/09/2026")),
  "V20.not_as_titled": hold(
    `Quý II năm 2026\n${period("30/09/2026")}`,
    `Quý III năm 2026\n${period("30/09/2026")}`,
  ),
  "V20.title_not_as_stated": hold(
    titled("BÁO CÁO QUÝ II NĂM 2026"),
    titled("BÁO CÁO QUÝ III NĂM 2026"),
  ),
  "V20.several_periods": {
    ...file(titled("Quý II/2026 | Quý III/2026"), titled("Quý III/2026")),
    settings: { asOf: null },
  },
  "V13.ambiguous": hold(counts("1.234"), counts("1.234", "1.865.270")),
  "V13.conflict": hold(counts("3.359,80", "0.85"), counts("3.359,80", "0,85")),
  "V13.thousands_lost": hold(counts("#1.234", "#2.5", "#3.75", "#12"), counts("#1.234", "#12")),
  "V14.not_yes_or_no": row(yesNo("chưa", "có"), yesNo("không", "có")),
  "V14.status": warn(counts("đang cập nhật"), counts("0")),
  "V14.not_a_number": row(counts("12 nghìn"), counts("12000")),
  "V14.none_or_unknown": row(counts("không"), counts("0")),
  "V14.mark_as_yes": warn(yesNo("x", ""), yesNo("có", "không")),
  "V14.percent_for_count": row(counts("85%"), counts("85")),
  "V14.unit_dropped": warn(counts("900 hộ"), counts("900")),
  "V14.status_with_number": row(
    long("Trạng thái", "chưa có số liệu"),
    long("Trạng thái", "có số liệu"),
  ),
  "V14.unknown_status": row(long("Trạng thái", "lạ"), long("Trạng thái", "")),
  "V16.name_repaired": warn(place("00004", "Phường  Ba Đình"), place("00004", "Phường Ba Đình")),
  "V10.code_as_number": warn(place("02647.0", "Phường Lào Cai"), place("02647", "Phường Lào Cai")),
  "V10.zeros_restored": warn(place("#4", "Phường Ba Đình"), place("00004", "Phường Ba Đình")),
  "V10.zeros_lost_no_name": row(place("#4", ""), place("#24280", "")),
  "V10.zeros_lost_other_name": row(place("#4", "Xã Hợp Thành"), place("00004", "Xã Hợp Thành")),
  "V10.province_code_as_number": warn(
    "Mã tỉnh | Mã xã | Số hộ\n#1 | 00004 | #5",
    "Mã tỉnh | Mã xã | Số hộ\n01 | 00004 | #5",
  ),
  "V27.unreadable_version": row(long("Phiên bản", "mới nhất"), long("Phiên bản", "1")),
  "V27.unreadable_basis": row(long("Cơ sở số liệu", "nghe nói"), long("Cơ sở số liệu", "đo kiểm")),
};
