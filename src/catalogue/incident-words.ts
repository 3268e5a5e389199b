import type { IncidentKind, IncidentScope, Severity } from "../domain/incident/kinds.ts";
import type { SubjectType } from "../domain/incident/subject.ts";
import type { Lang } from "./text.ts";

/** The names of what incidents are and are about, in one language. */
export interface KindWords {
  readonly kinds: Readonly<Record<IncidentKind, string>>;
  /** Where only a part of the subject is concerned, if that has a name of its own. */
  readonly partial: Readonly<Partial<Record<IncidentKind, string>>>;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly scopes: Readonly<Record<IncidentScope, string>>;
  readonly subjects: Readonly<Record<SubjectType, string>>;
  /** What failure kinds do not say. */
  readonly causes: Readonly<Record<string, string>>;
  /** Parts of a vantage point. */
  readonly parts: Readonly<Record<string, string>>;
}

const vi: KindWords = {
  kinds: {
    down: "Ngừng hoạt động",
    degraded: "Suy giảm",
    unresolvable: "Không tra được tên miền",
    certificate: "Chứng thư số",
    ipv6_regression: "Tụt mức IPv6",
    https_regression: "Tụt hạng HTTPS",
    vantage_degraded: "Điểm đo gặp trục trặc",
  },
  partial: { down: "Ngừng một phần", degraded: "Suy giảm một phần" },
  severities: { critical: "nghiêm trọng", major: "cao", minor: "thấp", info: "để biết" },
  scopes: { whole: "toàn bộ", partial: "một phần" },
  subjects: {
    portal: "cổng",
    certificate: "chứng thư",
    vantage: "điểm đo",
    address: "địa chỉ",
    prefix: "dải địa chỉ",
    "name-servers": "máy chủ tên miền",
    agency: "cơ quan",
  },
  causes: {
    expiring: "chứng thư sắp hết hạn",
    schedule_stopped: "điểm đo không kịp lịch đo",
    mass_failure: "nhiều cổng cùng lúc không tới được từ nơi này",
    common_cause: "nhiều cổng cùng chung nguyên nhân",
    level_fell: "mức IPv6 thấp hơn trước",
    grade_fell: "hạng HTTPS thấp hơn trước",
  },
  parts: {
    ip4: "IPv4",
    ip6: "IPv6",
    resolver: "tra cứu tên miền",
    schedule: "lịch đo",
    mass: "nhiều cổng cùng lúc",
  },
};

const en: KindWords = {
  kinds: {
    down: "Down",
    degraded: "Degraded",
    unresolvable: "Name can't be resolved",
    certificate: "Certificate",
    ipv6_regression: "IPv6 level fell",
    https_regression: "HTTPS grade fell",
    vantage_degraded: "Vantage point impaired",
  },
  partial: { down: "Partly down", degraded: "Partly degraded" },
  severities: { critical: "critical", major: "major", minor: "minor", info: "for information" },
  scopes: { whole: "all of it", partial: "a part" },
  subjects: {
    portal: "portal",
    certificate: "certificate",
    vantage: "vantage point",
    address: "address",
    prefix: "address range",
    "name-servers": "name servers",
    agency: "agency",
  },
  causes: {
    expiring: "the certificate expires soon",
    schedule_stopped: "this place can't keep its schedule",
    mass_failure: "many portals at once can't be reached from here",
    common_cause: "many portals have one cause in common",
    level_fell: "the IPv6 level is lower than before",
    grade_fell: "the HTTPS grade is lower than before",
  },
  parts: {
    ip4: "IPv4",
    ip6: "IPv6",
    resolver: "name lookup",
    schedule: "schedule",
    mass: "many portals at once",
  },
};

/** What incidents are called, in each language. */
export const KIND_WORDS: Readonly<Record<Lang, KindWords>> = { vi, en };
