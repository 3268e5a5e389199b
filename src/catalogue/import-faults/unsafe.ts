import type { FaultDetail } from "../../domain/coverage/import-fault.ts";
import { type Both, both } from "../text.ts";
import type { FaultTexts } from "./fault-texts.ts";

const SAVE_AS = both(
  "Hãy lưu lại dạng .xlsx hoặc “CSV UTF-8” rồi gửi lại.",
  "Save it as .xlsx or “CSV UTF-8” and send it again.",
);

const COPY_VALUES = both(
  "Hãy chép riêng phần số liệu (Dán giá trị) sang một tệp .xlsx mới rồi gửi lại.",
  "Copy the figures alone (Paste values) into a new .xlsx file and send that.",
);

const SEND_AGAIN = both(
  "Hãy mở tệp trên máy, lưu lại rồi gửi lại.",
  "Open the file on your computer, save it and send it again.",
);

const KINDS: Readonly<Record<string, Both>> = {
  old_excel: both("bảng tính Excel 97–2003 (.xls)", "an Excel 97–2003 workbook (.xls)"),
  old_word: both("văn bản Word (.doc)", "a Word document (.doc)"),
  office_binary: both("tệp Office đời cũ", "an old Office file"),
  xlsb: both("bảng tính Excel nhị phân (.xlsb)", "a binary Excel workbook (.xlsb)"),
  docx: both("văn bản Word (.docx)", "a Word document (.docx)"),
  odt: both("tệp OpenDocument không phải bảng tính", "an OpenDocument file that is no spreadsheet"),
  pptx: both("tệp trình chiếu", "a presentation"),
  pdf: both("tệp PDF", "a PDF"),
  image: both("hình ảnh", "a picture"),
  html: both("trang web (HTML)", "a web page (HTML)"),
  xml: both("tệp XML", "an XML file"),
  json: both("tệp JSON", "a JSON file"),
  rtf: both("văn bản RTF", "an RTF document"),
  compressed: both("tệp nén", "a compressed archive"),
  zip: both("tệp nén ZIP", "a ZIP archive"),
  program: both("chương trình", "a program"),
};

const FORMATS: Readonly<Record<string, string>> = {
  csv: "CSV",
  xlsx: "Excel (.xlsx)",
  ods: ".ods",
};

const said = (vi: string, en: string, toDo: Both): Both =>
  both(`${vi} ${toDo.vi}`, `${en} ${toDo.en}`);

function kind(detail: FaultDetail): Both {
  const name = String(detail["kind"]);
  return KINDS[name] ?? both(name, name);
}

/** ` (xl/workbook.xml)` where the fault names a part of the file. */
function part({ name }: FaultDetail): string {
  return typeof name === "string" && name !== "" ? ` (${name})` : "";
}

