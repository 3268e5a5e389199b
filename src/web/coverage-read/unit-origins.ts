import { html } from "hono/html";
import type { FigureOrigin } from "../../reports/coverage/figure-origins.ts";
import type { FigureRow } from "../../reports/coverage/figures.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { dayText, timeText } from "../time-text.ts";
import { indicatorName } from "./indicator-name.ts";
import { countsText, valueText } from "./number-parts.ts";
import { tableSection } from "./table-section.ts";
import type { UnitView } from "./unit-view.ts";
import { UNIT_WORDS } from "./unit-words.ts";
import { FIGURE_WORDS } from "./words.ts";

/** Which files brought a unit's figures, and every revision of its own. */
export function unitOrigins(view: UnitView): Html {
  return html`${origins(view)} ${revisions(view)}`;
}

function origins({ lang, timezone, origins: rows }: UnitView): Html | "" {
  if (rows.length === 0) return "";
  const words = UNIT_WORDS[lang];
  const [, file, received, figures] = words.originColumns;
  const row = (origin: FigureOrigin) =>
    html`<tr>
      <th scope="row">
        ${lang === "vi" ? origin.source.name_vi : origin.source.name_en}
        ${origin.made_up ? html`<span class="chip notable">${FIGURE_WORDS[lang].madeUp}</span>` : ""}
      </th>
      <td data-label="${file}" class="literal">
        ${words.submission(String(origin.submission))}
        <span class="also hash">SHA-256 ${origin.sha256.slice(0, 16)}…</span>
      </td>
      <td data-label="${received}">
        ${timeText(origin.received_at.toISOString(), { lang, timezone })}
      </td>
      <td data-label="${figures}">
        ${numberText(origin.figures, lang)}
        <span class="also"
          >${
            origin.from === origin.to
              ? dayText(origin.to, lang)
              : `${dayText(origin.from, lang)} – ${dayText(origin.to, lang)}`
          }</span
        >
      </td>
    </tr>`;
  return tableSection("origins", words.origins, words.originColumns, rows.map(row));
}

function revisions({ lang, timezone, revisions: rows, indicators }: UnitView): Html | "" {
  if (rows.length === 0) return "";
  const words = UNIT_WORDS[lang];
  const [, day, value, revision, source, recorded] = words.revisionColumns;
  const named = indicators.map(({ indicator }) => indicator);
  const row = (figure: FigureRow) =>
    html`<tr>
      <th scope="row">${indicatorName(named, figure.indicator, lang)}</th>
      <td data-label="${day}">${dayText(figure.as_of, lang)}</td>
      <td data-label="${value}">
        ${
          figure.status === "present"
            ? valueText(figure, lang)
            : FIGURE_WORDS[lang].statuses[figure.status]
        }
        <span class="also">${countsText(figure, lang)}</span>
      </td>
      <td data-label="${revision}" class="literal">
        ${words.revision(String(figure.revision))}
        ${figure.reason === null ? "" : html`<span class="also">${figure.reason}</span>`}
      </td>
      <td data-label="${source}">
        ${figure.source}
        <span class="also"
          >${FIGURE_WORDS[lang].bases[figure.basis]},
          ${words.submission(String(figure.submission))}</span
        >
      </td>
      <td data-label="${recorded}">
        ${timeText(figure.recorded_at.toISOString(), { lang, timezone })}
      </td>
    </tr>`;
  return tableSection("revisions", words.revisions, words.revisionColumns, rows.map(row));
}
