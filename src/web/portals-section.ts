import { html } from "hono/html";
import { isProbed } from "../domain/portal.ts";
import { SIGN_OF_OUTCOME } from "../domain/portal-state.ts";
import type { FamilyStatus, PortalSummary } from "../reports/portal-summary.ts";
import { FAILURE_WORDS } from "./failure-words.ts";
import type { HomeData } from "./home-data.ts";
import { csvLink, isFiltered, linkTo } from "./home-query.ts";
import type { Html } from "./layout.ts";
import { timeText } from "./time-text.ts";
import { webLink } from "./web-link.ts";
import type { Words } from "./words.ts";

/** The list of portals with search, filters and the way to the next page. */
export function portalsSection(data: HomeData, words: Words): Html {
  const { query, portals, nextCursor, lang } = data;
  return html`<section aria-labelledby="portals">
    <div class="list-head">
      <h2 id="portals">${words.allPortals}</h2>
      <form method="get" action="/" role="search">
        <input type="hidden" name="lang" value="${lang}" />
        <label
          ><span class="hidden">${words.search}</span>
          <input
            type="search"
            name="q"
            maxlength="200"
            value="${query.q ?? ""}"
            placeholder="${words.searchHint}"
        /></label>
        <button>${words.search}</button>
      </form>
    </div>
    ${filters(data, words)} ${portals.length === 0 ? empty(data, words) : table(data, words)}
    <p class="below">
      ${
        nextCursor === null
          ? ""
          : html`<a class="next" href="${linkTo({ ...query, cursor: nextCursor })}#portals"
              >${words.next}</a
            >`
      }
      <a href="${csvLink(query)}">${words.csv}</a>
    </p>
  </section>`;
}

/** What narrows the list now, and the way out of it. */
function filters({ query, lang }: HomeData, words: Words): Html | "" {
  if (!isFiltered(query)) return "";
  const { state, kind, agency, province, q } = query;
  const named = [state && words.states[state], kind && words.kinds[kind], agency, province, q];
  return html`<p class="filters">
    ${named.filter(Boolean).map((name) => html`<span class="chip">${name}</span>`)}
    <a href="${linkTo({ lang })}#portals">${words.clear}</a>
  </p>`;
}

function empty({ query }: HomeData, words: Words): Html {
  return html`<p class="empty">${isFiltered(query) ? words.nothingFound : words.nothingYet}</p>`;
}

function table(data: HomeData, words: Words): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="portals">
    <table class="cards states-list">
      <thead>
        <tr>
          ${words.columns.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${data.portals.map((portal) => row(portal, data, words))}
      </tbody>
    </table>
  </div>`;
}

function row(portal: PortalSummary, data: HomeData, words: Words): Html {
  const { lang } = data;
  const [, agency, state, ip4, ip6] = words.columns;
  return html`<tr>
    <th scope="row">
      <a href="/portals/${portal.id}?lang=${lang}" lang="vi">${portal.name_vi}</a>
      ${
        lang === "en" && portal.name_en !== null
          ? html`<span class="also">${portal.name_en}</span>`
          : ""
      }
      ${portal.made_up ? html`<span class="chip">${words.example}</span>` : ""}
      ${
        portal.lifecycle === "active"
          ? ""
          : html`<span class="chip">${words.lifecycles[portal.lifecycle]}</span>`
      }
      ${webLink(portal.url)}
    </th>
    <td data-label="${agency}">
      <a href="${linkTo({ lang, agency: portal.agency.id })}#portals" lang="vi"
        >${portal.agency.name_vi}</a
      >
    </td>
    <td data-label="${state}">
      <span class="state ${portal.state}">${words.states[portal.state]}</span>
    </td>
    <td data-label="${ip4}">${cell(portal, portal.families.ip4, data, words)}</td>
    <td data-label="${ip6}">${cell(portal, portal.families.ip6, data, words)}</td>
  </tr>`;
}

/** What one family shows: the sign, why, and since when; what is too old to count is said to be old. */
function cell(
  portal: PortalSummary,
  status: FamilyStatus | null,
  { lang, timezone }: HomeData,
  words: Words,
): Html {
  if (!isProbed(portal.lifecycle)) return html`<span class="sign unsure">${words.notProbed}</span>`;
  if (status === null) return html`<span class="sign unsure">${words.never}</span>`;
  const sign = status.fresh ? SIGN_OF_OUTCOME[status.outcome] : "unsure";
  const kind = status.failure?.kind ?? status.skip_reason;
  const code = kind === "http_status" && status.http_status ? ` (${status.http_status})` : "";
  const at = status.fresh ? status.since : status.checked_at;
  return html`<span class="sign ${sign}">${words.signs[sign]}</span>
    ${kind ? html`<span class="why">${FAILURE_WORDS[kind][lang]}${code}</span>` : ""}
    <span class="when"
      >${status.fresh ? words.since : words.stale}
      <time datetime="${at}">${timeText(at, { lang, timezone })}</time></span
    >`;
}
