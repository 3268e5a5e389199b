import type { Lang } from "../catalogue/index.ts";
import type { AuditStep } from "../probes/audit/index.ts";

/** What the report of an audit says beside the catalogue's texts. */
export interface AuditWords {
  readonly steps: Readonly<Record<AuditStep, string>>;
  readonly seen: (vantage: string, at: string, rules: string) => string;
  readonly level: string;
  readonly grade: string;
  readonly upTo: (value: string) => string;
  readonly history: string;
  readonly next: string;
  readonly mend: string;
  readonly evidence: string;
  readonly times: string;
  readonly ratio: string;
  readonly notMeasured: string;
  readonly leftOut: (family: string) => string;
  readonly closed: (family: string, why: string) => string;
  readonly resolver: (why: string) => string;
}

/** The words of both languages. */
export const AUDIT_WORDS: Readonly<Record<Lang, AuditWords>> = {
  vi: {
    steps: {
      names: "Đang tra cứu tên miền",
      addresses: "Đang thử từng địa chỉ",
      redirects: "Đang đi theo chuyển hướng",
      page: "Đang đọc trang",
      zone: "Đang hỏi máy chủ tên miền",
      mail: "Đang xem máy chủ thư",
      timings: "Đang đo thời gian",
      gate: "Đang kiểm tra lại điểm đo",
    },
    seen: (vantage, at, rules) => `Điểm đo "${vantage}", ${at}, bộ quy tắc ${rules}`,
    level: "Mức sẵn sàng IPv6",
    grade: "Hạng HTTPS",
    upTo: (value) => `có thể tới ${value}: có mục chưa xác định được`,
    history: "Mức L4 và L5 cần 30 ngày đo; một lần kiểm tra không chứng minh được.",
    next: "Để lên bậc tiếp theo",
    mend: "Cần làm",
    evidence: "Bằng chứng",
    times: "Thời gian (ms, trung vị)",
    ratio: "IPv6/IPv4",
    notMeasured:
      "Không đo (cần trình duyệt): hiển thị nội dung đầu tiên (FCP), nội dung lớn nhất (LCP), Speed Index, thời gian chặn (TBT).",
    leftOut: (family) => `${family}: bỏ qua theo --family; mục nào cần đến sẽ là chưa xác định.`,
    closed: (family, why) =>
      `${family}: nơi này không dùng được (${why}) Không gửi gì qua đó; mục nào cần đến là chưa xác định.`,
    resolver: (why) => `Bộ phân giải tên miền: ${why}`,
  },
  en: {
    steps: {
      names: "Looking up names",
      addresses: "Trying every address",
      redirects: "Following redirects",
      page: "Reading the page",
      zone: "Asking the name servers",
      mail: "Looking at mail servers",
      timings: "Measuring times",
      gate: "Testing this place again",
    },
    seen: (vantage, at, rules) => `Seen from "${vantage}" at ${at}, rules ${rules}`,
    level: "IPv6 readiness",
    grade: "HTTPS",
    upTo: (value) => `up to ${value} is possible: some checks could not tell`,
    history: "L4 and L5 take 30 days of probes; one audit can't prove them.",
    next: "For the next step",
    mend: "What to do",
    evidence: "Evidence",
    times: "Times (ms, median)",
    ratio: "IPv6/IPv4",
    notMeasured:
      "Not measured (needs a browser): first contentful paint, largest contentful paint, Speed Index, total blocking time.",
    leftOut: (family) => `${family}: left out by --family; what needs it is unknown.`,
    closed: (family, why) =>
      `${family}: does not work here (${why}) Nothing is sent over it; what needs it is unknown.`,
    resolver: (why) => `Resolver: ${why}`,
  },
};
