import { html } from "hono/html";
import type {
  OpenDataCatalogue,
  OpenDataFile,
  OpenDataset,
} from "../../reports/coverage-releases/open-data.ts";
import { linkTo } from "../compliance/query.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import { type CoverageFacts, coveragePage } from "../coverage/page.ts";
import type { Html } from "../layout.ts";
import { dayText } from "../time-text.ts";
import { webLink } from "../web-link.ts";
import { releaseLink } from "./paths.ts";
import { RELEASE_PAGE_WORDS } from "./release-words.ts";
import { tableBox } from "./table-section.ts";
import { boundaryOrigin, FIGURE_WORDS } from "./words.ts";

/** Everything that may be had and used again: licence, files with checksums, catalogue, API. */
export function openDataPage(facts: CoverageFacts, { datasets }: OpenDataCatalogue): Html {
  const { lang } = facts;
  const words = RELEASE_PAGE_WORDS[lang];
  return coveragePage(facts, {
    name: "openData",
    title: words.openTitle,
    lead: words.openLead,
    linkTo: (other) => linkTo(COVERAGE_PATHS.openData, { lang: other }),
    styles: ["coverage-read.css"],
    body: html`<p class="below">
        <a href="/open-data.jsonld">${words.dcat}</a> <a href="/docs">${words.api}</a>
        <a href="/openapi.json">OpenAPI</a>
      </p>
      <p>${words.openFormats}</p>
      <p class="below">
        ${words.boundaries}:
        <a href="/api/v1/coverage/boundaries?level=province"
          >${FIGURE_WORDS[lang].levels.province} (GeoJSON)</a
        >
        <a href="/api/v1/coverage/boundaries?level=commune"
          >${FIGURE_WORDS[lang].levels.commune} (GeoJSON)</a
        >
      </p>
      <p class="soft">${boundaryOrigin(lang)}</p>
      ${
        datasets.length === 0
          ? html`<p class="empty">${words.none}</p>`
          : datasets.map((dataset) => datasetSection(dataset, lang))
      }`,
  });
}

function datasetSection(
  { release, files, indicators }: OpenDataset,
  lang: CoverageFacts["lang"],
): Html {
  const words = RELEASE_PAGE_WORDS[lang];
  const [, type, checksum] = words.formatColumns;
  const title = words.one(release.code);
  const fileRow = (file: OpenDataFile) =>
    html`<tr>
      <th scope="row">
        <a href="${file.url}" rel="nofollow">${lang === "vi" ? file.title_vi : file.title_en}</a>
      </th>
      <td data-label="${type}" class="literal">${file.media_type}</td>
      <td data-label="${checksum}" class="hash">${file.sha256 ?? words.varies}</td>
    </tr>`;
  return html`<section>
    <h2>
      <a href="${releaseLink(release.code, { lang })}">${title}</a>
      ${release.made_up ? html`<span class="chip notable">${FIGURE_WORDS[lang].madeUp}</span>` : ""}
    </h2>
    <p>
      ${words.asOf} ${dayText(release.as_of, lang)}. ${words.licence}: ${webLink(release.licence)}
    </p>
    <p class="soft">
      ${indicators.map((each) => (lang === "vi" ? each.name_vi : each.name_en)).join("; ")}
    </p>
    ${tableBox(title, words.formatColumns, files.map(fileRow))}
  </section>`;
}
