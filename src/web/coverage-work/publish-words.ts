import type { Lang } from "../lang.ts";

const vi = {
  title: "Công bố số liệu quý",
  lead: "Bản công bố đóng băng mọi số liệu đã ghi đến ngày cuối quý; đã công bố thì không sửa được nữa. Xem thử trước, rồi mới công bố.",
  mayNot:
    "Công bố cần khoá có vai trò admin, không giới hạn theo tỉnh. Bạn chỉ được xem trang này.",
  asOf: "Quý, đến ngày",
  noteVi: "Ghi chú tiếng Việt",
  noteEn: "Ghi chú tiếng Anh",
  noteHint: "Đăng cùng bản công bố: điều người đọc cần biết. Bắt buộc nếu còn dòng chờ duyệt.",
  despiteHeld: "Công bố dù còn dòng của quý này chờ duyệt (phải nêu trong ghi chú)",
  breaks: "Chỉ tiêu không so được với bản trước (thay đổi phương pháp)",
  breakIndicator: (at: number) => `Chỉ tiêu ${at}`,
  breakNone: "không có",
  breakVi: (at: number) => `Vì sao, tiếng Việt (${at})`,
  breakEn: (at: number) => `Vì sao, tiếng Anh (${at})`,
  check: "Xem thử",
  publish: (code: string) => `Công bố ${code}`,
  final: "Không thể hoàn tác.",
  plan: (code: string) => `Nếu công bố bây giờ: ${code}`,
  facts: {
    figures: "Số liệu trong bản công bố",
    held: "Dòng chờ duyệt, không nằm trong đó",
    since: "So với",
    sha256: "SHA-256",
  },
  first: "chưa có bản nào",
  madeUp: "Trong đó có số liệu giả định.",
  counts: "Theo chỉ tiêu",
  countColumns: ["Chỉ tiêu", "Cơ sở", "Tất cả", "Của ngày này", "Có giá trị"],
  changes: "Thay đổi so với bản trước",
  changeKinds: { new: "mới", revised: "sửa", withdrawn: "rút", unit_changed: "đơn vị thay đổi" },
  changeColumns: ["Loại", "Đơn vị", "Chỉ tiêu", "Trước", "Sau", "Lý do"],
  firstOf: (shown: string, all: string) => `${shown} thay đổi đầu tiên trong ${all}.`,
  noChanges: "Không có thay đổi.",
  changedSince:
    "Sổ số liệu đã thay đổi từ lúc bạn xem thử. Dưới đây là nội dung mới; hãy xem lại rồi công bố.",
  problems: {
    not_a_quarter_end: "Ngày phải là ngày cuối quý.",
    in_the_future: "Quý này chưa kết thúc.",
    nothing_to_publish: "Chưa có số liệu nào của ngày này.",
    nothing_new: (code: string) => `Không có gì mới: bản ${code} đã có đúng nội dung này.`,
    held_rows: (held: string) =>
      `${held} dòng của quý này còn chờ duyệt: hãy quyết định, hoặc chọn công bố dù vậy và nêu trong ghi chú.`,
    held_without_note: (held: string) => `Ghi chú phải nêu rằng còn ${held} dòng chờ duyệt.`,
    unknown_indicators: (codes: string) => `Không có chỉ tiêu: ${codes}.`,
  },
  badFields:
    "Có giá trị không hợp lệ; với mỗi chỉ tiêu không so được cần ghi chú bằng cả hai tiếng.",
  done: (code: string) => `Đã công bố ${code}.`,
  see: "Xem bản công bố",
  data: "Dữ liệu mở của bản này",
};

const en: typeof vi = {
  title: "Publish a quarter",
  lead: "A release freezes everything that is recorded up to the quarter's last day; it is never changed afterwards. Look at it first, then publish.",
  mayNot:
    "Publishing needs a key with the role admin, not limited to a province. You may only look.",
  asOf: "Quarter, up to",
  noteVi: "Note in Vietnamese",
  noteEn: "Note in English",
  noteHint:
    "Published with the release: what its readers have to know. Needed if rows still wait for review.",
  despiteHeld: "Publish although rows of this quarter wait for review (a note has to say so)",
  breaks: "Indicators that don't compare with the release before (the method changed)",
  breakIndicator: (at) => `Indicator ${at}`,
  breakNone: "none",
  breakVi: (at) => `Why, in Vietnamese (${at})`,
  breakEn: (at) => `Why, in English (${at})`,
  check: "Look at it first",
  publish: (code) => `Publish ${code}`,
  final: "This can't be undone.",
  plan: (code) => `Published now, it would be ${code}`,
  facts: {
    figures: "Figures in it",
    held: "Rows that wait for review, not in it",
    since: "Compared with",
    sha256: "SHA-256",
  },
  first: "nothing before",
  madeUp: "Some of its figures are made up.",
  counts: "By indicator",
  countColumns: ["Indicator", "Basis", "All", "Of the day", "With a value"],
  changes: "Changes since the release before",
  changeKinds: {
    new: "new",
    revised: "revised",
    withdrawn: "withdrawn",
    unit_changed: "unit changed",
  },
  changeColumns: ["Kind", "Unit", "Indicator", "Before", "After", "Reason"],
  firstOf: (shown, all) => `The first ${shown} of ${all} changes.`,
  noChanges: "No changes.",
  changedSince:
    "The register changed since you looked. This is what it would be now; look again, then publish.",
  problems: {
    not_a_quarter_end: "The day must be the last of a quarter.",
    in_the_future: "This quarter is not over yet.",
    nothing_to_publish: "There are no figures of this day.",
    nothing_new: (code) => `Nothing new: the release ${code} says exactly this.`,
    held_rows: (held) =>
      `Rows of this quarter that wait for review: ${held}. Decide on them, or publish all the same and say so in a note.`,
    held_without_note: (held) => `A note has to say that rows wait for review: ${held}.`,
    unknown_indicators: (codes) => `There are no such indicators: ${codes}.`,
  },
  badFields:
    "Some value is not valid; each indicator that does not compare needs its note in both languages.",
  done: (code) => `${code} is published.`,
  see: "See the release",
  data: "Its open data",
};

/** What the page that publishes a quarter says. */
export const PUBLISH_WORDS: Readonly<Record<Lang, typeof vi>> = { vi, en };
