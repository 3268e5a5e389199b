import { html } from "hono/html";
import type { Day } from "../../domain/calendar.ts";
import type { GapRow } from "../../reports/coverage/gaps.ts";
import type { TargetRow } from "../../reports/coverage/targets.ts";
import { hiddenField } from "../compliance/form-fields.ts";
import { linkTo } from "../compliance/query.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import { type CoverageFacts, coveragePage } from "../coverage/page.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { dayText } from "../time-text.ts";
import { webLink } from "../web-link.ts";
import { choiceField } from "./fields.ts";
import { gapTable } from "./gap-table.ts";
import { provinceOptions } from "./map-form.ts";
import { atParams, mapLink } from "./map-links.ts";
import type { ShownIndicator } from "./map-view.ts";
import { MAP_WORDS } from "./map-words.ts";
import { thresholdText } from "./target-text.ts";
import { FIGURE_WORDS } from "./words.ts";

/** Rows in one piece of the list. */
const GAP_ROWS = 200;

/** The gap list of one target. */
export interface GapsView extends CoverageFacts {
  readonly query: {
    readonly target?: string | undefined;
    readonly at?: string | undefined;
    readonly province?: string | undefined;
    readonly page?: number | undefined;
  };
  /** Those that a commune can be held against, each with its indicator. */
  readonly targets: readonly { readonly target: TargetRow; readonly indicator: ShownIndicator }[];
  readonly provinces: readonly { readonly code: string; readonly name_vi: string }[];
  /** Of a commune's code, where communes of several provinces are listed. */
  readonly provinceOf: (commune: string) => string | null;
  /** Null while there is nothing to hold against anything. */
  readonly list: {
    readonly target: TargetRow;
    readonly indicator: ShownIndicator;
    readonly asOf: Day;
    readonly rows: readonly GapRow[];
  } | null;
}

const WORDS = {
  vi: {
    title: "Còn thiếu ở đâu",
    lead: "Những xã làm cho một mục tiêu chưa đạt, hoặc chưa kết luận được là đạt; nơi thiếu nhiều nhất đứng trước.",
    target: "Mục tiêu",
    summary: (communes: string, missing: string) =>
      `${communes} xã, phường, đặc khu; tổng phần còn thiếu đã biết: ${missing}.`,
    unknown: (count: string) =>
      `Ở ${count} nơi không rõ còn thiếu bao nhiêu; những nơi đó đứng cuối.`,
    none: "Không xã nào còn thiếu.",
    empty:
      "Chưa có số liệu nào để so với mục tiêu. Hãy nhập báo cáo trước; không có con số nào được đặt ra.",
    list: "Danh sách còn thiếu",
    map: "Xem trên bản đồ",
    csv: "Danh sách này dạng CSV",
  },
  en: {
    title: "What is missing where",
    lead: "The communes that keep a target from being met, or from being known to be met; those where most is missing first.",
    target: "Target",
    summary: (communes: string, missing: string) =>
      `${communes} communes; missing in all, as far as known: ${missing}.`,
    unknown: (count: string) =>
      `In ${count} of them it is not known how much is missing; they stand last.`,
    none: "Nothing is missing in any commune.",
    empty:
      "There are no figures to hold against a target. Import reports first; no figure is invented.",
    list: "Gap list",
    map: "Show on the map",
    csv: "This list as CSV",
  },
} as const;

/** The gap list, with the target in full above it. */
export function gapsPage(view: GapsView): Html {
  const { lang, query, list } = view;
  const words = WORDS[lang];
  return coveragePage(view, {
    name: "gaps",
    title: words.title,
    lead: words.lead,
    linkTo: (other) => linkTo(COVERAGE_PATHS.gaps, { ...query, lang: other }),
    styles: ["coverage-read.css"],
    body: html`${form(view)}
    ${list === null ? html`<p class="empty">${words.empty}</p>` : content(view, list)}`,
  });
}

