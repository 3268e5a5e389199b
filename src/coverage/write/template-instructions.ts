import type { CellValue, WriteSheet } from "hucre/xlsx";
import type { Day } from "../../domain/calendar.ts";
import type { Indicator } from "../../domain/coverage/indicator.ts";
import { INSTRUCTION_SHEET } from "../../domain/coverage/template-sheet.ts";
import { cellText } from "./cell-text.ts";

/** What may stand in a cell instead of a number; the import takes each for a status, never for 0. */
export const STATUS_WORDS = ["chưa có số liệu", "không áp dụng", "không công bố"] as const;

const STATUS_MEANINGS: Readonly<Record<(typeof STATUS_WORDS)[number], string>> = {
  "chưa có số liệu": "Chưa thu thập được / Not collected",
  "không áp dụng": "Chỉ tiêu không áp dụng cho xã này / Does not apply here",
  "không công bố": "Có số liệu nhưng không công bố / Known, but withheld",
};

/** First row of the status words on the sheet of instructions, from 1. */
const FIRST_STATUS = 10;

/** Where the sheet of figures finds the status words. */
export const STATUS_RANGE = `'${INSTRUCTION_SHEET}'!$A$${FIRST_STATUS}:$A$${FIRST_STATUS + STATUS_WORDS.length - 1}`;

const TITLE = { font: { bold: true, size: 14 } };
const BOLD = { font: { bold: true } };

/** How to fill in the template and what each indicator counts, in Vietnamese and English. */
export function instructionSheet(
  name: string,
  input: {
    readonly province: { readonly name: string };
    readonly asOf: Day;
    readonly indicators: readonly Indicator[];
  },
): WriteSheet {
  const rows: CellValue[][] = [
    [`Hướng dẫn điền số liệu: ${input.province.name}, kỳ ${input.asOf}`],
    ["How to fill in the sheet of figures"],
    [],
    [
      "Chỉ điền vào các cột còn trống; giữ nguyên mã, tên và tiêu đề. Fill in the empty columns only; leave codes, names and headers as they are.",
    ],
    [
      "Ghi số nguyên (số hộ, số người, số thôn), không ghi tỷ lệ phần trăm. Write whole numbers, no percentages.",
    ],
    [
      "Không có thì ghi 0; chưa biết thì ghi một trong các từ dưới đây. None is 0; not known is one of these words.",
    ],
    [
      "Sửa “Cơ sở số liệu” nếu là đo kiểm, mô phỏng hoặc ước tính. Change the basis if figures were measured, modelled or estimated.",
    ],
    [],
    ["Từ dùng thay số / Words instead of a number", "Nghĩa / Meaning"],
    ...STATUS_WORDS.map((word) => [word, STATUS_MEANINGS[word]]),
    [],
    [
      "Chỉ tiêu / Indicator",
      "Định nghĩa",
      "Definition",
      "Tử số / Numerator",
      "Mẫu số / Denominator",
    ],
    ...input.indicators.map((each) => [
      cellText(`${each.nameVi} / ${each.nameEn} (${each.code}, v${each.version})`),
      cellText(each.definitionVi),
      cellText(each.definitionEn),
      cellText(`${each.numeratorVi} / ${each.numeratorEn}`),
      cellText(
        each.denominatorVi === null ? "" : `${each.denominatorVi} / ${each.denominatorEn ?? ""}`,
      ),
    ]),
  ];
  const headers = [FIRST_STATUS - 2, FIRST_STATUS + STATUS_WORDS.length];
  const wrapped = { alignment: { vertical: "top", wrapText: true } } as const;
  return {
    name,
    columns: [{ width: 44 }, ...[70, 70, 50, 50].map((width) => ({ width, style: wrapped }))],
    rows,
    cells: new Map([
      ["0,0", { value: rows[0]?.[0] ?? null, style: TITLE }],
      ...headers.map(
        (row) => [`${row},0`, { value: rows[row]?.[0] ?? null, style: BOLD }] as const,
      ),
    ]),
  };
}
