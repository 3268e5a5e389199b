import type { Lang } from "../../catalogue/index.ts";
import type { NoticeIncident, NotifyMessage } from "../../domain/incident/notice.ts";
import { incidentName, nameIn } from "./incident-name.ts";
import { incidentLines } from "./incident-lines.ts";
import type { TextSettings } from "./text-settings.ts";
import { EVENT_WORDS } from "./words.ts";

/** A message for people: plain text, nothing escaped. */
export interface NoticeText {
  /** One line. */
  readonly title: string;
  /** What one should know, most important first; one line each. */
  readonly lines: readonly string[];
  readonly link: string | null;
}

/** Names of incidents in a digest. */
const NAMED = 10;

/** What a message says in a language, from the message alone. */
export function noticeText(message: NotifyMessage, settings: TextSettings): NoticeText {
  const { lang, publicUrl } = settings;
  const { incident, digest } = message;
  const madeUp = message.made_up ? [MADE_UP[lang]] : [];
  if (incident !== null) {
    return {
      title: titleOf(message.event, incident, lang),
      lines: [...madeUp, ...incidentLines(message, incident, settings)],
      link: publicUrl === null ? null : `${publicUrl}/incidents/${incident.id}`,
    };
  }
  const link = publicUrl === null ? null : `${publicUrl}/incidents`;
  if (digest !== null) {
    const { title, lines } = digestText(digest, lang);
    return { title, lines: [...madeUp, ...lines], link };
  }
  return { title: TEST[lang].title, lines: [...madeUp, TEST[lang].line], link };
}

const MADE_UP = {
  vi: "DỮ LIỆU GIẢ ĐỊNH, chỉ để trình diễn.",
  en: "MADE UP: a demonstration.",
} as const;

const TEST = {
  vi: {
    title: "Thông báo thử",
    line: "Kênh này hoạt động. Không có sự cố nào.",
  },
  en: { title: "Test message", line: "This channel works. Nothing has happened." },
} as const;

function titleOf(event: NotifyMessage["event"], incident: NoticeIncident, lang: Lang): string {
  return `${EVENT_WORDS[event][lang]}${incidentName(incident, lang)}`;
}

function digestText({ total, items }: NonNullable<NotifyMessage["digest"]>, lang: Lang) {
  const place = commonPlace(
    items.map(({ incident }) => incident),
    lang,
  );
  const [first] = items;
  const name = first === undefined ? "" : titleOf(first.event, first.incident, lang);
  const named = items
    .slice(0, NAMED)
    .map(({ event, incident }) => `• ${titleOf(event, incident, lang)}`);
  const more = total - named.length;
  return {
    title: `${name} ${andMore(total - 1, place, lang)}`,
    lines: [...named, ...(more > 0 ? [andMore(more, place, lang)] : [])],
  };
}

function andMore(count: number, place: string | null, lang: Lang): string {
  if (lang === "vi") return `và ${count} thông báo khác${place === null ? "" : ` ở ${place}`}`;
  return `and ${count} more${place === null ? "" : ` in ${place}`}`;
}

/** The agency, or else the province, that all of them belong to, as far as they are named. */
function commonPlace(incidents: readonly NoticeIncident[], lang: Lang): string | null {
  const portals = incidents.map(({ portal }) => portal);
  const [first] = portals;
  if (first === null || first === undefined) return null;
  if (portals.every((portal) => portal?.agency.id === first.agency.id)) {
    return nameIn(first.agency.name, lang);
  }
  const { province } = first;
  if (province === null) return null;
  return portals.every((portal) => portal?.province?.code === province.code) ? province.name : null;
}
