import type { Lang } from "../../catalogue/index.ts";
import type { NoticeIncident, NoticeName } from "../../domain/incident/notice.ts";
import { PART_WORDS, SHARED_WORDS } from "./words.ts";

/** A name in a language; where there is no English one, the Vietnamese. */
export function nameIn(name: NoticeName, lang: Lang): string {
  return lang === "en" ? (name.en ?? name.vi) : name.vi;
}

/** What an incident is, in one line: what is wrong, and with what. */
export function incidentName(incident: NoticeIncident, lang: Lang): string {
  if (incident.kind === "vantage_degraded") return vantageName(incident, lang);
  if (incident.subject.type === "certificate") return expiringName(incident, lang);
  if (incident.portal !== null) {
    return `${whatIsWrong(incident, lang)}: ${nameIn(incident.portal.name, lang)}`;
  }
  const { type, name } = incident.subject;
  const { total } = incident.members;
  const common = `${SHARED_WORDS[type][lang]} ${name}`;
  return lang === "vi"
    ? `${whatIsWrong(incident, lang)}: ${total} cổng chung ${common}`
    : `${whatIsWrong(incident, lang)}: ${portals(total)} with ${common} in common`;
}

const portals = (count: number) => `${count} portal${count === 1 ? "" : "s"}`;

function whatIsWrong({ kind, scope, family }: NoticeIncident, lang: Lang): string {
  const over = family === null ? "" : family === "ip4" ? "IPv4" : "IPv6";
  const vi = lang === "vi";
  switch (kind) {
    case "down": {
      const words = vi ? "Không truy cập được" : "Not reachable";
      if (over !== "") return vi ? `${words} qua ${over}` : `${words} over ${over}`;
      if (scope === "whole") return words;
      return vi ? `${words} từ một số điểm đo` : `${words} from some places`;
    }
    case "degraded":
      return vi ? "Hoạt động kém" : "Degraded";
    case "unresolvable":
      return vi ? "Không phân giải được tên miền" : "Name does not resolve";
    case "certificate":
      return vi ? "Chứng thư không hợp lệ" : "Invalid certificate";
    case "ipv6_regression":
      return vi ? "IPv6 kém hơn trước" : "IPv6 worse than before";
    case "https_regression":
      return vi ? "HTTPS kém hơn trước" : "HTTPS worse than before";
    case "vantage_degraded":
      return vi ? "Điểm đo gặp sự cố" : "Vantage point in trouble";
  }
}

function vantageName({ subject, confirmation }: NoticeIncident, lang: Lang): string {
  const [, part = ""] = subject.name.split("/");
  const place = confirmation.vantages[0] ?? subject.name;
  const trouble = PART_WORDS[part]?.[lang] ?? (lang === "vi" ? "gặp sự cố" : "is in trouble");
  return lang === "vi" ? `Điểm đo ${place} ${trouble}` : `Vantage point ${place} ${trouble}`;
}

function expiringName(incident: NoticeIncident, lang: Lang): string {
  const first = incident.portal ?? incident.members.portals[0];
  const more = incident.members.total - (incident.portal === null ? 1 : 0);
  const name = first === undefined ? incident.subject.name : nameIn(first.name, lang);
  const whose =
    more <= 0 ? name : lang === "vi" ? `${name} và ${more} cổng khác` : `${name} and ${more} more`;
  const left = daysLeft(incident);
  if (left === null)
    return lang === "vi" ? `Chứng thư sắp hết hạn: ${whose}` : `Certificate expiring: ${whose}`;
  if (left < 0)
    return lang === "vi" ? `Chứng thư đã hết hạn: ${whose}` : `Certificate expired: ${whose}`;
  if (left === 0) {
    return lang === "vi"
      ? `Chứng thư hết hạn trong vòng 1 ngày: ${whose}`
      : `Certificate expires within a day: ${whose}`;
  }
  return lang === "vi"
    ? `Chứng thư còn ${left} ngày: ${whose}`
    : `Certificate expires in ${left} day${left === 1 ? "" : "s"}: ${whose}`;
}

/** Whole days that a certificate is still good for, negative when it is not; null where nothing says so. */
function daysLeft({ evidence }: NoticeIncident): number | null {
  const left = evidence["days_left"];
  return typeof left === "number" ? Math.floor(left) : null;
}
