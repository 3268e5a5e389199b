import type { FaultDetail } from "../../domain/coverage/import-fault.ts";
import { both } from "../text.ts";
import type { FaultTexts } from "./fault-texts.ts";
import { UNSAFE_FAULTS } from "./unsafe.ts";

/** What the old encodings are called by those who use them. */
const ENCODING_NAMES: Readonly<Record<string, string>> = {
  "windows-1258": "windows-1258 (ANSI)",
  tcvn3: "TCVN3 (ABC, .VnTime)",
  vni: "VNI (VNI-Times)",
};

const SAVE_AS_UTF8 = both(
  "Hãy mở tệp gốc và lưu lại dạng .xlsx hoặc “CSV UTF-8”.",
  "Open the original file and save it as .xlsx or “CSV UTF-8”.",
);

function encodingName(detail: FaultDetail): string {
  const name = String(detail["encoding"]);
  return ENCODING_NAMES[name] ?? name;
}

function list(value: FaultDetail[string] | undefined): string {
  return Array.isArray(value) ? value.join("; ") : String(value ?? "");
}

function meantVi({ meant }: FaultDetail): string {
  return meant === "" || meant === undefined ? "" : ` Có lẽ nguyên văn là: “${String(meant)}”.`;
}

function meantEn({ meant }: FaultDetail): string {
  return meant === "" || meant === undefined ? "" : ` It probably was: “${String(meant)}”.`;
}

/** Faults of opening a file: its letters (V15), hidden parts (V18), and what can't be taken at all (V28). */
export const READING_FAULTS: FaultTexts = {
  ...UNSAFE_FAULTS,
  "V15.guessed_encoding": (detail) =>
    both(
      `Tệp không phải UTF-8; đã đọc theo bảng mã ${encodingName(detail)}: “${String(detail["sample"])}”. Nếu chữ không đúng, đừng nhận tệp này. ${SAVE_AS_UTF8.vi}`,
      `The file is not UTF-8; it was read as ${encodingName(detail)}: “${String(detail["sample"])}”. If the letters are wrong, don't accept it. ${SAVE_AS_UTF8.en}`,
    ),
  "V15.undecidable": (detail) =>
    both(
      `Không xác định được bảng mã của tệp: không cách đọc nào cho ra tiếng Việt (${list(detail["readings"])}). ${SAVE_AS_UTF8.vi}`,
      `The file's encoding can't be told: no way of reading it gives Vietnamese (${list(detail["readings"])}). ${SAVE_AS_UTF8.en}`,
    ),
  "V15.broken_utf8": () =>
    both(
      `Tệp là UTF-8 nhưng có chỗ bị hỏng, một số chữ không đọc được. ${SAVE_AS_UTF8.vi}`,
      `The file is UTF-8 with damaged places: some letters can't be read. ${SAVE_AS_UTF8.en}`,
    ),
  "V15.broken_utf16": () =>
    both(
      `Tệp là UTF-16 nhưng bị hỏng hoặc bị cắt. ${SAVE_AS_UTF8.vi}`,
      `The file is UTF-16, damaged or cut off. ${SAVE_AS_UTF8.en}`,
    ),
  "V15.mojibake": (detail) =>
    both(
      `Chữ đã bị hỏng (“${String(detail["sample"])}”): văn bản UTF-8 từng bị mở bằng bảng mã khác rồi lưu lại.${meantVi(detail)} Hãy lấy lại tệp gốc; khi mở CSV bằng Excel, dùng Dữ liệu → Từ văn bản và chọn UTF-8.`,
      `The letters are garbled (“${String(detail["sample"])}”): UTF-8 text was once opened in another encoding and saved again.${meantEn(detail)} Go back to the original file; to open a CSV in Excel use Data → From Text and choose UTF-8.`,
    ),
  "V15.legacy_font": (detail) =>
    both(
      `Chữ được gõ theo phông cũ ${String(detail["font"])} (“${String(detail["sample"])}”), không phải Unicode.${meantVi(detail)} Hãy chuyển sang Unicode (ví dụ bằng công cụ chuyển mã của UniKey) rồi gửi lại.`,
      `The text was typed for the old font ${String(detail["font"])} (“${String(detail["sample"])}”), not in Unicode.${meantEn(detail)} Convert it to Unicode (UniKey's converter does it) and send it again.`,
    ),
  "V15.letters_lost": (detail) =>
    both(
      `Nhiều chữ có dấu đã mất, chỉ còn dấu hỏi (“${String(detail["sample"])}”); không thể khôi phục từ tệp này. ${SAVE_AS_UTF8.vi}`,
      `Many accented letters are lost, question marks stand in their place (“${String(detail["sample"])}”); they can't be brought back from this file. ${SAVE_AS_UTF8.en}`,
    ),
  "V18.hidden_sheet": (detail) =>
    both(
      `Trang tính “${String(detail["sheet"])}” đang ẩn nên không được đọc. Nếu có số liệu trong đó, hãy bỏ ẩn rồi gửi lại.`,
      `The sheet “${String(detail["sheet"])}” is hidden and was not read. If there are figures in it, unhide it and send the file again.`,
    ),
  "V18.hidden_rows": (detail) =>
    both(
      `Trang tính có ${String(detail["rows"])} dòng và ${String(detail["columns"])} cột đang ẩn; chúng vẫn được đọc. Hãy kiểm tra xem chúng có thuộc báo cáo không.`,
      `The sheet has ${String(detail["rows"])} hidden rows and ${String(detail["columns"])} hidden columns; they were read. Check whether they belong to the report.`,
    ),
};
