import type { Family } from "../domain/family.ts";
import type { IncidentKind } from "../domain/incident/kinds.ts";

/** One sentence in both languages, for people who know nothing of probes. */
export interface PlainWords {
  readonly vi: string;
  readonly en: string;
}

const WORDS: Readonly<Record<IncidentKind, PlainWords>> = {
  down: {
    vi: "Hiện không truy cập được.",
    en: "It cannot be reached at present.",
  },
  degraded: {
    vi: "Hoạt động chậm hoặc không ổn định.",
    en: "It is slow or unreliable.",
  },
  unresolvable: {
    vi: "Không tra cứu được tên miền.",
    en: "Its name cannot be looked up.",
  },
  certificate: {
    vi: "Chứng thư số có vấn đề hoặc sắp hết hạn; trình duyệt có thể cảnh báo.",
    en: "Its certificate is faulty or about to expire; browsers may warn.",
  },
  ipv6_regression: {
    vi: "Hỗ trợ IPv6 kém hơn trước.",
    en: "It supports IPv6 less well than before.",
  },
  https_regression: {
    vi: "Cấu hình HTTPS kém hơn trước.",
    en: "Its HTTPS is set up less well than before.",
  },
  vantage_degraded: {
    vi: "Điểm đo gặp trục trặc.",
    en: "The place that it is measured from has trouble.",
  },
};

const NAMES: Readonly<Record<Family, string>> = { ip4: "IPv4", ip6: "IPv6" };

/** What an open incident means for those who use the portal. */
export function plainWords(kind: IncidentKind, family: Family | null): PlainWords {
  if (kind !== "down" || family === null) return WORDS[kind];
  const name = NAMES[family];
  const other = NAMES[family === "ip4" ? "ip6" : "ip4"];
  return {
    vi: `Hiện không truy cập được qua ${name}; qua ${other} vẫn được.`,
    en: `It cannot be reached over ${name} at present; over ${other} it can.`,
  };
}
