import { html } from "hono/html";
import {
  NOTIFICATION_STATES,
  type NotificationRow,
  type NotificationState,
} from "../../reports/notifications.ts";
import { hiddenField, selectField } from "../compliance/form-fields.ts";
import { portalLink } from "../compliance/portal-link.ts";
import { linkTo } from "../compliance/query.ts";
import { tableHead } from "../compliance/table-head.ts";
import { toldBox } from "../coverage-work/form-parts.ts";
import type { Told } from "../coverage-work/work-facts.ts";
import { instantText } from "../incidents/incident-table.ts";
import { incidentPath } from "../incidents/marks.ts";
import { OUTAGE_PATHS } from "../incidents/nav.ts";
import { type OutageFacts, outagePage } from "../incidents/page.ts";
import type { Html } from "../layout.ts";
import { timeText } from "../time-text.ts";
import { type ChannelRow, channelsSection } from "./channels-section.ts";
import { NOTIFICATION_WORDS } from "./words.ts";

/** The page of the outbox. */
export interface NotificationsPage extends OutageFacts {
  readonly channels: readonly ChannelRow[];
  /** Whether rules of Prometheus tell instead of our channels. */
  readonly byPrometheus: boolean;
  readonly query: {
    readonly state?: NotificationState | undefined;
    readonly channel?: string | undefined;
  };
  readonly rows: readonly NotificationRow[];
  readonly nextCursor: string | null;
  readonly first: boolean;
  readonly told: Told | null;
}

/** Channels and what went out through them, with what can be done about what did not. */
export function notificationsPage(page: NotificationsPage): Html {
  const { lang, query, told, channels } = page;
  const words = NOTIFICATION_WORDS[lang];
  const sum = (of: "pending" | "dead") => channels.reduce((total, one) => total + one[of], 0);
  const refused = told !== null && !told.done;
  return outagePage(page, {
    name: "notifications",
    title: words.title,
    lead: words.lead,
    live: refused ? null : { events: ["incidents"], says: words.says(sum("pending"), sum("dead")) },
    linkTo: (other) => linkTo(OUTAGE_PATHS.notifications, { ...query, lang: other }),
    body: html`${toldBox(told)}
      ${page.byPrometheus ? html`<p class="note">${words.byPrometheus}</p>` : ""}
      ${channelsSection(channels, page)}
      <section aria-labelledby="list">
        <h2 id="list">${words.list}</h2>
        ${filterForm(page)}
        ${page.rows.length === 0 ? html`<p class="empty">${words.none}</p>` : table(page)}
        ${moreLinks(page)}
      </section>`,
  });
}

function filterForm({ lang, query, channels }: NotificationsPage): Html {
  const words = NOTIFICATION_WORDS[lang];
  return html`<form
    class="filter-form"
    method="get"
    action="${OUTAGE_PATHS.notifications}"
    role="search"
  >
    ${hiddenField("lang", lang)}
    ${selectField(
      {
        name: "state",
        label: words.filter,
        none: words.any,
        options: NOTIFICATION_STATES.map((value) => ({ value, text: words.states[value] })),
        chosen: query.state,
      },
      lang,
    )}
    ${selectField(
      {
        name: "channel",
        label: words.channelFilter,
        none: words.any,
        options: channels.map(({ name }) => ({ value: name, text: name })),
        chosen: query.channel,
      },
      lang,
    )}
    <div class="actions"><button class="main-button">${words.apply}</button></div>
  </form>`;
}

function moreLinks({ lang, query, first, nextCursor }: NotificationsPage): Html {
  const words = NOTIFICATION_WORDS[lang];
  const path = OUTAGE_PATHS.notifications;
  return html`<p class="below">
    ${first ? "" : html`<a href="${linkTo(path, { ...query, lang })}">${words.first}</a>`}
    ${
      nextCursor === null
        ? ""
        : html`<a class="next" href="${linkTo(path, { ...query, lang, cursor: nextCursor })}"
            >${words.next}</a
          >`
    }
  </p>`;
}

function table(page: NotificationsPage): Html {
  const words = NOTIFICATION_WORDS[page.lang];
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="list">
    <table class="cards outbox-table">
      ${tableHead(words.columns)}
      <tbody>
        ${page.rows.map((row) => messageRow(row, page))}
      </tbody>
    </table>
  </div>`;
}

const TONES: Readonly<Record<NotificationState, string>> = {
  pending: "fair",
  sent: "good",
  dead: "bad",
  merged: "none",
};

function messageRow(row: NotificationRow, page: NotificationsPage): Html {
  const { lang } = page;
  const words = NOTIFICATION_WORDS[lang];
  const [, about, channel, state, made] = words.columns;
  return html`<tr data-key="message-${row.id}">
    <th scope="row">
      ${words.events[row.event]}
      <span class="also">${words.key}: <code>${row.dedupe_key}</code></span>
    </th>
    <td data-label="${about}">${aboutText(row, lang)}</td>
    <td data-label="${channel}">${row.channel}</td>
    <td data-label="${state}">${stateText(row, page)}</td>
    <td data-label="${made}">${instantText(row.created_at, page)}</td>
  </tr>`;
}

function aboutText({ incident, about }: NotificationRow, lang: NotificationsPage["lang"]): Html {
  if (incident === null) return html`–`;
  const link = html`<a href="${incidentPath(incident, lang)}"
    >${NOTIFICATION_WORDS[lang].incident(incident)}</a
  >`;
  if (about.portal === null) return link;
  return html`${link} <span class="also">${portalLink(about.portal, lang)}</span>`;
}

function stateText(row: NotificationRow, page: NotificationsPage): Html {
  const { lang } = page;
  const words = NOTIFICATION_WORDS[lang];
  const when = [
    ...(row.sent_at === null ? [] : [words.sentAt(timeText(row.sent_at, page))]),
    ...(row.attempts === 0 ? [] : [words.attempts(row.attempts)]),
    ...(row.next_at === null || row.attempts === 0
      ? []
      : [words.nextTry(timeText(row.next_at, page))]),
  ];
  return html`<span class="mark ${TONES[row.state]}">${words.states[row.state]}</span>
    ${when.length === 0 ? "" : html`<span class="also">${when.join(", ")}</span>`}
    ${
      row.error === null || row.state === "sent"
        ? ""
        : html`<span class="also">${words.error}: <code>${row.error}</code></span>`
    }
    ${row.state === "dead" ? retryForm(row.id, page) : ""}`;
}

function retryForm(id: number, { lang }: NotificationsPage): Html {
  const words = NOTIFICATION_WORDS[lang];
  return html`<form method="post" action="/notifications/${id}/retry?lang=${lang}">
    <button aria-label="${words.retryWhat(id)}">${words.retry}</button>
  </form>`;
}
