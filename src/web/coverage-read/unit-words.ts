import type { Lang } from "../lang.ts";

/** What the page of a unit says in one language. */
interface UnitWords {
  readonly lead: (level: string, code: string) => string;
  readonly inProvince: string;
  readonly since: string;
  readonly until: string;
  readonly names: string;
  readonly nameColumns: readonly [string, string, string, string];
  readonly predecessors: string;
  readonly predecessorColumns: readonly [string, string, string, string];
  readonly parts: Readonly<Record<"whole" | "split", string>>;
  readonly sameCode: string;
  readonly sameCodeWhy: string;
  readonly now: string;
  readonly nothing: string;
  readonly communes: string;
  readonly origins: string;
  readonly originColumns: readonly [string, string, string, string];
  readonly submission: (id: string) => string;
  readonly revisions: string;
  readonly revisionColumns: readonly [string, string, string, string, string, string];
  readonly revision: (number: string) => string;
  readonly gaps: (target: string) => string;
  readonly allGaps: (count: string) => string;
}

const vi: UnitWords = {
  lead: (level, code) => `${level}, mã ${code}`,
  inProvince: "Thuộc",
  since: "Từ ngày",
  until: "đến trước ngày",
  names: "Tên và loại qua thời gian",
  nameColumns: ["Tên", "Loại", "Từ ngày", "Đến trước ngày"],
  predecessors: "Hình thành từ",
  predecessorColumns: ["Đơn vị cũ", "Mã", "Phần", "Ngày"],
  parts: { whole: "toàn bộ", split: "một phần" },
  sameCode: "Đơn vị khác từng mang cùng mã",
  sameCodeWhy: "Mã không phải là danh tính: số liệu cũ với mã này có thể thuộc nơi khác.",
  now: "Các chỉ tiêu",
  nothing: "Sổ chưa có số liệu nào của đơn vị này.",
  communes: "Bản đồ và bảng các xã",
  origins: "Số liệu từ đâu đến",
  originColumns: ["Nguồn", "Lần nộp", "Nhận ngày", "Số liệu"],
  submission: (id) => `lần nộp ${id}`,
  revisions: "Từng số liệu và các lần sửa",
  revisionColumns: ["Chỉ tiêu", "Ngày số liệu", "Giá trị", "Lần sửa", "Nguồn", "Ghi nhận"],
  revision: (number) => `lần ${number}`,
  gaps: (target) => `Xã còn thiếu nhiều nhất so với mục tiêu: ${target}`,
  allGaps: (count) => `Xem tất cả ${count} xã`,
};

const en: UnitWords = {
  lead: (level, code) => `${level}, code ${code}`,
  inProvince: "In",
  since: "Since",
  until: "until before",
  names: "Names and types over time",
  nameColumns: ["Name", "Type", "From", "Until before"],
  predecessors: "Made from",
  predecessorColumns: ["Former unit", "Code", "Part", "Day"],
  parts: { whole: "the whole", split: "a part" },
  sameCode: "Other units that had the same code",
  sameCodeWhy: "A code is not an identity: old figures with this code may be of another place.",
  now: "Indicators",
  nothing: "The register has no figures of this unit.",
  communes: "Map and table of its communes",
  origins: "Where the figures come from",
  originColumns: ["Source", "Submission", "Received", "Figures"],
  submission: (id) => `submission ${id}`,
  revisions: "Every figure and its revisions",
  revisionColumns: ["Indicator", "Day", "Value", "Revision", "Source", "Recorded"],
  revision: (number) => `no. ${number}`,
  gaps: (target) => `Communes where most is missing, against the target: ${target}`,
  allGaps: (count) => `Show all ${count} communes`,
};

/** The words of each language. */
export const UNIT_WORDS: Readonly<Record<Lang, UnitWords>> = { vi, en };
