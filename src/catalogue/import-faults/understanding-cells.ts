import type { FaultDetail } from "../../domain/coverage/import-fault.ts";
import type { Lang } from "../text.ts";
import { both } from "../text.ts";
import { fact } from "./facts.ts";
import type { FaultTexts } from "./fault-texts.ts";

const STATUSES: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  not_collected: both("chưa có số liệu", "not collected"),
  not_applicable: both("không áp dụng", "not applicable"),
  suppressed: both("không công bố", "suppressed"),
};

const REPAIRS: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  not_nfc: both("dấu viết rời (không theo NFC)", "accents apart from their letters (not NFC)"),
  line_break: both("xuống dòng trong ô", "a line break in the cell"),
  hidden_space: both("dấu cách không ngắt", "no-break spaces"),
  double_space: both("dấu cách thừa", "double spaces"),
  case: both("chữ hoa, chữ thường", "upper and lower case"),
};

function status(detail: FaultDetail, lang: Lang): string {
  const slug = fact(detail, "status");
  return STATUSES[slug]?.[lang] ?? slug;
}

function repairs(detail: FaultDetail, lang: Lang): string {
  return fact(detail, "repairs")
    .split(", ")
    .map((slug) => REPAIRS[slug]?.[lang] ?? slug)
    .join("; ");
}

