import { html } from "hono/html";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import { verdictOn } from "../../reports/coverage/targets.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import { linkTo } from "../compliance/query.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { swatch } from "./look.ts";
import { asked, communesLink, mapLink, sumsLink } from "./map-links.ts";
import { MAP_SORTS, type MapSort, type MapView } from "./map-view.ts";
import { MAP_WORDS } from "./map-words.ts";
import {
  boundsText,
  countsText,
  missingText,
  reportedText,
  valueText,
  verdictMark,
} from "./number-parts.ts";
import { unitLink } from "./paths.ts";
import type { Scale } from "./scale.ts";
import { thresholdText } from "./target-text.ts";
import { FIGURE_WORDS } from "./words.ts";

/** Units in one piece of the table. */
const TABLE_ROWS = 200;

/** The same figures as on the map, for every way of reading. */
export function mapTable(view: MapView, scale: Scale, name: string): Html {
  const { lang, sums, held, query } = view;
  const words = MAP_WORDS[lang];
  const page = pageOf(view);
  const rows = sums.slice((page - 1) * TABLE_ROWS, page * TABLE_ROWS);
  return html`<section>
    <h2 id="table-heading">${words.table(name)}</h2>
    ${
      held === null
        ? ""
        : html`<p class="soft">
            ${words.heldNote}
            <a
              href="${linkTo(COVERAGE_PATHS.gaps, {
                target: held.target.code,
                province: view.province?.code,
                at: query.at,
                lang,
              })}"
              >${words.gaps}</a
            >
          </p>`
    }
    <div class="scroll" tabindex="0" role="region" aria-label="${words.table(name)}">
      <table class="cards sum-table">
        <caption class="hidden">
          ${words.table(name)}
        </caption>
        <thead>
          <tr>
            ${MAP_SORTS.map((sort) => sortHeading(view, sort))}
            <th scope="col">${words.range}</th>
            ${held === null ? "" : html`<th scope="col">${words.against(thresholdText(held.threshold, lang))}</th>`}
            <th scope="col">${words.note}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((sum) => sumRow(view, sum, scale))}
        </tbody>
      </table>
    </div>
    ${pages(view, page)} ${files(view)}
  </section>`;
}

/** Which piece of the table is asked for, from 1; the last one where that is too far. */
function pageOf({ query, sums }: MapView): number {
  return Math.min(query.page ?? 1, Math.max(1, Math.ceil(sums.length / TABLE_ROWS)));
}

function sortHeading(view: MapView, sort: MapSort): Html {
  const { lang, query } = view;
  const sorted = (query.sort ?? "name") === sort;
  const order = query.order ?? "asc";
  const next = sorted && order === "asc" ? "desc" : "asc";
  const link = mapLink({ ...asked(view), lang, sort, order: next });
  const state = order === "asc" ? "ascending" : "descending";
  return html`<th scope="col" ${sorted ? html`aria-sort="${state}"` : ""}>
    <a href="${link}">${MAP_WORDS[lang].columns[sort]}</a>
  </th>`;
}

function sumRow(view: MapView, sum: CoverageSum, scale: Scale): Html {
  const { lang, level, held } = view;
  const words = MAP_WORDS[lang];
  const { code, name_vi: name } = sum.unit;
  const province = view.provinceOf(code);
  const against = held === null ? null : words.against(thresholdText(held.threshold, lang));
  return html`<tr data-unit="${code}">
    <th scope="row">
      <a
        href="${level === "province" ? communesLink(view, code) : unitLink("commune", code, lang)}"
        lang="vi"
        >${name}</a
      >
      <span class="url"
        >${province === null ? "" : `${province}, `}${code}${
          level === "province"
            ? html` ·
                <a
                  href="${unitLink("province", code, lang)}"
                  aria-label="${unitLabel(lang)}: ${name}"
                  >${unitLabel(lang)}</a
                >`
            : ""
        }</span
      >
    </th>
    <td data-label="${words.columns.ratio}" class="value">
      ${swatch(scale.classOf(sum))} <b>${valueText(sum, lang)}</b>
      ${sum.made_up ? html`<span class="chip notable">${FIGURE_WORDS[lang].madeUp}</span>` : ""}
    </td>
    <td data-label="${words.columns.numerator}">${countsText(sum, lang) || "–"}</td>
    <td data-label="${words.columns.reported}">${reportedText(sum, lang)}</td>
    <td data-label="${words.range}">${boundsText(sum, lang) || "–"}</td>
    ${
      held === null || against === null
        ? ""
        : html`<td data-label="${against}">
            ${verdictMark(verdictOn(sum, held.threshold), lang)}
          </td>`
    }
    <td data-label="${words.note}">${notes(view, sum)}</td>
  </tr>`;
}

function unitLabel(lang: MapView["lang"]): string {
  return lang === "vi" ? "chi tiết" : "details";
}

function notes({ lang }: MapView, sum: CoverageSum): Html | string {
  const words = MAP_WORDS[lang];
  const stated = sum.stated;
  const said =
    stated === null ? "" : `${words.stated}: ${valueText(stated, lang)} (${stated.source})`;
  const parts = [missingText(sum, lang), said].filter((part) => part !== "");
  return parts.length === 0 ? "–" : parts.join(". ");
}

function pages(view: MapView, page: number): Html | "" {
  const { lang, sums, query } = view;
  const last = Math.ceil(sums.length / TABLE_ROWS);
  if (last <= 1) return "";
  const { next, previous } = FIGURE_WORDS[lang];
  const at = (number: number) =>
    `${mapLink({ ...asked(view), lang, sort: query.sort, order: query.order, page: number })}#table-heading`;
  return html`<p class="below">
    ${MAP_WORDS[lang].page(numberText(page, lang), numberText(last, lang))}
    ${page > 1 ? html`<a href="${at(page - 1)}" rel="prev">${previous}</a>` : ""}
    ${page < last ? html`<a href="${at(page + 1)}" rel="next">${next}</a>` : ""}
  </p>`;
}

function files(view: MapView): Html {
  return html`<p class="below screen">
    ${MAP_WORDS[view.lang].files}:
    ${(["csv", "xlsx", "geojson"] as const).map(
      (format) => html`<a href="${sumsLink(view, format)}" rel="nofollow">${FORMATS[format]}</a> `,
    )}
  </p>`;
}

const FORMATS = { csv: "CSV", xlsx: "XLSX", geojson: "GeoJSON" } as const;
