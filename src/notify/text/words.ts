import { FAILURE_WORDS } from "../../catalogue/failure-words.ts";
import type { Lang } from "../../catalogue/index.ts";
import type { Severity } from "../../domain/incident/kinds.ts";
import type { NotifyEvent } from "../../domain/incident/notice.ts";
import type { SubjectType } from "../../domain/incident/subject.ts";

type Words = Readonly<Record<Lang, string>>;

/** What happened to an incident, before its name; an opening needs no word. */
export const EVENT_WORDS: Readonly<Record<NotifyEvent, Words>> = {
  opened: { vi: "", en: "" },
  changed: { vi: "Thay đổi – ", en: "Changed – " },
  flapping: { vi: "Chập chờn – ", en: "Flapping – " },
  escalated: { vi: "Chưa ai tiếp nhận – ", en: "Nobody has reacted – " },
  resolved: { vi: "Đã khôi phục – ", en: "Resolved – " },
  digest: { vi: "", en: "" },
  test: { vi: "", en: "" },
};

/** How urgent it is. */
export const SEVERITY_WORDS: Readonly<Record<Severity, Words>> = {
  critical: { vi: "Khẩn cấp", en: "Critical" },
  major: { vi: "Nghiêm trọng", en: "Major" },
  minor: { vi: "Nhẹ", en: "Minor" },
  info: { vi: "Để biết", en: "For information" },
};

/** What portals can have in common. */
export const SHARED_WORDS: Readonly<Record<SubjectType, Words>> = {
  portal: { vi: "cổng", en: "portal" },
  certificate: { vi: "chứng thư", en: "certificate" },
  vantage: { vi: "điểm đo", en: "vantage point" },
  address: { vi: "địa chỉ", en: "address" },
  prefix: { vi: "dải địa chỉ", en: "address range" },
  "name-servers": { vi: "máy chủ tên miền", en: "name servers" },
  agency: { vi: "cơ quan", en: "agency" },
};

/** The parts of a vantage point that can fail, by the end of their subject's name. */
export const PART_WORDS: Readonly<Record<string, Words>> = {
  ip4: { vi: "mất kết nối IPv4", en: "has no IPv4" },
  ip6: { vi: "mất kết nối IPv6", en: "has no IPv6" },
  resolver: { vi: "không phân giải được tên miền", en: "cannot resolve names" },
  schedule: { vi: "không đo kịp lịch", en: "does not keep up with its schedule" },
  mass: {
    vi: "thấy quá nhiều cổng hỏng cùng lúc, cảnh báo từng cổng tạm dừng",
    en: "sees too many portals fail at once, so that single ones are not told",
  },
};

/** What something failed by, in words; a slug without words is given as it is. */
export function causeWords(cause: string, lang: Lang): string {
  const known: Readonly<Record<string, Words>> = FAILURE_WORDS;
  return known[cause]?.[lang] ?? cause.replaceAll(/[_-]/g, " ");
}
