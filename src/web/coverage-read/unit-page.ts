import { html } from "hono/html";
import { linkTo } from "../compliance/query.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import { coveragePage } from "../coverage/page.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { verdictOn } from "../../reports/coverage/targets.ts";
import { gapTable } from "./gap-table.ts";
import { mapLink } from "./map-links.ts";
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
import { targetName, thresholdText } from "./target-text.ts";
import { trend } from "./trend.ts";
import { unitHistory } from "./unit-history.ts";
import { unitOrigins } from "./unit-origins.ts";
import type { UnitIndicator, UnitView } from "./unit-view.ts";
import { UNIT_WORDS } from "./unit-words.ts";
import { FIGURE_WORDS } from "./words.ts";

/** A province or commune: its indicators with targets and trend, what is missing in it, where its figures come from, what it was. */
export function unitPage(view: UnitView): Html {
  const { lang, level, unit, indicators } = view;
  const words = UNIT_WORDS[lang];
  return coveragePage(view, {
    name: null,
    title: unit.full_name_vi,
    lead: html`${words.lead(FIGURE_WORDS[lang].levels[level], unit.code)}${
      unit.province === null
        ? ""
        : html`. ${words.inProvince}
            <a href="${unitLink("province", unit.province.code, lang)}" lang="vi"
              >${unit.province.name_vi}</a
            >`
    }`,
    linkTo: (other) => unitLink(level, unit.code, other),
    styles: ["coverage-read.css"],
    body: html`<section>
        <h2 id="now-heading">${words.now}</h2>
        ${
          level === "province"
            ? html`<p>
                <a href="${mapLink({ province: unit.code, level: "commune", lang })}"
                  >${words.communes}</a
                >
              </p>`
            : ""
        }
        ${
          indicators.length === 0
            ? html`<p class="empty">${words.nothing}</p>`
            : indicators.map((each) => indicatorCard(each, view))
        }
      </section>
      ${gaps(view)} ${unitOrigins(view)} ${unitHistory(view)}`,
  });
}

function indicatorCard(
  { indicator, series, held, breaks }: UnitIndicator,
  { lang }: UnitView,
): Html {
  const now = series.at(-1);
  if (now === undefined) return html``;
  const words = MAP_WORDS[lang];
  const name = lang === "vi" ? indicator.name_vi : indicator.name_en;
  const missing = missingText(now, lang);
  const ratio = held?.threshold.threshold_kind === "ratio" ? held.threshold.threshold : null;
  return html`<article class="card unit-indicator">
    <h3>
      <a href="${mapLink({ indicator: indicator.code, lang })}">${name}</a>
      <span class="chip">${FIGURE_WORDS[lang].senses[indicator.sense]}</span>
    </h3>
    <div class="two">
      <div>
        <p>
          <b class="big">${valueText(now, lang)}</b> ${countsText(now, lang)}
          ${now.made_up ? html`<span class="chip notable">${FIGURE_WORDS[lang].madeUp}</span>` : ""}
        </p>
        <p class="soft">
          ${words.bounds}: ${boundsText(now, lang) || "–"}. ${words.reported}:
          ${reportedText(now, lang)}. ${missing}
        </p>
        ${
          held === null
            ? ""
            : html`<p>
                ${verdictMark(verdictOn(now, held.threshold), lang)}
                ${words.against(thresholdText(held.threshold, lang))}
                <span class="also"
                  ><span lang="vi">${held.target.legal_document}</span>
                  (${FIGURE_WORDS[lang].certainties[held.target.certainty]}).
                  ${words.heldNote}</span
                >
              </p>`
        }
      </div>
      <div>${trend({ series, breaks, threshold: ratio }, { lang, name })}</div>
    </div>
  </article>`;
}

function gaps({ lang, gaps: list, unit }: UnitView): Html | "" {
  if (list === null || list.rows.length === 0) return "";
  const words = UNIT_WORDS[lang];
  const heading = words.gaps(targetName(list.target, lang));
  const query = { target: list.target.code, province: unit.code, lang };
  return html`<section>
    <h2>${heading}</h2>
    ${gapTable(list.rows, { label: heading, lang, provinceOf: () => null })}
    <p>
      <a href="${linkTo(COVERAGE_PATHS.gaps, query)}"
        >${words.allGaps(numberText(list.all, lang))}</a
      >
    </p>
  </section>`;
}