/** What is said of single cells while they are read (V10, V13, V14, V16, V18, V20, V27). */
export const CELL_FAULTS: FaultTexts = {
  "V10.code_as_number": (d) =>
    both(
      `Mã đã bị bảng tính biến thành số; được hiểu là ${fact(d, "understood")}. Hãy định dạng cột mã là văn bản.`,
      `A spreadsheet made the code a number; it was understood as ${fact(d, "understood")}. Format the column as text.`,
    ),
  "V10.zeros_restored": (d) =>
    both(
      `Mã đã mất số 0 ở đầu; được hiểu là ${fact(d, "understood")} vì tên “${fact(d, "name")}” khớp. Hãy định dạng cột mã là văn bản.`,
      `The code had lost its leading zeros; it was understood as ${fact(d, "understood")}, which the name “${fact(d, "name")}” confirms. Format the column as text.`,
    ),
  "V10.province_code_as_number": (d) =>
    both(
      `Mã tỉnh đã bị bảng tính biến thành số; được hiểu là ${fact(d, "understood")} và được đối chiếu với xã.`,
      `A spreadsheet made the province's code a number; it was understood as ${fact(d, "understood")} and is compared with the commune.`,
    ),
  "V10.zeros_lost_no_name": (d) =>
    both(
      `Mã thiếu chữ số (có lẽ là ${fact(d, "understood")}), và dòng không có tên để xác nhận. Hãy ghi đủ số 0 ở đầu hoặc thêm tên.`,
      `The code is too short (perhaps ${fact(d, "understood")}), and the row has no name that confirms it. Give it with its zeros, or add the name.`,
    ),
  "V10.zeros_lost_other_name": (d) =>
    both(
      `Mã thiếu chữ số; thêm số 0 thành ${fact(d, "understood")} thì không phải “${fact(d, "name")}”. Hãy kiểm tra mã và tên.`,
      `The code is too short; with zeros it would be ${fact(d, "understood")}, which is not “${fact(d, "name")}”. Check code and name.`,
    ),
  "V13.ambiguous": (d) =>
    both(
      `Không rõ dấu trong số là phân cách hàng nghìn hay thập phân: ${fact(d, "with_dot")} hay ${fact(d, "with_comma")}? Không ô nào trong cột cho biết. Tạm hiểu là ${fact(d, "taken")}; chờ duyệt.`,
      `It is not clear whether the sign groups thousands or begins decimals: ${fact(d, "with_dot")} or ${fact(d, "with_comma")}? No cell of the column tells. Taken as ${fact(d, "taken")} for now; held for review.`,
    ),
  "V13.conflict": (d) =>
    both(
      `Trong cột này có ô dùng dấu phẩy thập phân và có ô dùng dấu chấm thập phân, nên ô này không chắc chắn. Tạm hiểu là ${fact(d, "taken")}; chờ duyệt. Hãy dùng một cách viết cho cả cột.`,
      `This column has cells with a decimal comma and cells with a decimal point, so this one is not certain. Taken as ${fact(d, "taken")} for now; held for review. Use one way of writing in the column.`,
    ),
  "V13.thousands_lost": (d) =>
    both(
      `Phần lớn số trong cột này có dạng 1.234 – bảng tính có thể đã hiểu dấu chấm hàng nghìn là dấu thập phân. Ô này là ${fact(d, "taken")} hay ${fact(d, "instead")}? Tạm hiểu là ${fact(d, "taken")}; chờ duyệt. Hãy ghi lại số của cả cột.`,
      `Most numbers of this column are such as 1.234: the spreadsheet may have taken dots between thousands for decimal signs. Is this ${fact(d, "taken")} or ${fact(d, "instead")}? Taken as ${fact(d, "taken")} for now; held for review. Write the column's numbers again.`,
    ),
  "V14.status": (d) =>
    both(
      `Không phải số; được hiểu là “${status(d, "vi")}”, không phải 0.`,
      `Not a number; understood as “${status(d, "en")}”, not as 0.`,
    ),
  "V14.not_yes_or_no": () =>
    both(
      "Cột này chỉ nhận có hoặc không. Hãy ghi “có” (1) hoặc “không” (0); chưa biết thì để trống hoặc ghi “chưa có số liệu”.",
      "This column is answered by yes or no. Write “có” (1) or “không” (0); where it is not known, leave the cell empty or write “chưa có số liệu”.",
    ),
  "V14.not_a_number": () =>
    both(
      "Không đọc được thành số. Hãy ghi số; nếu chưa có số liệu, hãy để trống hoặc ghi “chưa có số liệu”.",
      "This can't be read as a number. Give a number; where there is none yet, leave the cell empty or write “chưa có số liệu”.",
    ),
  "V14.none_or_unknown": () =>
    both(
      "“Không” có thể là 0 hoặc chưa có số liệu. Hãy ghi 0 nếu là số 0, “chưa có số liệu” nếu chưa biết.",
      "“Không” may mean 0 or not known. Write 0 if it is 0, “chưa có số liệu” if it is not known.",
    ),
  "V14.mark_as_yes": () =>
    both(
      "Cột chỉ có dấu và ô trống: dấu được hiểu là “có”. Ô trống không phải “không”: hãy ghi 0 hoặc “không”.",
      "The column has nothing but marks and empty cells: the mark was understood as yes. An empty cell is not no: write 0 or “không”.",
    ),
  "V14.percent_for_count": () =>
    both(
      "Đây là tỷ lệ phần trăm trong cột số lượng. Hãy ghi số lượng, hoặc chuyển sang cột tỷ lệ.",
      "This is a percentage in a column of counts. Give the count, or move it to a percentage column.",
    ),
  "V14.unit_dropped": (d) =>
    both(
      `Đơn vị “${fact(d, "unit")}” sau số đã được bỏ qua. Ô số chỉ nên có số.`,
      `The unit “${fact(d, "unit")}” behind the number was dropped. A cell should hold the number alone.`,
    ),
  "V14.status_with_number": (d) =>
    both(
      `Trạng thái là “${status(d, "vi")}” nhưng dòng có số. Hãy bỏ một trong hai.`,
      `The status is “${status(d, "en")}”, yet the row has a number. Take one of them out.`,
    ),
  "V14.unknown_status": () =>
    both(
      "Không hiểu trạng thái này. Hãy ghi “có số liệu”, “chưa có số liệu”, “không áp dụng” hoặc “bảo mật”.",
      "This status is not understood. Write present, not_collected, not_applicable or suppressed.",
    ),
  "V16.name_repaired": (d) =>
    both(
      `Tên được đọc là “${fact(d, "name")}” sau khi sửa: ${repairs(d, "vi")}.`,
      `The name was read as “${fact(d, "name")}” after putting right: ${repairs(d, "en")}.`,
    ),
  "V18.date_for_number": (d) =>
    both(
      `Bảng tính đã biến số thành ngày (${fact(d, "day")}). Hãy nhập lại số và định dạng ô là số.`,
      `A spreadsheet made the number a date (${fact(d, "day")}). Enter the number again and format the cell as a number.`,
    ),
  "V18.day_number": (d) =>
    both(
      `Ngày được ghi bằng số thứ tự của bảng tính; được hiểu là ${fact(d, "day")}.`,
      `The day is a spreadsheet's day number; it was understood as ${fact(d, "day")}.`,
    ),
  "V18.cell_error": (d) =>
    both(
      `Ô có lỗi ${fact(d, "text")} của bảng tính. Hãy sửa công thức hoặc ghi giá trị.`,
      `The cell holds the spreadsheet error ${fact(d, "text")}. Mend the formula or give the value.`,
    ),
  "V18.merged_count": () =>
    both(
      "Ô số liệu này gộp qua nhiều dòng nên không biết số là của dòng nào. Hãy bỏ gộp ô và ghi số riêng cho từng dòng.",
      "This count is merged over several rows, so nobody can tell whose it is. Take the merge apart and give each row its own.",
    ),
  "V18.formula_without_value": (d) =>
    both(
      `Ô có công thức (${fact(d, "text")}) nhưng không có kết quả được lưu. Hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại rồi gửi.`,
      `The cell has a formula (${fact(d, "text")}) without a stored result. Open the file in Excel or LibreOffice, save it and send it again.`,
    ),
  "V20.unreadable_day": () =>
    both(
      "Không hiểu thời điểm số liệu. Hãy ghi như 30/09/2026 hoặc Quý III/2026.",
      "The day of the figures is not understood. Write it as 30/09/2026 or Quý III/2026.",
    ),
  "V20.not_as_stated": (d) =>
    both(
      `Dòng ghi số liệu của ngày ${fact(d, "row")}, nhưng khi nhập nêu ngày ${fact(d, "stated")}. Chờ duyệt.`,
      `The row says ${fact(d, "row")}, but ${fact(d, "stated")} was stated with the import. Held for review.`,
    ),
  "V20.not_as_titled": (d) =>
    both(
      `Dòng ghi số liệu của ngày ${fact(d, "row")}, nhưng tiêu đề bảng nêu ${fact(d, "title")}. Chờ duyệt.`,
      `The row says ${fact(d, "row")}, but the title of the table names ${fact(d, "title")}. Held for review.`,
    ),
  "V20.title_not_as_stated": (d) =>
    both(
      `Tiêu đề bảng nêu ${fact(d, "title")}, nhưng khi nhập nêu ngày ${fact(d, "stated")}. Chờ duyệt: có thể nhầm tệp.`,
      `The title of the table names ${fact(d, "title")}, but ${fact(d, "stated")} was stated with the import. Held for review: it may be the wrong file.`,
    ),
  "V27.unreadable_version": () =>
    both(
      `Không hiểu phiên bản chỉ tiêu. Hãy ghi một số, hoặc để trống để dùng phiên bản đang có hiệu lực.`,
      `The version of the indicator is not understood. Give a number, or leave it empty for the one in force.`,
    ),
  "V27.unreadable_basis": () =>
    both(
      "Không hiểu cơ sở số liệu. Hãy ghi: báo cáo, đo kiểm, mô phỏng, dự kiến hoặc ước tính.",
      "The basis is not understood. Write reported, measured, modelled, projected or estimated.",
    ),
};
