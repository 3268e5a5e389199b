import type { Basis, FigureStatus } from "../../domain/coverage/figure.ts";
import { withoutAccents } from "./fold-header.ts";

type Missing = Exclude<FigureStatus, "present" | "withdrawn">;

/** What stands in cells for a number that is not there; never a 0. Compared without accents and case. */
const WORDS: Readonly<Record<Missing, string>> = {
  not_collected: `- | – | — | -- | --- | . | … | ... | ? | x | n/a | na | #n/a | nil | null | đang cập nhật | cập nhật sau |
    chưa cập nhật | chưa có | chưa có số liệu | chưa có dữ liệu | chưa có thông tin | không có số liệu | không có dữ liệu |
    không có thông tin | không rõ | chưa rõ | chưa báo cáo | không báo cáo | chưa thu thập | không thu thập |
    chưa thống kê | không thống kê | đang thống kê | chưa tổng hợp | đang tổng hợp | đang rà soát | chưa rà soát |
    đang thu thập | đang xác minh | chưa xác định | not collected | not_collected | no data | unknown | pending`,
  not_applicable: `không áp dụng | kad | k.a.d | ko áp dụng | không thuộc đối tượng | not applicable | not_applicable`,
  suppressed: `bảo mật | mật | tài liệu mật | không công bố | suppressed | confidential`,
};

const STATUS_OF = new Map(
  Object.entries(WORDS).flatMap(([status, words]) =>
    words.split("|").map((word) => [folded(word), status as Missing] as const),
  ),
);

/** Longer texts are none of the words. */
const LONGEST = 60;

const PRESENT = new Set(["present", "có", "có số liệu", "đã có", "đầy đủ"].map(folded));

const BASIS_OF = new Map<string, Basis>(
  (
    [
      ["reported", "reported | báo cáo | số liệu báo cáo | thống kê | tự báo cáo"],
      ["measured", "measured | đo | đo kiểm | đo thực tế | đo đạc | khảo sát thực địa"],
      ["modelled", "modelled | mô phỏng | mô hình | tính toán theo mô hình"],
      ["projected", "projected | dự kiến | kế hoạch | dự báo"],
      ["estimated", "estimated | ước tính | ước | ước đạt | ước thực hiện"],
    ] as const
  ).flatMap(([basis, words]) => words.split("|").map((word) => [folded(word), basis] as const)),
);

const MARKS = new Set(["x", "✓", "✔", "v", "☑", "√"]);
const YES = new Set(["có", "yes", "y", "true", "đã có", "đạt", "✓", "✔", "☑", "√"].map(folded));
const NO = new Set(
  ["không", "ko", "k", "no", "n", "false", "không có", "không đạt", "✗", "✘"].map(folded),
);

/** The status that a text stands for, or null where it is no such word. */
export function statusOf(text: string): Missing | null {
  return text.length > LONGEST ? null : (STATUS_OF.get(folded(text)) ?? null);
}

/** What a cell of a status column says: `present`, why there is no number, or null where it is not understood. */
export function statedStatus(text: string): FigureStatus | null {
  return PRESENT.has(folded(text)) ? "present" : statusOf(text);
}

/** What a cell of a basis column says, or null where it is not understood. */
export function statedBasis(text: string): Basis | null {
  return BASIS_OF.get(folded(text)) ?? null;
}

/** Whether a text is a mark such as `x` or `✓`, which says yes in a column that has nothing else. */
export function isMark(text: string): boolean {
  return text.length < 4 && MARKS.has(folded(text));
}

/** What a text says in a column of yes and no, marks left aside; null for anything else. */
export function yesOrNo(text: string): boolean | null {
  if (YES.has(folded(text))) return true;
  return NO.has(folded(text)) ? false : null;
}

/** Whether a text may mean none as well as not known, so that neither 0 nor a status is taken for it. */
export function isNoneOrUnknown(text: string): boolean {
  return NO.has(folded(text));
}

function folded(text: string): string {
  return withoutAccents(text)
    .replaceAll(/[\s\u2007\u202F]+/gu, " ")
    .trim()
    .replace(/(?<=[a-z]) ?[.;…]+$/u, "");
}
