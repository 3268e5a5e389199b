import { html } from "hono/html";
import type { FigureRow } from "../../reports/coverage/figures.ts";
import { cardTable } from "../compliance/card-table.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import { type CoverageFacts, coveragePage } from "../coverage/page.ts";
import type { Html } from "../layout.ts";
import { linkTo } from "../compliance/query.ts";
import { dayText } from "../time-text.ts";
import { lookDefinitions } from "./look.ts";
import { mapForm } from "./map-form.ts";
import { asked, isRelease, mapLink } from "./map-links.ts";
import { MAP_SCRIPTS, mapSection } from "./map-section.ts";
import { mapTable } from "./map-table.ts";
import type { MapView } from "./map-view.ts";
import { MAP_WORDS } from "./map-words.ts";
import { boundsText, countsText, missingText, reportedText, valueText } from "./number-parts.ts";
import { releaseLink } from "./paths.ts";
import { scaleFor } from "./scale.ts";
import { targetsTable } from "./targets-table.ts";
import { FIGURE_WORDS } from "./words.ts";

/** One indicator on one day: what it counts, the result, the map, and the same as a table. */
export function mapPage(view: MapView): Html {
  const { lang, sums, indicator, level, province, query, whole } = view;
  const words = MAP_WORDS[lang];
  const scale = scaleFor(sums, { denominator_kind: indicator.denominator_kind, level, lang });
  const indicatorName = lang === "vi" ? indicator.name_vi : indicator.name_en;
  const name = `${indicatorName}, ${province?.name_vi ?? words.wholeCountry}`;
  const anything = sums.some(({ reported_communes: reported }) => reported > 0);
  return coveragePage(view, {
    name: "map",
    title: words.title,
    lead: words.lead,
    linkTo: (other) => mapLink({ ...query, lang: other }),
    styles: ["coverage-read.css"],
    scripts: html`${MAP_SCRIPTS.map((src) => html`<script src="${src}"></script>`)}`,
    body: html`${lookDefinitions(scale.classes)} ${mapForm(view)}
    ${province === null ? "" : html`<p><a href="${mapLink({ ...asked(view), level: "province", province: undefined, lang })}">${words.back}</a></p>`}
    ${definition(view)} ${anything ? "" : html`<p class="note">${words.nothingAdded}</p>`}
    ${whole === null ? "" : result(view, whole.unit.level === "country" ? words.wholeCountry : whole.unit.name_vi)}
    ${mapSection(view, scale, name)} ${mapTable(view, scale, name)} ${stated(view)}`,
  });
}

/** The map's page while there is no figure of anything. */
export function emptyMapPage(facts: CoverageFacts): Html {
  const words = MAP_WORDS[facts.lang];
  return coveragePage(facts, {
    name: "map",
    title: words.title,
    lead: words.lead,
    linkTo: (lang) => mapLink({ lang }),
    styles: ["coverage-read.css"],
    body: html`<div class="empty">
      <h2>${words.emptyTitle}</h2>
      ${words.empty.map((sentence) => html`<p>${sentence}</p>`)}
      <p>
        <a href="${linkTo(COVERAGE_PATHS.imports, { lang: facts.lang })}"
          >${COVERAGE_PATHS.imports}</a
        >
      </p>
    </div>`,
  });
}

function definition({ lang, indicator, asOf, query }: MapView): Html {
  const words = MAP_WORDS[lang];
  const vi = lang === "vi";
  const denominator = vi ? indicator.denominator_vi : indicator.denominator_en;
  const release = query.at !== undefined && isRelease(query.at) ? query.at : null;
  return html`<section>
    <h2 id="about-heading">${words.about}</h2>
    <p>${vi ? indicator.definition_vi : indicator.definition_en}</p>
    <dl class="facts">
      <div>
        <dt>${words.sense}</dt>
        <dd>${FIGURE_WORDS[lang].senses[indicator.sense]}</dd>
      </div>
      <div>
        <dt>${words.numerator}</dt>
        <dd>${vi ? indicator.numerator_vi : indicator.numerator_en}</dd>
      </div>
      <div>
        <dt>${words.denominator}</dt>
        <dd>${denominator ?? "–"}</dd>
      </div>
      <div>
        <dt>${words.asOf}</dt>
        <dd>
          ${dayText(asOf, lang)}
          ${release === null ? "" : html`<a href="${releaseLink(release, { lang })}">${words.release} ${release}</a>`}
        </dd>
      </div>
    </dl>
  </section>`;
}

function result(view: MapView, name: string): Html {
  const { lang, whole, targets } = view;
  if (whole === null) return html``;
  const words = MAP_WORDS[lang];
  const missing = missingText(whole, lang);
  const country = whole.unit.level === "country";
  return html`<section>
    <h2 id="result-heading">${words.now(name.charAt(0).toUpperCase() + name.slice(1))}</h2>
    <dl class="facts">
      <div>
        <dt>${words.columns.ratio}</dt>
        <dd>
          <b class="big">${valueText(whole, lang)}</b> ${countsText(whole, lang)}
          ${whole.made_up ? html`<span class="chip notable">${FIGURE_WORDS[lang].madeUp}</span>` : ""}
        </dd>
      </div>
      <div>
        <dt>${words.bounds}</dt>
        <dd>
          ${boundsText(whole, lang) || "–"}
          ${whole.bounds === "open" ? html`<span class="also">${FIGURE_WORDS[lang].openBounds}</span>` : ""}
        </dd>
      </div>
      <div>
        <dt>${words.reported}</dt>
        <dd>
          ${reportedText(whole, lang)}
          ${missing === "" ? "" : html`<span class="also">${missing}</span>`}
        </dd>
      </div>
      <div>
        <dt>${words.source}</dt>
        <dd>${sourceName(view, whole.denominator_source)}</dd>
      </div>
    </dl>
    <p class="soft">${words.whyBounds} ${country ? words.targetsWhole : ""}</p>
    ${
      country && targets.length > 0
        ? html`<h3>${words.targets}</h3>
            ${targetsTable(targets, whole, lang)}`
        : ""
    }
  </section>`;
}

function sourceName({ lang, sources }: MapView, code: string | null): string {
  if (code === null) return "–";
  if (code === "report") return lang === "vi" ? "chính báo cáo đó" : "the same report";
  const found = sources.find((each) => each.code === code);
  return (lang === "vi" ? found?.name_vi : found?.name_en) ?? code;
}

function stated(view: MapView): Html | "" {
  const { lang, stated: rows } = view;
  if (rows.length === 0) return "";
  const words = MAP_WORDS[lang];
  return html`<section>
    <h2 id="stated-heading">${words.stated}</h2>
    <p class="soft">${words.statedLead}</p>
    ${cardTable({ label: words.stated, headings: words.statedColumns, rows: rows.map((row) => statedRow(view, row)) })}
  </section>`;
}

function statedRow(view: MapView, row: FigureRow): Html {
  const { lang } = view;
  const words = MAP_WORDS[lang];
  const [, value, basis, source, note] = words.statedColumns;
  return html`<tr>
    <th scope="row">${dayText(row.as_of, lang)}</th>
    <td data-label="${value}">
      <b>${valueText(row, lang)}</b> ${countsText(row, lang)}
      ${row.made_up ? html`<span class="chip notable">${FIGURE_WORDS[lang].madeUp}</span>` : ""}
    </td>
    <td data-label="${basis}">${FIGURE_WORDS[lang].bases[row.basis]}</td>
    <td data-label="${source}">${sourceName(view, row.source)}</td>
    <td data-label="${note}" class="literal">${row.note ?? "–"}</td>
  </tr>`;
}
