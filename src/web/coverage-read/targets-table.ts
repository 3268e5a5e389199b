import { html } from "hono/html";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import { type TargetRow, verdictOn } from "../../reports/coverage/targets.ts";
import { cardTable } from "../compliance/card-table.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { dayText } from "../time-text.ts";
import { webLink } from "../web-link.ts";
import { MAP_WORDS } from "./map-words.ts";
import { verdictMark } from "./number-parts.ts";
import { thresholdText } from "./target-text.ts";
import { FIGURE_WORDS } from "./words.ts";

/** Targets side by side, each with its legal source, how certain that is, and what the sum says of it. */
export function targetsTable(
  targets: readonly TargetRow[],
  sum: CoverageSum | null,
  lang: Lang,
): Html {
  const words = MAP_WORDS[lang];
  return cardTable({
    label: words.targets,
    kind: "target-table",
    headings: words.targetColumns,
    rows: targets.map((target) => targetRow(target, sum, lang)),
  });
}

function targetRow(target: TargetRow, sum: CoverageSum | null, lang: Lang): Html {
  const words = MAP_WORDS[lang];
  const [, threshold, source, verdict] = words.targetColumns;
  const note = lang === "vi" ? target.note_vi : target.note_en;
  return html`<tr>
    <th scope="row">
      ${lang === "vi" ? target.text_vi : target.text_en}
      ${note === null ? "" : html`<span class="also">${note}</span>`}
    </th>
    <td data-label="${threshold}">
      ${thresholdText(target, lang)}
      <span class="also">${words.due(dayText(target.due_on, lang))}</span>
    </td>
    <td data-label="${source}">
      <span lang="vi">${target.legal_document} ${target.article ?? ""}</span>
      <span class="chip">${FIGURE_WORDS[lang].certainties[target.certainty]}</span>
      ${target.source_url === null ? "" : webLink(target.source_url)}
    </td>
    <td data-label="${verdict}">
      ${verdictMark(sum === null ? "unknown" : verdictOn(sum, target), lang)}
    </td>
  </tr>`;
}
