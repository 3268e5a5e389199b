import { both } from "../text.ts";
import { fact, ifAny, indicator } from "./facts.ts";
import type { FaultTexts } from "./fault-texts.ts";

/** What the rules over one row's numbers say (V01–V04, V14, V23–V25). */
export const NUMBER_RULE_FAULTS: FaultTexts = {
  "V01.below_0": () =>
    both(
      "Tỷ lệ nhỏ hơn 0 %. Hãy kiểm tra lại con số.",
      "The percentage is below 0. Check the number.",
    ),
  "V01.above_100": () =>
    both(
      "Tỷ lệ lớn hơn 100 %. Hãy kiểm tra lại tử số, mẫu số và dấu thập phân.",
      "The percentage is above 100. Check numerator, denominator and the decimal sign.",
    ),
  "V01.fraction_among_percentages": (d) =>
    both(
      `Cột này có cả số trên 1 lẫn số trong khoảng 0–1: đây là ${fact(d, "taken")} % hay ${fact(d, "instead")} %? Tạm hiểu là ${fact(d, "taken")} %; chờ duyệt. Hãy ghi kèm dấu %, hoặc bổ sung tử số và mẫu số.`,
      `The column has numbers above 1 and numbers within 0–1: is this ${fact(d, "taken")} % or ${fact(d, "instead")} %? Taken as ${fact(d, "taken")} % for now; held for review. Write the sign %, or add the counts.`,
    ),
  "V02.negative": (d) =>
    both(
      `${indicator(d, "vi")}: số đếm không thể âm.`,
      `${indicator(d, "en")}: a count can't be negative.`,
    ),
  "V02.not_whole": (d) =>
    both(
      `${indicator(d, "vi")}: số đếm phải là số nguyên. Nếu đây là tỷ lệ, hãy để vào cột tỷ lệ.`,
      `${indicator(d, "en")}: a count is a whole number. If it is a percentage, put it in a percentage column.`,
    ),
  "V02.too_large": (d) =>
    both(
      `${indicator(d, "vi")}: số quá lớn để là một số đếm. Hãy kiểm tra dấu phân cách.`,
      `${indicator(d, "en")}: the number is too large to be a count. Check the separators.`,
    ),
  "V02.more_than_all": (d) =>
    both(
      `${indicator(d, "vi")}: tử số ${fact(d, "numerator")} lớn hơn mẫu số ${fact(d, "denominator")}. Hãy kiểm tra hai cột có bị đổi chỗ không.`,
      `${indicator(d, "en")}: the numerator ${fact(d, "numerator")} is more than the denominator ${fact(d, "denominator")}. Check whether the columns are swapped.`,
    ),
  "V02.more_than_one_commune": (d) =>
    both(
      `${indicator(d, "vi")}: ở cấp xã, chỉ tiêu này tính trên một xã; mẫu số phải là 1.`,
      `${indicator(d, "en")}: of a commune this is told of one commune; the denominator is 1.`,
    ),
  "V03.zero_denominator": (d) =>
    both(
      `${indicator(d, "vi")}: mẫu số bằng 0. Nếu xã không có đối tượng này, hãy ghi "không áp dụng" thay cho số.`,
      `${indicator(d, "en")}: the denominator is 0. If there are none here, write "không áp dụng" (not applicable) instead of numbers.`,
    ),
  "V03.no_denominator": (d) =>
    both(
      `${indicator(d, "vi")}: có tử số ${fact(d, "numerator")} nhưng thiếu mẫu số. Hãy điền tổng số.`,
      `${indicator(d, "en")}: there is a numerator, ${fact(d, "numerator")}, but no denominator. Fill in the total.`,
    ),
  "V04.differs": (d) =>
    both(
      `${indicator(d, "vi")}: tỷ lệ ghi trong tệp khác với ${fact(d, "numerator")}/${fact(d, "denominator")} = ${fact(d, "computed")} %. Hãy sửa số sai, hoặc xác nhận tử số và mẫu số.`,
      `${indicator(d, "en")}: the stated percentage is not ${fact(d, "numerator")}/${fact(d, "denominator")} = ${fact(d, "computed")} %. Correct what is wrong, or confirm the counts.`,
    ),
  "V14.nothing_to_record": () =>
    both(
      "Dòng này không có số liệu nào: không ghi nhận gì, và không tính là 0.",
      "This row has no figure: nothing is recorded, and it does not count as 0.",
    ),
  "V23.part_is_more": (d) =>
    both(
      `${indicator(d, "vi")} (${fact(d, "number")}) lớn hơn ${indicator(d, "vi", "of")} (${fact(d, "other")}) mà nó là một phần${ifAny(d, "other_row", " – dòng ")}. Một trong hai số sai.`,
      `${indicator(d, "en")} (${fact(d, "number")}) is more than ${indicator(d, "en", "of")} (${fact(d, "other")}), of which it is a part${ifAny(d, "other_row", " – row ")}. One of them is wrong.`,
    ),
  "V23.whole_is_less": (d) =>
    both(
      `${indicator(d, "vi")} (${fact(d, "number")}) nhỏ hơn ${indicator(d, "vi", "part")} (${fact(d, "other")}) là một phần của nó – dòng ${fact(d, "other_row")}. Một trong hai số sai.`,
      `${indicator(d, "en")} (${fact(d, "number")}) is less than its part ${indicator(d, "en", "part")} (${fact(d, "other")}) in row ${fact(d, "other_row")}. One of them is wrong.`,
    ),
  "V23.add_up_to_more": (d) =>
    both(
      `${indicator(d, "vi")} cùng với ${indicator(d, "vi", "of")} cộng lại là ${fact(d, "sum")}, lớn hơn tổng số ${fact(d, "denominator")}; mỗi đối tượng chỉ thuộc một nhóm.`,
      `${indicator(d, "en")} and ${indicator(d, "en", "of")} add up to ${fact(d, "sum")}, more than all ${fact(d, "denominator")}; each belongs to one group only.`,
    ),
  "V24.no_but_counted": (d) =>
    both(
      `${indicator(d, "vi")} ghi là không, nhưng ${indicator(d, "vi", "shown_by")} là ${fact(d, "count")}. Hãy sửa một trong hai, hoặc giải thích.`,
      `${indicator(d, "en")} says no, but ${indicator(d, "en", "shown_by")} is ${fact(d, "count")}. Correct one of them, or explain.`,
    ),
  "V24.yes_but_none": (d) =>
    both(
      `${indicator(d, "vi")} ghi là có, nhưng ${indicator(d, "vi", "shown_by")} là 0. Hãy sửa một trong hai, hoặc giải thích.`,
      `${indicator(d, "en")} says yes, but ${indicator(d, "en", "shown_by")} is 0. Correct one of them, or explain.`,
    ),
  "V25.household_size": (d) =>
    both(
      `Dân số ${fact(d, "population")} và ${fact(d, "households")} hộ: ${fact(d, "persons")} người/hộ, ngoài khoảng 2–7. Hãy kiểm tra hai con số.`,
      `Population ${fact(d, "population")} and ${fact(d, "households")} households: ${fact(d, "persons")} persons each, outside 2–7. Check both numbers.`,
    ),
  "V25.too_few_people": (d) =>
    both(
      `Dân số ${fact(d, "population")} là quá ít cho một xã. Hãy kiểm tra đơn vị tính (người hay nghìn người).`,
      `A population of ${fact(d, "population")} is too small for a commune. Check the unit (persons or thousands).`,
    ),
};
