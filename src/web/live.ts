import { html } from "hono/html";
import type { Lang } from "./lang.ts";
import type { Html } from "./layout.ts";

/** What of the stream of events a page is about; it is fetched again when such an event came. */
export interface LiveTopics {
  readonly events: readonly ("run" | "incidents" | "vantage")[];
  /** The one portal whose runs matter, by its number; every portal's where it is left out. */
  readonly portal?: number;
  /** Not more often than this, in seconds; 2 unless given. */
  readonly everySeconds?: number;
  /** What is read out when it is another sentence than before. */
  readonly says: string;
}

const WORDS = {
  vi: {
    on: "Trang này tự cập nhật.",
    lost: "Mất kết nối cập nhật, đang thử lại. Nội dung có thể đã cũ.",
  },
  en: {
    on: "This page keeps itself up to date.",
    lost: "The updates are interrupted and tried again. What you see may be old.",
  },
} as const;

/** The attributes of `<main>` by which live.js knows what to do; none for a page that stays as it is. */
export function liveAttributes(topics: LiveTopics | null): Html | "" {
  if (topics === null) return "";
  const { events, portal, everySeconds = 2, says } = topics;
  return html`data-live="${events.join(" ")}" data-live-every="${everySeconds}"
  data-live-says="${says}" ${portal === undefined ? "" : html`data-live-portal="${portal}"`}`;
}

/** Where live.js says how it stands and what changed, and the script itself; the page works without it. */
export function liveTail(topics: LiveTopics | null, lang: Lang): Html | "" {
  if (topics === null) return "";
  const { on, lost } = WORDS[lang];
  return html`<p class="live-mark" id="live-mark" data-on="${on}" data-lost="${lost}" hidden></p>
    <p class="hidden" id="live-said" role="status" aria-live="polite"></p>
    <script src="/assets/live.js" defer></script>`;
}
