import { html } from "hono/html";
import { SEVERITIES } from "../domain/incident/kinds.ts";
import type { HomeData } from "./home-data.ts";
import {
  incidentTable,
  openText,
  type ShownIncident,
  withoutParts,
} from "./incidents/incident-table.ts";
import { OUTAGE_PATHS } from "./incidents/nav.ts";
import { INCIDENT_WORDS } from "./incidents/words.ts";
import type { Html } from "./layout.ts";
import { timeText } from "./time-text.ts";

/** So many of what is open; all of it is on its own page. */
const SHOWN = 10;

const WORDS = {
  vi: {
    asOf: (at: string) => `Số liệu lúc ${at}.`,
    stale: (at: string) =>
      `Lần đo cuối lúc ${at}: đã quá lâu để nói hiện tại thế nào. Dịch vụ có thể đang dừng đo.`,
    never: "Chưa có lần đo nào.",
  },
  en: {
    asOf: (at: string) => `Data as of ${at}.`,
    stale: (at: string) =>
      `The last run was at ${at}: too long ago to say how things are now. Probing may have stopped.`,
    never: "Nothing was probed yet.",
  },
} as const;

/** Of when the newest result is; a warning where that is too long ago. */
export function freshnessLine({ freshness, lang, timezone }: HomeData): Html {
  const words = WORDS[lang];
  const { as_of: at, stale } = freshness;
  if (at === null) return html`<p class="count">${words.never}</p>`;
  const time = timeText(at, { lang, timezone });
  return stale
    ? html`<p class="stale-note">${words.stale(time)}</p>`
    : html`<p class="count">${words.asOf(time)}</p>`;
}

/** What is open now, the most urgent first: a new trifle must not push an old outage off the page. */
export function openIncidents(data: HomeData): Html {
  const { lang, incidents, moreOpen } = data;
  const words = INCIDENT_WORDS[lang];
  const rank = ({ row }: ShownIncident) => SEVERITIES.indexOf(row.severity);
  const shown = withoutParts(incidents).toSorted((one, other) => rank(one) - rank(other));
  const all = `${OUTAGE_PATHS.incidents}?lang=${lang}`;
  return html`<section aria-labelledby="open-now">
    <h2 id="open-now">${words.openNow}</h2>
    <p>${openText(incidents, moreOpen, lang)} <a href="${all}">${words.all}</a></p>
    ${
      shown.length === 0
        ? ""
        : incidentTable(shown.slice(0, SHOWN), data, { label: words.openNow, ended: false })
    }
  </section>`;
}
