import { html } from "hono/html";
import type { ReleaseCount, ReleaseRow } from "../../reports/coverage-releases/list.ts";
import type { MethodBreak } from "../../reports/coverage-releases/method-breaks.ts";
import { type CoverageFacts, coveragePage } from "../coverage/page.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { dayText, timeText } from "../time-text.ts";
import { webLink } from "../web-link.ts";
import { indicatorName } from "./indicator-name.ts";
import { mapLink } from "./map-links.ts";
import type { ShownIndicator } from "./map-view.ts";
import { releaseLink } from "./paths.ts";
import { type ChangesView, changesSection } from "./release-changes.ts";
import { RELEASE_PAGE_WORDS } from "./release-words.ts";
import { tableSection } from "./table-section.ts";
import { FIGURE_WORDS } from "./words.ts";

/** One release, and what changed in it since another one. */
export interface ReleaseView extends CoverageFacts {
  readonly release: ReleaseRow;
  readonly counts: readonly ReleaseCount[];
  readonly indicators: readonly ShownIndicator[];
  readonly changes: ChangesView;
}

/** What is in a release, how it is had and verified, and its changes. */
export function releasePage(view: ReleaseView): Html {
  const { lang, timezone, release, changes } = view;
  const words = RELEASE_PAGE_WORDS[lang];
  const note = lang === "vi" ? release.note_vi : release.note_en;
  const fact = (name: string, value: Html | string) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`;
  return coveragePage(view, {
    name: null,
    title: words.one(release.code),
    lead: words.lead,
    linkTo: (other) => releaseLink(release.code, { ...changes.query, lang: other }),
    styles: ["coverage-read.css"],
    body: html`<dl class="facts">
        ${fact(words.asOf, dayText(release.as_of, lang))}
        ${fact(words.published, timeText(release.published_at, { lang, timezone }))}
        ${fact(words.figures, numberText(release.figures, lang))}
        ${fact(words.licence, webLink(release.licence))}
        ${note === null ? "" : fact(words.note, note)}
      </dl>
      <p><a href="${mapLink({ at: release.code, lang })}">${words.map}</a></p>
      ${breaks(view)} ${content(view)} ${files(view)}
      ${changesSection(changes, { release: release.code, lang, indicators: view.indicators })}`,
  });
}

function breaks({ lang, indicators, changes }: ReleaseView): Html | "" {
  const found = changes.summary.method_breaks;
  if (found.length === 0) return "";
  const words = RELEASE_PAGE_WORDS[lang];
  const why = ({ from_versions: from, to_versions: to, notes }: MethodBreak) => {
    if (notes.length === 0) return [words.changedVersion(from.join(", "), to.join(", "))];
    return notes.map((note) => `${note.release}: ${lang === "vi" ? note.note_vi : note.note_en}`);
  };
  return html`<section>
    <h2>${words.breaks}</h2>
    <p class="note">${words.breaksWhy}</p>
    <ul>
      ${found.map(
        (each) =>
          html`<li>
            <b>${indicatorName(indicators, each.indicator, lang)}</b>: ${why(each).join(" ")}
          </li>`,
      )}
    </ul>
  </section>`;
}

function content({ lang, release, counts, indicators }: ReleaseView): Html {
  const words = RELEASE_PAGE_WORDS[lang];
  const [, basis, all, quarter, present] = words.contentColumns;
  const rows = counts.map(
    (count) =>
      html`<tr>
        <th scope="row">
          <a href="${mapLink({ indicator: count.indicator, at: release.code, lang })}"
            >${indicatorName(indicators, count.indicator, lang)}</a
          >
        </th>
        <td data-label="${basis}">${FIGURE_WORDS[lang].bases[count.basis]}</td>
        <td data-label="${all}">${numberText(count.figures, lang)}</td>
        <td data-label="${quarter}">${numberText(count.of_the_day, lang)}</td>
        <td data-label="${present}">${numberText(count.present, lang)}</td>
      </tr>`,
  );
  return tableSection("content", words.content, words.contentColumns, rows);
}

function files({ lang, release }: ReleaseView): Html {
  const words = RELEASE_PAGE_WORDS[lang];
  const path = `/api/v1/coverage/releases/${release.code}`;
  const file = `coverage-${release.code}.csv`;
  return html`<section>
    <h2>${words.files}</h2>
    <p class="below">
      <a href="${path}/figures?format=csv" rel="nofollow">CSV</a>
      <a href="${path}/figures?format=xlsx&lang=${lang}" rel="nofollow">XLSX</a>
      <a href="${path}/sums?format=json" rel="nofollow">JSON</a>
      <a href="${path}/figures?format=geojson&level=province" rel="nofollow">GeoJSON</a>
    </p>
    <p>${words.checksum}: <span class="hash">${release.sha256}</span></p>
    <h3>${words.verify}</h3>
    <p>${words.verifyHow}</p>
    <pre class="verify" tabindex="0"><code>curl -o ${file} "${path}/figures?format=csv"
echo "${release.sha256}  ${file}" | sha256sum -c</code></pre>
    <p><a href="${path}/verify" rel="nofollow">${words.verifyHere}</a></p>
  </section>`;
}
