import type { RuleId } from "../../domain/coverage/import-fault.ts";
import { type Both, both } from "../text.ts";

/** What each rule looks at, in a few words; its faults have messages of their own. */
export const RULE_TITLES: Readonly<Record<RuleId, Both>> = {
  V01: both("Tỷ lệ phần trăm ngoài 0–100", "Percentages outside 0–100"),
  V02: both(
    "Tử số lớn hơn mẫu số, hoặc không phải số đếm",
    "Numerators above their denominators, or no counts",
  ),
  V03: both("Mẫu số bằng 0 hoặc thiếu", "Denominators that are 0 or missing"),
  V04: both("Tỷ lệ không khớp với số đếm", "Percentages that are not their counts' ratio"),
  V05: both("Mã đơn vị không có", "Codes that no unit has"),
  V06: both("Đơn vị không tồn tại vào ngày đó", "Units that were not there on the day"),
  V07: both("Mã và tên là của hai đơn vị khác nhau", "Code and name of two different units"),
  V08: both("Danh mục đơn vị của thời điểm khác", "The list of units is another day's"),
  V09: both("Xã và tỉnh không khớp", "Communes outside their stated province"),
  V10: both("Mã mất số 0 đứng đầu", "Codes that lost their zeros"),
  V11: both("Số liệu lặp lại trong tệp", "Figures that stand in the file twice"),
  V12: both("Số liệu đã ghi với giá trị khác", "Figures that are recorded with another value"),
  V13: both("Số có thể hiểu theo hai cách", "Numbers that can be read in two ways"),
  V14: both("Chữ ở chỗ của số", "Words in place of numbers"),
  V15: both("Bảng mã của tệp", "The encoding of the file"),
  V16: both("Ký tự thừa trong ô", "Signs that do not belong in a cell"),
  V17: both("Tiêu đề cột", "Headers of columns"),
  V18: both("Bẫy của bảng tính", "Traps of spreadsheets"),
  V19: both("Tên không khớp chính xác", "Names that do not fit exactly"),
  V20: both("Ngày của số liệu", "The day of the figures"),
  V21: both("Thay đổi đột ngột so với lần trước", "Jumps since the last figure"),
  V22: both("Giảm ở chỉ tiêu chỉ tăng", "Falls of what only grows"),
  V23: both("Phần lớn hơn tổng thể", "Parts above their whole"),
  V24: both("Có hoặc không, trái với số đếm", "Yes or no against the counts"),
  V25: both("Số hộ và dân số không tương xứng", "Households and population that do not fit"),
  V26: both("Các xã cộng lại khác số của tỉnh", "Communes that do not add up to their province"),
  V27: both("Định nghĩa, cơ sở số liệu hoặc nhà mạng", "Definition, basis or operator"),
  V28: both("Tệp không an toàn", "Files that are not safe"),
};