/** Files that are dangerous, too large, damaged or no tables (V28). */
export const UNSAFE_FAULTS: FaultTexts = {
  "V28.empty_file": () =>
    both(
      "Tệp không có dòng số liệu nào để đọc. Hãy kiểm tra xem đã chọn đúng tệp chưa, và trang tính có đang ẩn không.",
      "The file has no row to read. Check that it is the right file, and that its sheets are not hidden.",
    ),
  "V28.not_a_table": (detail) =>
    said(
      `Tệp này là ${kind(detail).vi}, không phải bảng số liệu đọc được.`,
      `This is ${kind(detail).en}, not a table that can be read.`,
      SAVE_AS,
    ),
  "V28.wrong_extension": (detail) =>
    both(
      `Tên tệp kết thúc bằng .${String(detail["ending"])} nhưng nội dung là ${FORMATS[String(detail["format"])] ?? ""}. Hãy đổi đuôi tên tệp thành .${String(detail["format"])}, hoặc mở và lưu lại đúng định dạng.`,
      `The name ends in .${String(detail["ending"])} but the content is ${FORMATS[String(detail["format"])] ?? ""}. Rename the file to end in .${String(detail["format"])}, or open it and save it in the format that you meant.`,
    ),
  "V28.password_protected": () =>
    both(
      "Tệp có mật khẩu nên không đọc được. Trong Excel: Tệp → Thông tin → Bảo vệ sổ làm việc → Mã hóa bằng mật khẩu, xóa mật khẩu rồi lưu và gửi lại.",
      "The file has a password and can't be read. In Excel: File → Info → Protect Workbook → Encrypt with Password, clear it, save and send it again.",
    ),
  "V28.too_large": (detail) =>
    both(
      `Tệp có ${String(detail["mebibytes"])} MiB, nhiều hơn mức ${String(detail["limit"])} MiB. Hãy bỏ hình ảnh và trang không cần, hoặc chia thành nhiều tệp.`,
      `The file has ${String(detail["mebibytes"])} MiB, more than the ${String(detail["limit"])} MiB that are taken. Leave out pictures and sheets that are not needed, or send several files.`,
    ),
  "V28.zip_bomb": (detail) =>
    said(
      `Tệp bung ra quá lớn${part(detail)}: ${String(detail["mebibytes"])} MiB. Có thể đây là tệp phá hoại, hoặc định dạng đã được kéo tới cuối trang tính.`,
      `The file grows too large when unpacked${part(detail)}: ${String(detail["mebibytes"])} MiB. It may be malicious, or formatting was dragged to the end of the sheet.`,
      COPY_VALUES,
    ),
  "V28.archive_tricks": (detail) =>
    said(
      `Cấu trúc bên trong tệp không bình thường${part(detail)}.`,
      `The file is not built the way spreadsheet programs do it${part(detail)}.`,
      SEND_AGAIN,
    ),
  "V28.truncated": (detail) =>
    said(
      `Tệp bị hỏng hoặc bị cắt giữa chừng khi gửi${part(detail)}.`,
      `The file is damaged, or was cut off on its way${part(detail)}.`,
      SEND_AGAIN,
    ),
  "V28.broken_xml": (detail) =>
    said(
      `Tệp bị hỏng bên trong${part(detail)}.`,
      `The file is damaged inside${part(detail)}.`,
      SEND_AGAIN,
    ),
  "V28.broken_sheet": () => said("Trang tính bị hỏng.", "The sheet is damaged.", SEND_AGAIN),
  "V28.xml_doctype": (detail) =>
    said(
      `Tệp chứa định nghĩa kiểu tài liệu (DOCTYPE)${part(detail)}, bảng tính bình thường không có.`,
      `The file has a document type definition${part(detail)}, which no spreadsheet needs.`,
      SEND_AGAIN,
    ),
  "V28.xml_encoding": (detail) =>
    said(
      `Một phần của tệp không phải UTF-8${part(detail)}.`,
      `A part of the file is not UTF-8${part(detail)}.`,
      SEND_AGAIN,
    ),
  "V28.part_too_large": (detail) =>
    said(
      `Một phần của tệp quá lớn${part(detail)}.`,
      `A part of the file is too large${part(detail)}.`,
      COPY_VALUES,
    ),
  "V28.too_many_texts": (detail) =>
    said(
      `Tệp có hơn ${String(detail["limit"])} đoạn chữ khác nhau.`,
      `The file has more than ${String(detail["limit"])} different texts.`,
      COPY_VALUES,
    ),
  "V28.too_many_sheets": (detail) =>
    both(
      `Tệp có ${String(detail["sheets"])} trang tính, nhiều hơn mức ${String(detail["limit"])}. Hãy bỏ trang không cần hoặc chia thành nhiều tệp.`,
      `The file has ${String(detail["sheets"])} sheets, more than ${String(detail["limit"])}. Leave out what is not needed, or send several files.`,
    ),
  "V28.too_many_columns": (detail) =>
    said(
      `Có số liệu ở cột thứ ${Number(detail["limit"]) + 1} trở đi; báo cáo có tối đa ${String(detail["limit"])} cột.`,
      `There are values beyond column ${String(detail["limit"])}, more than a report can have.`,
      COPY_VALUES,
    ),
  "V28.too_many_rows": (detail) =>
    both(
      `Bảng có nhiều hơn ${String(detail["limit"])} dòng. Hãy chia thành nhiều tệp.`,
      `The table has more than ${String(detail["limit"])} rows. Send several files.`,
    ),
  "V28.cell_too_long": (detail) =>
    both(
      `Có ô dài hơn ${String(detail["limit"])} ký tự; có thể là dấu ngoặc kép không đóng. Hãy sửa ô đó rồi gửi lại.`,
      `A cell has more than ${String(detail["limit"])} characters; perhaps a quotation mark is not closed. Mend it and send the file again.`,
    ),
  "V28.row_too_long": (detail) =>
    both(
      `Có dòng dài hơn ${String(detail["mebibytes"])} MiB; có thể là dấu ngoặc kép không đóng hoặc tệp không phải CSV. ${SAVE_AS.vi}`,
      `A row has more than ${String(detail["mebibytes"])} MiB; perhaps a quotation mark is not closed, or the file is no CSV. ${SAVE_AS.en}`,
    ),
  "V28.quote_not_closed": () =>
    said(
      "Có dấu ngoặc kép mở mà không đóng, nên không biết ô kết thúc ở đâu.",
      "A quotation mark is opened and never closed, so where the cell ends can't be told.",
      SAVE_AS,
    ),
  "V28.nul_bytes": () =>
    said(
      "Tệp có các byte rỗng mà văn bản không có: không phải CSV, hoặc đã bị hỏng.",
      "The file has zero bytes, which text has not: it is no CSV, or is damaged.",
      SAVE_AS,
    ),
  "V28.macros": (detail) =>
    both(
      `Tệp chứa macro${part(detail)} nên không được nhận. Hãy lưu lại dạng “Excel Workbook (.xlsx)” không có macro.`,
      `The file has macros${part(detail)} and is not taken. Save it as “Excel Workbook (.xlsx)” without macros.`,
    ),
  "V28.external_links": (detail) =>
    both(
      `Tệp liên kết tới tệp hoặc nguồn dữ liệu khác${part(detail)}, số liệu có thể không đứng độc lập. Trong Excel: Dữ liệu → Chỉnh sửa liên kết → Ngắt liên kết, lưu rồi gửi lại.`,
      `The file is linked to other files or data sources${part(detail)}, so its figures may not stand alone. In Excel: Data → Edit Links → Break Link, save and send it again.`,
    ),
  "V28.embedded_objects": (detail) =>
    said(
      `Tệp chứa đối tượng nhúng${part(detail)} (tệp khác, nút bấm, chương trình).`,
      `The file has embedded objects${part(detail)}: other files, controls, programs.`,
      COPY_VALUES,
    ),
};
