import type { HeldState } from "../../domain/coverage/held-review.ts";
import type { Lang } from "../lang.ts";

const vi = {
  title: "Dòng chờ duyệt",
  lead: "Những dòng có điều bất thường: chưa được tính cho đến khi một người chấp nhận hoặc từ chối, có lý do.",
  second:
    "Chấp nhận cần hai người: người thứ nhất đề nghị, người thứ hai (khoá khác) đồng ý. Từ chối chỉ cần một người.",
  mayNot: "Khoá của bạn chỉ được xem; quyết định cần khoá operator không giới hạn theo tỉnh.",
  waiting: "Đang chờ, theo tệp và quy tắc",
  nothing: "Không có dòng nào chờ duyệt.",
  noneSuch: "Không có dòng nào như vậy.",
  all: "Tất cả",
  rows: (count: string) => `${count} dòng`,
  filter: "Lọc",
  state: "Tình trạng",
  open: "đang chờ",
  states: {
    pending: "chưa ai xem",
    proposed: "chờ người thứ hai",
    accepted: "đã chấp nhận",
    refused: "đã từ chối",
    superseded: "đã có số mới hơn",
  },
  where: (file: string, sheet: string | null, row: number) =>
    `${file}${sheet === null ? "" : `, trang ${sheet}`}, dòng ${row}`,
  columns: ["Chỉ tiêu", "Đã ghi trước đây", "Số mới", "Chênh lệch", "Ngày, nguồn"],
  noBefore: "chưa có",
  points: (value: string) => `${value} điểm phần trăm`,
  of: (numerator: string, denominator: string) => `${numerator}/${denominator}`,
  statuses: {
    present: "có số",
    suppressed: "không công bố",
    not_collected: "chưa thu thập",
    not_applicable: "không áp dụng",
    withdrawn: "đã rút",
  },
  why: "Vì sao chờ duyệt",
  proposedBy: (name: string, when: string) => `Đề nghị chấp nhận: ${name}, ${when}.`,
  decidedBy: (name: string, when: string) => `Quyết định: ${name}, ${when}.`,
  reasonWas: "Lý do",
  reason: "Lý do (bắt buộc, được lưu cùng số liệu)",
  accept: "Chấp nhận",
  propose: "Đề nghị chấp nhận",
  agree: "Đồng ý chấp nhận",
  refuse: "Từ chối",
  bulk: (file: string) => `Quyết định cho nhiều dòng của “${file}”`,
  bulkRule: "Những dòng bị giữ theo",
  everyRule: "mọi quy tắc",
  bulkHint: "Áp dụng cho mọi dòng đang chờ của tệp này, kể cả những dòng ở trang sau.",
  next: "Trang sau",
  needReason: "Hãy nêu lý do (tối đa 200 ký tự).",
  badVerdict: "Hãy chọn chấp nhận hoặc từ chối.",
  problems: {
    no_row: "Không có dòng này.",
    decided: "Dòng này đã được quyết định rồi.",
    superseded: "Đã có số liệu mới hơn của đơn vị này: không còn gì để quyết định.",
    same_person: "Chính bạn đã đề nghị dòng này: cần một người khác đồng ý.",
  },
  done: {
    accepted: (count: string, figures: string) =>
      `Đã chấp nhận ${count} dòng; ${figures} số liệu được ghi.`,
    proposed: (count: string) => `Đã đề nghị chấp nhận ${count} dòng; còn chờ một người khác.`,
    refused: (count: string) => `Đã từ chối ${count} dòng.`,
    same_person: (count: string) => `${count} dòng do chính bạn đề nghị: chờ người khác.`,
    nothing: "Không còn dòng nào để quyết định.",
  },
};

export type ReviewWords = Omit<typeof vi, "states"> & {
  readonly states: Readonly<Record<HeldState, string>>;
};

const rows = (count: string) => (count === "1" ? "1 row" : `${count} rows`);

const en: ReviewWords = {
  title: "Review",
  lead: "Rows in which something is unusual: they don't count until a person accepts or refuses them, with a reason.",
  second:
    "Accepting takes two people: the first proposes, another one (with another key) agrees. One is enough to refuse.",
  mayNot:
    "Your key may only look; deciding needs an operator's key that is not limited to a province.",
  waiting: "What waits, by file and rule",
  nothing: "Nothing waits for review.",
  noneSuch: "There are no such rows.",
  all: "All",
  rows,
  filter: "Filter",
  state: "State",
  open: "waiting",
  states: {
    pending: "not looked at",
    proposed: "needs a second person",
    accepted: "accepted",
    refused: "refused",
    superseded: "newer figures came",
  },
  where: (file, sheet, row) => `${file}${sheet === null ? "" : `, sheet ${sheet}`}, row ${row}`,
  columns: ["Indicator", "Recorded before", "New", "Difference", "Day, source"],
  noBefore: "none",
  points: (value) => `${value} points`,
  of: (numerator, denominator) => `${numerator} of ${denominator}`,
  statuses: {
    present: "present",
    suppressed: "suppressed",
    not_collected: "not collected",
    not_applicable: "not applicable",
    withdrawn: "withdrawn",
  },
  why: "Why it is held",
  proposedBy: (name, when) => `Proposed for acceptance by ${name}, ${when}.`,
  decidedBy: (name, when) => `Decided by ${name}, ${when}.`,
  reasonWas: "Reason",
  reason: "Reason (required, kept with the figures)",
  accept: "Accept",
  propose: "Propose to accept",
  agree: "Agree to accept",
  refuse: "Refuse",
  bulk: (file) => `Decide many rows of “${file}” at once`,
  bulkRule: "Rows held by",
  everyRule: "any rule",
  bulkHint: "It concerns every row of this file that waits, also those on the next pages.",
  next: "Next page",
  needReason: "Give a reason (at most 200 characters).",
  badVerdict: "Choose to accept or to refuse.",
  problems: {
    no_row: "There is no such row.",
    decided: "This row was decided already.",
    superseded: "Newer figures of this unit came meanwhile: there is nothing to decide.",
    same_person: "You proposed this row yourself: somebody else has to agree.",
  },
  done: {
    accepted: (count, figures) => `${rows(count)} accepted; figures written: ${figures}.`,
    proposed: (count) => `${rows(count)} proposed; somebody else has to agree.`,
    refused: (count) => `${rows(count)} refused.`,
    same_person: (count) => `${rows(count)} you proposed yourself: they wait for somebody else.`,
    nothing: "No rows were left to decide.",
  },
};

/** What the page of held rows says. */
export const REVIEW_WORDS: Readonly<Record<Lang, ReviewWords>> = { vi, en };
