import type { Lang } from "../../catalogue/index.ts";
import type { NoticeIncident, NotifyMessage } from "../../domain/incident/notice.ts";
import { durationWords, instantWords } from "./duration.ts";
import { nameIn } from "./incident-name.ts";
import type { TextSettings } from "./text-settings.ts";
import { causeWords, SEVERITY_WORDS, SHARED_WORDS } from "./words.ts";

/** Members that are named; of the others it is said how many there are. */
const NAMED = 8;

/** What is to be known of an incident: what, since when, how confirmed, what else shares the cause. */
export function incidentLines(
  message: NotifyMessage,
  incident: NoticeIncident,
  { lang, timezone }: TextSettings,
): string[] {
  return [
    causeLine(incident, lang),
    timeLine(message, incident, lang, timezone),
    ...portalLines(incident, lang),
    ...confirmedLine(incident, lang),
    ...shareLines(incident, lang),
    ...memberLines(incident, lang),
    ...flappingLine(incident, lang),
    ...acknowledgedLine(incident, lang),
  ];
}

function causeLine({ cause, severity, network }: NoticeIncident, lang: Lang): string {
  const where =
    network === "internet" ? "" : lang === "vi" ? ` (mạng ${network})` : ` (network ${network})`;
  return `${SEVERITY_WORDS[severity][lang]}: ${causeWords(cause, lang)}${where}.`;
}

function timeLine(message: NotifyMessage, incident: NoticeIncident, lang: Lang, timezone: string) {
  const { opened_at: opened, resolved_at: resolved } = incident;
  const from = instantWords(opened, lang, timezone);
  const lasted = durationWords(Date.parse(resolved ?? message.at) - Date.parse(opened), lang);
  if (resolved === null) {
    return lang === "vi" ? `Từ ${from}, đã ${lasted}.` : `Since ${from}, for ${lasted}.`;
  }
  const to = instantWords(resolved, lang, timezone);
  return lang === "vi"
    ? `Từ ${from} đến ${to}, kéo dài ${lasted}.`
    : `From ${from} to ${to}, ${lasted}.`;
}

function portalLines({ portal }: NoticeIncident, lang: Lang): string[] {
  if (portal === null) return [];
  const place = portal.province === null ? "" : `, ${portal.province.name}`;
  return [portal.url, `${nameIn(portal.agency.name, lang)}${place}`];
}

function confirmedLine({ confirmation }: NoticeIncident, lang: Lang): string[] {
  const { vantages, observations, confirmations, single_vantage: alone } = confirmation;
  if (observations === 0) return [];
  const places = vantages.join(", ");
  if (lang === "vi") {
    const from = places === "" ? "" : ` từ ${places}`;
    const again = confirmations === 0 ? "" : ` (${confirmations} lần đo lại)`;
    return [
      `Xác nhận: ${observations} lần đo hỏng${again}${from}${alone ? ", chỉ có một điểm đo" : ""}.`,
    ];
  }
  const from = places === "" ? "" : ` from ${places}`;
  const again = confirmations === 0 ? "" : ` (${confirmations} of them retries)`;
  const count = `${observations} bad observation${observations === 1 ? "" : "s"}`;
  return [`Confirmed: ${count}${again}${from}${alone ? ", the only vantage point" : ""}.`];
}

function shareLines({ shares }: NoticeIncident, lang: Lang): string[] {
  return shares
    .filter(({ failing }) => failing > 1)
    .map(({ key, value, portals, failing }) =>
      lang === "vi"
        ? `Cùng ${SHARED_WORDS[key].vi} ${value}: ${failing}/${portals} cổng đang gặp sự cố.`
        : `Same ${SHARED_WORDS[key].en} ${value}: ${failing} of ${portals} portals affected.`,
    );
}

function memberLines({ members, kind }: NoticeIncident, lang: Lang): string[] {
  if (members.total === 0) return [];
  const named = members.portals.slice(0, NAMED);
  const more = members.total - named.length;
  const head =
    kind === "vantage_degraded"
      ? lang === "vi"
        ? `${members.total} cổng bị giữ lại cảnh báo:`
        : `${members.total} portals are held back:`
      : lang === "vi"
        ? `Gồm ${members.total} cổng:`
        : `${members.total} portal${members.total === 1 ? "" : "s"}:`;
  return [
    head,
    ...named.map(({ name, url }) => `• ${nameIn(name, lang)} ${url}`),
    ...(more > 0 ? [lang === "vi" ? `và ${more} cổng khác` : `and ${more} more`] : []),
  ];
}

function flappingLine({ flapping, resolved_at: resolved }: NoticeIncident, lang: Lang): string[] {
  if (!flapping || resolved !== null) return [];
  return [
    lang === "vi"
      ? "Trạng thái thay đổi liên tục; sẽ không báo thêm cho đến khi ổn định."
      : "It goes up and down; nothing more is told until it is stable.",
  ];
}

function acknowledgedLine({ acknowledged_by: by }: NoticeIncident, lang: Lang): string[] {
  if (by === null) return [];
  return [lang === "vi" ? `Người tiếp nhận: ${by}.` : `Acknowledged by ${by}.`];
}
