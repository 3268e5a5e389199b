import type { DutyState, RoundFault } from "../../domain/coverage/round.ts";
import type { Lang } from "../lang.ts";

const vi = {
  title: "Kỳ báo cáo",
  lead: "Mỗi quý, tỉnh nào còn nợ số liệu, đã gửi gì, trễ bao nhiêu ngày và đã được nhắc khi nào.",
  none: "Chưa mở kỳ báo cáo nào.",
  columns: ["Quý", "Số liệu tính đến", "Mở ngày", "Hạn gửi", "Số tỉnh"],
  excusedOf: (count: string) => `miễn ${count}`,
  one: (quarter: string) => `Kỳ báo cáo ${quarter}`,
  oneLead: (asOf: string, due: string) => `Số liệu tính đến ${asOf}, hạn gửi ${due}.`,
  late: "trễ hạn",
  states: {
    excused: "được miễn",
    received: "đã đủ",
    in_review: "đã gửi, chờ duyệt",
    partial: "mới gửi một phần",
    owed: "chưa gửi",
  },
  dutyColumns: ["Tỉnh", "Tình trạng", "Xã có số liệu", "Nhận gần nhất", "Đã nhắc", "Biểu mẫu"],
  communes: (received: string, expected: string) => `${received}/${expected}`,
  held: (count: string) => `${count} xã chờ duyệt`,
  daysLate: (count: string) => `trễ ${count} ngày`,
  notReminded: "chưa",
  reminder: (day: string, sent: string, failed: number) =>
    `${day}: ${sent} thư${failed > 0 ? `, ${failed} không gửi được` : ""}`,
  template: "Tải biểu mẫu (XLSX)",
  files: "tệp",
  indicators: "Chỉ tiêu phải báo cáo",
  anyIndicator: "chỉ tiêu bất kỳ ở cấp xã",
  note: "Ghi chú",
  create: "Mở kỳ báo cáo",
  asOf: "Số liệu tính đến",
  opensOn: "Mở ngày",
  dueOn: "Hạn gửi (ngày cuối cùng không bị tính trễ)",
  chooseIndicators: "Chỉ tiêu phải báo cáo (không chọn: chỉ tiêu bất kỳ ở cấp xã)",
  button: "Mở kỳ",
  created: "Đã mở kỳ báo cáo.",
  changed: "Đã ghi.",
  excuse: "Miễn cho một tỉnh",
  excuseHint: "Tỉnh được miễn không bị nhắc và không bị tính trễ.",
  province: "Tỉnh",
  reason: "Lý do",
  excuseButton: "Miễn",
  mayNot: "Khoá của bạn chỉ được xem; mở kỳ cần khoá operator không giới hạn theo tỉnh.",
  errors: {
    as_of_not_quarter_end: "Ngày số liệu phải là ngày cuối quý.",
    due_before_opening: "Hạn gửi phải sau ngày mở.",
    due_before_the_day: "Hạn gửi phải sau ngày số liệu.",
    duplicate: "Quý này đã có kỳ báo cáo.",
    unknown: "Tỉnh hoặc chỉ tiêu không có trong kỳ này.",
    invalid: "Hãy nhập ngày hợp lệ và lý do.",
    no_round: "Không có kỳ báo cáo này.",
  },
};

export type RoundWords = Omit<typeof vi, "states" | "errors"> & {
  readonly states: Readonly<Record<DutyState, string>>;
  readonly errors: Readonly<
    Record<RoundFault | "duplicate" | "unknown" | "invalid" | "no_round", string>
  >;
};

const en: RoundWords = {
  title: "Reporting rounds",
  lead: "Per quarter: which provinces owe figures, what they sent, by how many days they are late, and when they were reminded.",
  none: "No round was opened yet.",
  columns: ["Quarter", "Figures as of", "Opens", "Due", "Provinces"],
  excusedOf: (count) => `${count} excused`,
  one: (quarter) => `Reporting round ${quarter}`,
  oneLead: (asOf, due) => `Figures as of ${asOf}, due on ${due}.`,
  late: "late",
  states: {
    excused: "excused",
    received: "complete",
    in_review: "sent, in review",
    partial: "partly sent",
    owed: "owed",
  },
  dutyColumns: ["Province", "State", "Communes received", "Last received", "Reminded", "Template"],
  communes: (received, expected) => `${received} of ${expected}`,
  held: (count) => `${count} held for review`,
  daysLate: (count) => `${count} days late`,
  notReminded: "not yet",
  reminder: (day, sent, failed) =>
    `${day}: ${sent} mail${sent === "1" ? "" : "s"}${failed > 0 ? `, ${failed} failed` : ""}`,
  template: "Template (XLSX)",
  files: "files",
  indicators: "Indicators that are owed",
  anyIndicator: "any indicator of communes",
  note: "Note",
  create: "Open a round",
  asOf: "Figures as of",
  opensOn: "Opens on",
  dueOn: "Due on (the last day that is not late)",
  chooseIndicators: "Indicators that are owed (none chosen: any indicator of communes)",
  button: "Open it",
  created: "The round is open.",
  changed: "Noted.",
  excuse: "Excuse a province",
  excuseHint: "An excused province is not reminded and never late.",
  province: "Province",
  reason: "Reason",
  excuseButton: "Excuse",
  mayNot:
    "Your key may only look; opening a round needs an operator's key that is not limited to a province.",
  errors: {
    as_of_not_quarter_end: "The figures' day must be the last of a quarter.",
    due_before_opening: "The round must be due after it opens.",
    due_before_the_day: "The round must be due after the figures' day.",
    duplicate: "This quarter has a round.",
    unknown: "A province or indicator is not of this round.",
    invalid: "Give valid days, and a reason.",
    no_round: "There is no such round.",
  },
};

/** What the pages of reporting rounds say. */
export const ROUND_WORDS: Readonly<Record<Lang, RoundWords>> = { vi, en };
