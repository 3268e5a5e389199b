import { html } from "hono/html";
import type { ReleaseRow } from "../../reports/coverage-releases/list.ts";
import { linkTo } from "../compliance/query.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import { type CoverageFacts, coveragePage } from "../coverage/page.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { dayText, timeText } from "../time-text.ts";
import { releaseLink } from "./paths.ts";
import { RELEASE_PAGE_WORDS } from "./release-words.ts";
import { tableSection } from "./table-section.ts";
import { FIGURE_WORDS } from "./words.ts";

/** The list of releases. */
export interface ReleasesView extends CoverageFacts {
  readonly rows: readonly ReleaseRow[];
  readonly nextCursor: string | null;
}

/** Every release, the last one first. */
export function releasesPage({ rows, nextCursor, ...facts }: ReleasesView): Html {
  const { lang } = facts;
  const words = RELEASE_PAGE_WORDS[lang];
  const path = COVERAGE_PATHS.releases;
  return coveragePage(facts, {
    name: "releases",
    title: words.title,
    lead: words.lead,
    linkTo: (other) => linkTo(path, { lang: other }),
    styles: ["coverage-read.css"],
    body: html`${
      rows.length === 0
        ? html`<p class="empty">${words.none}</p>`
        : tableSection(
            "releases",
            words.title,
            words.columns,
            rows.map((row) => releaseRow(row, facts)),
          )
    }
    ${
      nextCursor === null
        ? ""
        : html`<p class="below">
            <a href="${linkTo(path, { lang, cursor: nextCursor })}" rel="next"
              >${FIGURE_WORDS[lang].next}</a
            >
          </p>`
    }`,
  });
}

function releaseRow(row: ReleaseRow, { lang, timezone }: CoverageFacts): Html {
  const words = RELEASE_PAGE_WORDS[lang];
  const [, asOf, published, figures, checksum] = words.columns;
  return html`<tr>
    <th scope="row">
      <a href="${releaseLink(row.code, { lang })}">${row.code}</a>
      ${row.made_up ? html`<span class="chip notable">${FIGURE_WORDS[lang].madeUp}</span>` : ""}
      ${row.breaks.length === 0 ? "" : html`<span class="chip">${words.breaks}</span>`}
    </th>
    <td data-label="${asOf}">${dayText(row.as_of, lang)}</td>
    <td data-label="${published}">${timeText(row.published_at, { lang, timezone })}</td>
    <td data-label="${figures}">${numberText(row.figures, lang)}</td>
    <td data-label="${checksum}" class="hash">${row.sha256}</td>
  </tr>`;
}
