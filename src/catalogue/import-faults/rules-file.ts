import { both } from "../text.ts";
import { fact, ifAny, indicator } from "./facts.ts";
import type { FaultTexts } from "./fault-texts.ts";

/** What the rules say that look beyond the row: at the file, the register, the day (V01, V03, V08, V11, V12, V20–V22, V26, V27). */
export const FILE_RULE_FAULTS: FaultTexts = {
  "V01.column_of_ratios": () =>
    both(
      "Mọi số trong cột này đều trong khoảng 0–1: đã hiểu là 0,85 = 85 %.",
      "All numbers of this column are within 0–1: 0.85 was understood as 85 %.",
    ),
  "V03.percent_only": () =>
    both(
      "Cột này chỉ có tỷ lệ, không có tử số và mẫu số: tỷ lệ được lưu, nhưng không được cộng vào tỉnh và cả nước. Hãy bổ sung số đếm.",
      "This column has percentages only, without counts: they are kept, but enter no sum of province or country. Please add the counts.",
    ),
  "V08.other_vintage": (d) =>
    both(
      `Tệp không dùng danh mục đơn vị của ngày ${fact(d, "day")}: chỉ ${fact(d, "fits")}/${fact(d, "pairs")} cặp mã – tên khớp, còn với danh mục ngày ${fact(d, "best_day")} thì ${fact(d, "best_fits")}. Nếu đó là danh mục của tệp, hãy nhập lại với --units ${fact(d, "best_day")}. Mức khớp: ${fact(d, "vintages")}.`,
      `The file does not use the units of ${fact(d, "day")}: ${fact(d, "fits")} of ${fact(d, "pairs")} pairs of code and name fit, with those of ${fact(d, "best_day")} it is ${fact(d, "best_fits")}. If that is the list of the file, import it again with --units ${fact(d, "best_day")}. What fits: ${fact(d, "vintages")}.`,
    ),
  "V08.mixed": (d) =>
    both(
      `Tệp trộn hai danh mục đơn vị: ${fact(d, "only_stated")} cặp mã – tên chỉ có trong danh mục ngày ${fact(d, "day")}, ${fact(d, "only_other")} cặp chỉ có trong danh mục khác. Mức khớp: ${fact(d, "vintages")}. Hãy tách thành hai tệp, mỗi tệp một danh mục (--units).`,
      `The file mixes two lists of units: ${fact(d, "only_stated")} pairs of code and name are only of ${fact(d, "day")}, ${fact(d, "only_other")} only of another day. What fits: ${fact(d, "vintages")}. Make it two files, one per list (--units).`,
    ),
  "V08.no_names": (d) =>
    both(
      `Tệp chỉ có mã, không có tên: phần lớn mã hiện nay trước 7/2025 là của xã khác, nên không kiểm tra được danh mục. Đã hiểu là danh mục ngày ${fact(d, "day")}. Hãy thêm cột tên.`,
      `The file has codes and no names: most codes of today were another commune's before July 2025, so that the list of units can't be checked. That of ${fact(d, "day")} was assumed. Please add names.`,
    ),
  "V11.same": (d) =>
    both(
      `${indicator(d, "vi")} ngày ${fact(d, "day")} đã có ở dòng ${fact(d, "other_row")}${ifAny(d, "other_sheet", " của trang ")} với cùng giá trị: chỉ ghi một lần.`,
      `${indicator(d, "en")} of ${fact(d, "day")} is in row ${fact(d, "other_row")}${ifAny(d, "other_sheet", " of sheet ")} already, with the same value: it is recorded once.`,
    ),
  "V11.different": (d) =>
    both(
      `${indicator(d, "vi")} ngày ${fact(d, "day")} có giá trị khác ở dòng ${fact(d, "other_row")}${ifAny(d, "other_sheet", " của trang ")}. Không biết dòng nào đúng: không dòng nào được nhận.`,
      `${indicator(d, "en")} of ${fact(d, "day")} has another value in row ${fact(d, "other_row")}${ifAny(d, "other_sheet", " of sheet ")}. Which one is right can't be seen: none is taken.`,
    ),
  "V12.correction": (d) =>
    both(
      `${indicator(d, "vi")} ngày ${fact(d, "day")} đã ghi là ${fact(d, "recorded")}; nay sửa thành ${fact(d, "new")}. Lý do: ${fact(d, "reason")}.`,
      `${indicator(d, "en")} of ${fact(d, "day")} is recorded as ${fact(d, "recorded")} and is now corrected to ${fact(d, "new")}. Reason: ${fact(d, "reason")}.`,
    ),
  "V12.no_reason": (d) =>
    both(
      `${indicator(d, "vi")} ngày ${fact(d, "day")} đã ghi là ${fact(d, "recorded")}; tệp ghi ${fact(d, "new")}. Sửa số đã ghi cần có lý do.`,
      `${indicator(d, "en")} of ${fact(d, "day")} is recorded as ${fact(d, "recorded")}; the file has ${fact(d, "new")}. A correction needs a reason.`,
    ),
  "V20.file_without_day": () =>
    both(
      "Không rõ số liệu của ngày nào. Hãy thêm cột kỳ báo cáo, hoặc nêu ngày khi nhập (--as-of).",
      "It is not said which day the figures are of. Add a column with the period, or state the day (--as-of).",
    ),
  "V20.no_day": () =>
    both(
      "Dòng không có kỳ báo cáo. Hãy điền ngày cuối quý.",
      "The row has no period. Fill in the last day of the quarter.",
    ),
  "V20.not_a_day": (d) =>
    both(`${fact(d, "day")} không phải là một ngày hợp lệ.`, `${fact(d, "day")} is not a day.`),
  "V20.in_future": (d) =>
    both(
      `Ngày ${fact(d, "day")} chưa đến (hôm nay là ${fact(d, "today")}).`,
      `${fact(d, "day")} is in the future (today is ${fact(d, "today")}).`,
    ),
  "V20.before_it_existed": (d) =>
    both(
      `${indicator(d, "vi")}: công nghệ này chỉ có từ ${fact(d, "exists_from")}; số liệu ghi ngày ${fact(d, "day")}.`,
      `${indicator(d, "en")}: the technology is there only since ${fact(d, "exists_from")}; the figure is of ${fact(d, "day")}.`,
    ),
  "V20.not_quarter_end": (d) =>
    both(
      `Ngày ${fact(d, "day")} không phải ngày cuối quý; quý này kết thúc ngày ${fact(d, "quarter_end")}. Hãy xác nhận hoặc sửa.`,
      `${fact(d, "day")} is not the end of a quarter; this one ends on ${fact(d, "quarter_end")}. Confirm or correct it.`,
    ),
  "V21.share_jumps": (d) =>
    both(
      `${indicator(d, "vi")}: từ ${fact(d, "was")} % (ngày ${fact(d, "earlier_day")}) lên hoặc xuống ${fact(d, "is")} %, thay đổi quá 20 điểm. Hãy xác nhận; có thể cách tính đã khác.`,
      `${indicator(d, "en")}: from ${fact(d, "was")} % (${fact(d, "earlier_day")}) to ${fact(d, "is")} %, more than 20 points. Please confirm; it may be counted in another way.`,
    ),
  "V21.denominator_jumps": (d) =>
    both(
      `${indicator(d, "vi")}: mẫu số từ ${fact(d, "was")} (ngày ${fact(d, "earlier_day")}) thành ${fact(d, "is")}, thay đổi quá 10 %. Hãy xác nhận nguồn của tổng số.`,
      `${indicator(d, "en")}: the denominator goes from ${fact(d, "was")} (${fact(d, "earlier_day")}) to ${fact(d, "is")}, more than 10 %. Please confirm where the total is from.`,
    ),
  "V22.falls": (d) =>
    both(
      `${indicator(d, "vi")} chỉ tăng theo thời gian, nhưng giảm từ ${fact(d, "was")} (ngày ${fact(d, "earlier_day")}) còn ${fact(d, "is")}. Hãy giải thích.`,
      `${indicator(d, "en")} only grows over time, but falls from ${fact(d, "was")} (${fact(d, "earlier_day")}) to ${fact(d, "is")}. Please explain.`,
    ),
  "V26.numerators_differ": (d) =>
    both(
      `${indicator(d, "vi")}: dòng tổng ${fact(d, "row")} ghi ${fact(d, "stated")}, các xã cộng lại là ${fact(d, "sum")}. Mọi dòng của chỉ tiêu này trong tỉnh được giữ lại để kiểm tra.`,
      `${indicator(d, "en")}: the total in row ${fact(d, "row")} is ${fact(d, "stated")}, the communes add up to ${fact(d, "sum")}. All rows of this indicator and province are held.`,
    ),
  "V26.denominators_differ": (d) =>
    both(
      `${indicator(d, "vi")}: mẫu số ở dòng tổng ${fact(d, "row")} là ${fact(d, "stated")}, các xã cộng lại là ${fact(d, "sum")}. Mọi dòng của chỉ tiêu này trong tỉnh được giữ lại để kiểm tra.`,
      `${indicator(d, "en")}: the denominator in the total row ${fact(d, "row")} is ${fact(d, "stated")}, the communes add up to ${fact(d, "sum")}. All rows of this indicator and province are held.`,
    ),
  "V26.province_row_differs": (d) =>
    both(
      `${indicator(d, "vi")}: dòng của tỉnh (dòng ${fact(d, "row")}) ghi ${fact(d, "stated")}, các xã cộng lại là ${fact(d, "sum")}. Mọi dòng của chỉ tiêu này trong tỉnh được giữ lại để kiểm tra.`,
      `${indicator(d, "en")}: the province's own row (${fact(d, "row")}) has ${fact(d, "stated")}, the communes add up to ${fact(d, "sum")}. All rows of this indicator and province are held.`,
    ),
  "V27.file_without_basis": () =>
    both(
      "Không rõ số liệu có được bằng cách nào (báo cáo, đo kiểm, mô phỏng, dự kiến, ước tính). Hãy thêm cột, hoặc nêu khi nhập (--basis).",
      "It is not said how the figures came about (reported, measured, modelled, projected, estimated). Add a column, or state it (--basis).",
    ),
  "V27.no_basis": (d) =>
    both(
      `${indicator(d, "vi")}: thiếu cách có được số liệu (báo cáo, đo kiểm, mô phỏng, dự kiến, ước tính).`,
      `${indicator(d, "en")}: it is not said how the figure came about (reported, measured, modelled, projected, estimated).`,
    ),
  "V27.unknown_operator": (d) =>
    both(
      `Không có doanh nghiệp "${fact(d, "operator")}" trong danh sách.`,
      `"${fact(d, "operator")}" is no operator of the register.`,
    ),
  "V27.unknown_indicator": (d) =>
    both(
      `Không có chỉ tiêu "${indicator(d, "vi")}".`,
      `There is no indicator "${indicator(d, "en")}".`,
    ),
  "V27.not_in_force": (d) =>
    both(
      `${indicator(d, "vi")}: không có định nghĩa nào có hiệu lực vào ngày ${fact(d, "day")}${ifAny(d, "from", " (định nghĩa đầu tiên từ ", ")")}.`,
      `${indicator(d, "en")}: no definition is in force on ${fact(d, "day")}${ifAny(d, "from", " (the first one is from ", ")")}.`,
    ),
  "V27.other_version": (d) =>
    both(
      `${indicator(d, "vi")}: tệp dùng phiên bản ${fact(d, "stated")}, vào ngày ${fact(d, "day")} phiên bản có hiệu lực là ${fact(d, "in_force")}.`,
      `${indicator(d, "en")}: the file has version ${fact(d, "stated")}, on ${fact(d, "day")} version ${fact(d, "in_force")} is in force.`,
    ),
  "V27.too_fine": (d) =>
    both(
      `${indicator(d, "vi")} không được thống kê đến cấp này; cấp thấp nhất là ${fact(d, "lowest_level")}.`,
      `${indicator(d, "en")} is not told at this level; its lowest one is ${fact(d, "lowest_level")}.`,
    ),
};
