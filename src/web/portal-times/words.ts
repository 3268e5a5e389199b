import type { StripSpan, StripState } from "../../reports/portal-strip.ts";
import type { AvailabilitySpan } from "../../reports/availability.ts";
import type { Lang } from "../lang.ts";

const vi = {
  title: (name: string) => `${name}: hoạt động theo thời gian`,
  lead: "Mỗi loại địa chỉ được đo riêng: cổng có thể hoạt động qua IPv4 mà hỏng qua IPv6.",
  about: "Mức IPv6, HTTPS và những gì cần khắc phục của cổng này",
  plan: "Lập lịch bảo trì cho cổng này",
  timesLink: "Hoạt động theo thời gian, độ trễ, sự cố",
  spans: { "24h": "24 giờ", "7d": "7 ngày", "90d": "90 ngày" },
  spansLabel: "Khoảng thời gian",
  steps: { "24h": "mỗi ô 15 phút", "7d": "mỗi ô 1 giờ", "90d": "mỗi ô 1 ngày" },
  now: "Hiện tại",
  says: (state: string) => `Hiện tại: ${state}.`,
  strip: "Dải trạng thái",
  stripOf: (family: string, span: string) => `${family}, ${span} qua`,
  states: {
    up: "hoạt động",
    degraded: "chập chờn hoặc chậm",
    down: "không hoạt động",
    maintenance: "bảo trì",
    absent: "không cung cấp",
    unknown: "chưa rõ",
  },
  stateShare: (state: string, steps: string) => `${state}: ${steps}`,
  noSteps: "Chưa có lần đo nào trong khoảng này.",
  asTable: "Xem dạng bảng (chỉ những lúc đổi trạng thái)",
  stripColumns: ["Từ", "Đến", "Trạng thái", "Đo được tốt", "Đo thấy hỏng"],
  availability: "Tỷ lệ hoạt động",
  availabilityLead:
    "Số lần đo tốt trên số lần đo biết được kết quả. Bảo trì và những lúc không đo được để riêng; mẫu số là số lần đo theo lịch, không phải số dòng đã lưu.",
  noAvailability: "Chưa có ngày nào được tổng hợp; số liệu có sau mỗi ngày.",
  periods: { day: "ngày", month: "tháng", quarter: "quý" },
  availabilityColumns: ["Kỳ", "Cả hai", "IPv4", "IPv6", "Chưa rõ", "Bảo trì"],
  quarter: (quarter: string, year: string) => `Quý ${quarter}/${year}`,
  month: (month: string, year: string) => `Tháng ${month}/${year}`,
  soFar: (days: string) => `${days} ngày đã tổng hợp`,
  latency: "Độ trễ theo từng giai đoạn",
  latencyLead: (steps: string) =>
    `Trung vị của những lần có trả lời, ${steps}, tính bằng mili giây. Rê chuột lên biểu đồ để xem từng số; bảng bên dưới có cùng số liệu.`,
  latencySteps: { "24h": "mỗi 10 phút", "7d": "mỗi giờ", "90d": "mỗi ngày" },
  latencyOf: (family: string) => `Độ trễ qua ${family}`,
  noLatency: "Không có lần nào trả lời trong khoảng này.",
  latencyTable: "Xem dạng bảng",
  at: "Lúc",
  failures: "Những lần hỏng gần nhất",
  noFailures: "Không có lần đo hỏng nào còn lưu.",
  failuresHidden: "Bằng chứng của từng lần hỏng cần đăng nhập bằng khoá.",
  audit: "Kết quả kiểm tra sâu",
  neverAudited: "Chưa kiểm tra sâu.",
  auditCounts: (fail: number, warn: number) => `${fail} điểm phải khắc phục, ${warn} điểm nên sửa.`,
  incidents: "Sự cố của cổng này",
  noIncidents: "Cổng này chưa có sự cố nào.",
  allIncidents: "Tất cả sự cố của cổng này",
  maintenance: "Bảo trì theo lịch",
};

type Words = typeof vi;

export type TimesWords = Omit<Words, "spans" | "states" | "periods"> & {
  readonly spans: Readonly<Record<StripSpan, string>>;
  readonly states: Readonly<Record<StripState, string>>;
  readonly periods: Readonly<Record<AvailabilitySpan, string>>;
};

const en: TimesWords = {
  title: (name) => `${name}: how it works over time`,
  lead: "Each address family is probed for itself: a portal can work over IPv4 and fail over IPv6.",
  about: "IPv6 level, HTTPS grade, and what is to mend here",
  plan: "Plan maintenance of this portal",
  timesLink: "State over time, latency, incidents",
  spans: { "24h": "24 hours", "7d": "7 days", "90d": "90 days" },
  spansLabel: "Span of time",
  steps: { "24h": "15 minutes each", "7d": "1 hour each", "90d": "1 day each" },
  now: "Now",
  says: (state) => `Now: ${state}.`,
  strip: "State over time",
  stripOf: (family, span) => `${family}, the last ${span}`,
  states: {
    up: "works",
    degraded: "now and then, or slowly",
    down: "does not work",
    maintenance: "maintenance",
    absent: "not offered",
    unknown: "not known",
  },
  stateShare: (state, steps) => `${state}: ${steps}`,
  noSteps: "Nothing was probed in this span.",
  asTable: "As a table (only where the state changed)",
  stripColumns: ["From", "To", "State", "Good runs", "Failing runs"],
  availability: "Availability",
  availabilityLead:
    "Good runs among those that could tell. Maintenance and what could not be told are kept apart; the denominator is the runs that were due, not rows that were stored.",
  noAvailability: "No day is rolled up yet; figures come after each day.",
  periods: { day: "day", month: "month", quarter: "quarter" },
  availabilityColumns: ["Period", "Both", "IPv4", "IPv6", "Not known", "Maintenance"],
  quarter: (quarter, year) => `Q${quarter} ${year}`,
  month: (month, year) => `${month}/${year}`,
  soFar: (days) => (days === "1" ? "1 day rolled up" : `${days} days rolled up`),
  latency: "Latency by phase",
  latencyLead: (steps) =>
    `Medians of the runs that got an answer, ${steps}, in milliseconds. Point at the chart for single figures; the table below has the same.`,
  latencySteps: { "24h": "of 10 minutes", "7d": "of each hour", "90d": "of each day" },
  latencyOf: (family) => `Latency over ${family}`,
  noLatency: "Nothing answered in this span.",
  latencyTable: "As a table",
  at: "At",
  failures: "Last failures",
  noFailures: "No failing run is kept.",
  failuresHidden: "The evidence of each failure needs you to sign in with a key.",
  audit: "What the audit found",
  neverAudited: "Not audited yet.",
  auditCounts: (fail, warn) => `${fail} to mend, ${warn} to look at.`,
  incidents: "Incidents of this portal",
  noIncidents: "This portal has had no incident.",
  allIncidents: "All incidents of this portal",
  maintenance: "Planned maintenance",
};

/** What the page of a portal over time says. */
export const TIMES_WORDS: Readonly<Record<Lang, TimesWords>> = { vi, en };