function form({ lang, query, targets, provinces, list }: GapsView): Html {
  const fields = MAP_WORDS[lang].fields;
  const groups = Map.groupBy(targets, ({ indicator }) =>
    lang === "vi" ? indicator.name_vi : indicator.name_en,
  );
  return html`<form class="filter-form wide-fields" method="get" action="${COVERAGE_PATHS.gaps}">
    ${hiddenField("lang", lang)} ${hiddenField("at", query.at)}
    ${choiceField({
      name: "target",
      label: WORDS[lang].target,
      chosen: list?.target.code,
      groups: [...groups].map(([label, its]) => ({
        label,
        options: its.map(({ target }) => ({
          value: target.code,
          text: `${thresholdText(target, lang)}: ${target.legal_document}`,
        })),
      })),
    })}
    ${choiceField({
      name: "province",
      label: fields.province,
      chosen: query.province,
      none: MAP_WORDS[lang].wholeCountry,
      groups: [{ label: "", options: provinceOptions(provinces) }],
    })}
    <div class="field actions"><button class="main-button">${FIGURE_WORDS[lang].show}</button></div>
  </form>`;
}

function content(view: GapsView, list: NonNullable<GapsView["list"]>): Html {
  const { lang, query } = view;
  const words = WORDS[lang];
  const { target, indicator, asOf, rows } = list;
  const last = Math.max(1, Math.ceil(rows.length / GAP_ROWS));
  const page = Math.min(query.page ?? 1, last);
  const known = rows.reduce((sum, { missing }) => sum + (missing ?? 0), 0);
  const unknown = rows.filter(({ missing }) => missing === null).length;
  const api = { target: target.code, province: query.province, ...atParams(query.at ?? asOf) };
  const map = {
    indicator: indicator.code,
    target: target.code,
    province: query.province,
    at: query.at,
    lang,
  };
  return html`<section>
      <h2>
        ${lang === "vi" ? indicator.name_vi : indicator.name_en}: ${thresholdText(target, lang)}
      </h2>
      <p>${lang === "vi" ? target.text_vi : target.text_en}</p>
      <p class="soft">
        <span lang="vi">${target.legal_document} ${target.article ?? ""}</span>
        <span class="chip">${FIGURE_WORDS[lang].certainties[target.certainty]}</span>
        ${target.source_url === null ? "" : webLink(target.source_url)}
      </p>
      <p>
        ${MAP_WORDS[lang].asOf} ${dayText(asOf, lang)}.
        ${words.summary(numberText(rows.length, lang), numberText(known, lang))}
        ${unknown === 0 ? "" : words.unknown(numberText(unknown, lang))} ${MAP_WORDS[lang].heldNote}
      </p>
      <p class="below screen">
        <a href="${mapLink(map)}">${words.map}</a>
        <a href="${linkTo("/api/v1/coverage/gaps", { ...api, format: "csv" })}" rel="nofollow"
          >${words.csv}</a
        >
      </p>
    </section>
    ${
      rows.length === 0
        ? html`<p class="empty">${words.none}</p>`
        : gapTable(rows.slice((page - 1) * GAP_ROWS, page * GAP_ROWS), {
            label: words.list,
            lang,
            provinceOf: view.provinceOf,
          })
    }
    ${pages(view, page, last)}`;
}

function pages({ lang, query }: GapsView, page: number, last: number): Html | "" {
  if (last === 1) return "";
  const { next, previous } = FIGURE_WORDS[lang];
  const at = (number: number) => linkTo(COVERAGE_PATHS.gaps, { ...query, lang, page: number });
  return html`<p class="below">
    ${MAP_WORDS[lang].page(numberText(page, lang), numberText(last, lang))}
    ${page > 1 ? html`<a href="${at(page - 1)}" rel="prev">${previous}</a>` : ""}
    ${page < last ? html`<a href="${at(page + 1)}" rel="next">${next}</a>` : ""}
  </p>`;
}
