import { both } from "../text.ts";
import { fact, ifAny } from "./facts.ts";
import type { FaultTexts } from "./fault-texts.ts";

/** What the rules over a row's place say (V05–V07, V09, V10, V19). */
export const PLACE_RULE_FAULTS: FaultTexts = {
  "V05.no_place": () =>
    both(
      "Không xác định được dòng này thuộc xã hay tỉnh nào. Hãy điền mã và tên.",
      "It can't be told which commune or province this row is of. Fill in code and name.",
    ),
  "V05.not_a_code": (d) =>
    both(
      `Mã đơn vị hành chính gồm ${fact(d, "digits")} chữ số. Hãy dùng mã của Tổng cục Thống kê.`,
      `A unit code has ${fact(d, "digits")} digits. Use the code of the statistics office.`,
    ),
  "V05.unknown_code": (d) =>
    both(
      `Không có đơn vị nào mang mã này, trước đây cũng như hiện nay.${ifAny(d, "meant", " Có phải là ", "?")}`,
      `No unit has or had this code.${ifAny(d, "meant", " Is it ", "?")}`,
    ),
  "V06.abolished": (d) =>
    both(
      `${fact(d, "unit")} không còn từ ngày ${fact(d, "ended")}; số liệu là của ngày ${fact(d, "day")}.${ifAny(d, "whole", " Đã nhập toàn bộ vào ", ".")}${ifAny(d, "split", " Đã chia về ", ".")} Hãy dùng mã mới, hoặc nêu ngày của danh mục đơn vị (--units).`,
      `${fact(d, "unit")} is not there since ${fact(d, "ended")}; the figures are of ${fact(d, "day")}.${ifAny(d, "whole", " All of it is now in ", ".")}${ifAny(d, "split", " It was divided among ", ".")} Use the present code, or state the day of the list of units (--units).`,
    ),
  "V06.not_yet": (d) =>
    both(
      `${fact(d, "unit")} chỉ có từ ngày ${fact(d, "began")}; số liệu là của ngày ${fact(d, "day")}.${ifAny(d, "whole", " Gồm toàn bộ ", ".")}${ifAny(d, "split", " Gồm một phần của ", ".")} Nếu số liệu đã quy đổi theo đơn vị mới, hãy nêu ngày của danh mục (--units).`,
      `${fact(d, "unit")} is there only since ${fact(d, "began")}; the figures are of ${fact(d, "day")}.${ifAny(d, "whole", " It has all of ", ".")}${ifAny(d, "split", " It has parts of ", ".")} If they were recast to the new units, state the day of the list (--units).`,
    ),
  "V07.former_unit": (d) =>
    both(
      `Tên "${fact(d, "name")}" là của ${fact(d, "former")}, mang mã này trước ngày ${fact(d, "until")}; nay mã là của ${fact(d, "unit")}. Có thể tệp dùng danh mục cũ.`,
      `"${fact(d, "name")}" is ${fact(d, "former")}, which had this code before ${fact(d, "until")}; now it is that of ${fact(d, "unit")}. The file may use an old list.`,
    ),
  "V07.other_unit": (d) =>
    both(
      `Mã là của ${fact(d, "unit")}, nhưng tên "${fact(d, "name")}" là của ${fact(d, "meant")}. Có thể các dòng bị lệch; hãy sửa mã hoặc tên.`,
      `The code is that of ${fact(d, "unit")}, but "${fact(d, "name")}" is ${fact(d, "meant")}. Rows may be shifted; correct code or name.`,
    ),
  "V07.unknown_name": (d) =>
    both(
      `Mã là của ${fact(d, "unit")}; không có xã nào tên "${fact(d, "name")}". Hãy kiểm tra mã và cách viết tên.`,
      `The code is that of ${fact(d, "unit")}; no commune is called "${fact(d, "name")}". Check code and spelling.`,
    ),
  "V09.unknown_province": () =>
    both(
      "Không có tỉnh, thành phố này. Hãy kiểm tra mã và tên.",
      "There is no such province. Check code and name.",
    ),
  "V09.former_province": (d) =>
    both(
      `${fact(d, "former")} không còn vào ngày ${fact(d, "day")}.${ifAny(d, "successors", " Nay thuộc ", ".")}`,
      `${fact(d, "former")} was not there any more on ${fact(d, "day")}.${ifAny(d, "successors", " It is now in ", ".")}`,
    ),
  "V09.reused_code": (d) =>
    both(
      `Mã tỉnh này là của ${fact(d, "province")}; "${fact(d, "name")}" mang mã này đến trước ngày ${fact(d, "until")}. Mã đã được dùng lại: hãy kiểm tra danh mục đơn vị của tệp.`,
      `This province code is that of ${fact(d, "province")}; "${fact(d, "name")}" had it before ${fact(d, "until")}. The code was used again: check which list of units the file has.`,
    ),
  "V09.code_and_name": (d) =>
    both(
      `Mã tỉnh là của ${fact(d, "province")}, nhưng tên ghi "${fact(d, "name")}". Hãy sửa mã hoặc tên.`,
      `The province code is that of ${fact(d, "province")}, but the name is "${fact(d, "name")}". Correct code or name.`,
    ),
  "V09.other_province": (d) =>
    both(
      `${fact(d, "unit")} thuộc ${fact(d, "actual")}, không thuộc ${fact(d, "stated")}.`,
      `${fact(d, "unit")} is in ${fact(d, "actual")}, not in ${fact(d, "stated")}.`,
    ),
  "V09.not_your_province": (d) =>
    both(
      `Khóa này chỉ được ghi số liệu của tỉnh mã ${fact(d, "only")}${ifAny(d, "actual", "; dòng này là của ")}.`,
      `This key may only write figures of the province with the code ${fact(d, "only")}${ifAny(d, "actual", "; this row is of ")}.`,
    ),
  "V10.padded_without_name": (d) =>
    both(
      `Mã bị mất số 0 ở đầu, hiểu là ${fact(d, "padded")}, nhưng không có tên để xác nhận. Hãy thêm tên, hoặc duyệt dòng này.`,
      `The code has lost its leading zeros and was understood as ${fact(d, "padded")}, but no name confirms it. Add the name, or accept the row.`,
    ),
  "V19.accents": (d) =>
    both(
      `Tên chỉ giống khi bỏ dấu. Có phải là ${fact(d, "meant")}? Hãy viết đúng dấu: tên khác dấu có thể là hai xã khác nhau.`,
      `The name only fits without its accents. Is it ${fact(d, "meant")}? Write it with accents: names that differ in them can be two communes.`,
    ),
  "V19.other_type": (d) =>
    both(
      `Tên đúng nhưng loại đơn vị khác: danh mục có ${fact(d, "meant")}. Hãy sửa loại (xã, phường, …), hoặc kiểm tra có phải đơn vị cũ không.`,
      `The name is right but not the type of unit: the list has ${fact(d, "meant")}. Correct the type (xã, phường, …), or check whether a former unit is meant.`,
    ),
  "V19.ambiguous_name": (d) =>
    both(
      `Có nhiều đơn vị, hiện nay hoặc trước đây, cùng tên: ${fact(d, "meant")}. Hãy thêm mã xã hoặc tỉnh.`,
      `Several units, present or former, have this name: ${fact(d, "meant")}. Add the code or the province.`,
    ),
  "V19.unknown_name": () =>
    both(
      "Không có đơn vị nào tên như vậy ở đó. Hãy kiểm tra cách viết và tỉnh, hoặc thêm mã.",
      "No unit there has this name. Check spelling and province, or add the code.",
    ),
};
