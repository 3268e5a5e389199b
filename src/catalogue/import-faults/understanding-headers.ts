import type { FaultDetail } from "../../domain/coverage/import-fault.ts";
import { both } from "../text.ts";
import { fact, ifAny } from "./facts.ts";
import type { FaultTexts } from "./fault-texts.ts";

function column(detail: FaultDetail): string {
  return `“${fact(detail, "header")}” (${fact(detail, "letter")})`;
}

/** What is said of headers and of the lines above and between the rows (V17, V18, V20). */
export const HEADER_FAULTS: FaultTexts = {
  "V17.no_header_row": (d) =>
    both(
      `Không tìm thấy dòng tiêu đề cột trong ${fact(d, "rows")} dòng đầu của trang tính: không có cột nào được hiểu là mã hoặc tên xã, tỉnh. Hãy dùng tiêu đề như “Mã xã”, “Tên xã/phường”, hoặc xóa trang tính này nếu nó không chứa số liệu.`,
      `No row of column headers was found in the first ${fact(d, "rows")} rows of the sheet: no column was understood as the code or name of a commune or province. Use headers such as “Mã xã”, “Tên xã/phường”, or delete the sheet if it holds no figures.`,
    ),
  "V17.unknown_column": (d) =>
    both(
      `Không hiểu cột ${column(d)}, nhưng cột có dữ liệu.${ifAny(d, "nearest", " Tiêu đề gần nhất được biết: “", "”.")} Hãy sửa tiêu đề, hoặc đổi thành “Ghi chú” nếu không cần nhập.`,
      `Column ${column(d)} is not understood, and it has values.${ifAny(d, "nearest", " The nearest known header is “", "”.")} Correct the header, or call it “Ghi chú” if it need not be imported.`,
    ),
  "V17.no_header": (d) =>
    both(
      `Cột ${fact(d, "letter")} có dữ liệu nhưng không có tiêu đề. Hãy đặt tiêu đề hoặc xóa cột.`,
      `Column ${fact(d, "letter")} has values but no header. Give it one or delete the column.`,
    ),
  "V17.two_for_one": (d) =>
    both(
      `Hai cột được hiểu là cùng một thứ: “${fact(d, "other")}” (${fact(d, "other_letter")}) và ${column(d)}. Hãy giữ một cột hoặc ghi tiêu đề rõ hơn.`,
      `Two columns were understood as the same thing: “${fact(d, "other")}” (${fact(d, "other_letter")}) and ${column(d)}. Keep one or make the headers clearer.`,
    ),
  "V17.several_meanings": (d) =>
    both(
      `Tiêu đề ${column(d)} có thể là nhiều chỉ tiêu khác nhau (${fact(d, "roles")}). Hãy ghi rõ chỉ tiêu nào.`,
      `Header ${column(d)} could be one of several things (${fact(d, "roles")}). Say which.`,
    ),
  "V17.scaled_unit": (d) =>
    both(
      `Cột ${column(d)} ghi theo nghìn hoặc triệu. Số không được tự nhân lên: hãy ghi số đầy đủ và bỏ đơn vị đó khỏi tiêu đề.`,
      `Column ${column(d)} is in thousands or millions. Numbers are not multiplied by guess: give them in full and take that unit out of the header.`,
    ),
  "V17.scaled_title": () =>
    both(
      "Dòng đơn vị tính trên bảng nói số liệu theo nghìn hoặc triệu. Số không được tự nhân lên: hãy ghi số đầy đủ và sửa dòng này.",
      "The line above the table says that its numbers are in thousands or millions. Numbers are not multiplied by guess: give them in full and correct that line.",
    ),
  "V17.ratio_of_what": (d) =>
    both(
      `Không rõ cột tỷ lệ ${column(d)} là của chỉ tiêu nào. Hãy đặt ngay sau cột số lượng của chỉ tiêu đó, hoặc ghi tên chỉ tiêu vào tiêu đề.`,
      `It is not clear which indicator the percentages in ${column(d)} belong to. Put the column right behind that indicator's counts, or name the indicator in the header.`,
    ),
  "V17.count_of_what": (d) =>
    both(
      `Không rõ cột ${column(d)} đếm gì. Hãy ghi tên chỉ tiêu vào tiêu đề.`,
      `It is not clear what column ${column(d)} counts. Name the indicator in the header.`,
    ),
  "V17.nothing_counted": () =>
    both(
      "Trang tính có mã, tên đơn vị nhưng không có cột nào được hiểu là số liệu.",
      "The sheet has codes or names of units but no column that is understood as figures.",
    ),
  "V17.no_rows": () =>
    both(
      "Tệp không có dòng số liệu nào dưới tiêu đề cột.",
      "The file has no row of figures below its headers.",
    ),
  "V18.total_row": (d) =>
    both(
      `Dòng “${fact(d, "label")}” được hiểu là dòng tổng: không nhập, chỉ dùng để đối chiếu.`,
      `Row “${fact(d, "label")}” was understood as a total: it is not imported, only compared.`,
    ),
  "V18.row_passed_over": (d) =>
    both(
      `Dòng “${fact(d, "label")}” không có mã và không có số nên bị bỏ qua. Nếu là số liệu của một xã, hãy ghi mã xã.`,
      `Row “${fact(d, "label")}” has no code and no number and was passed over. If it is a commune's, give its code.`,
    ),
  "V18.header_again": () =>
    both(
      "Dòng tiêu đề lặp lại giữa bảng (ngắt trang), đã bỏ qua.",
      "The header comes again in the middle of the table (page break); the row was passed over.",
    ),
  "V20.several_periods": (d) =>
    both(
      `Tiêu đề nêu nhiều thời điểm số liệu (${fact(d, "days")}). Hãy nêu thời điểm khi nhập, hoặc thêm cột “Kỳ báo cáo”.`,
      `The title names several days (${fact(d, "days")}). State the day with the import, or add a column “Kỳ báo cáo”.`,
    ),
};
