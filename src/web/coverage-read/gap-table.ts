import { html } from "hono/html";
import type { GapRow } from "../../reports/coverage/gaps.ts";
import { cardTable } from "../compliance/card-table.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { countsText, valueText } from "./number-parts.ts";
import { unitLink } from "./paths.ts";
import { FIGURE_WORDS } from "./words.ts";

const WORDS = {
  vi: {
    columns: ["Xã, phường, đặc khu", "Còn thiếu", "Giá trị", "Tử số/mẫu số", "Vì sao"],
    unknown: "không rõ bao nhiêu",
  },
  en: {
    columns: ["Commune", "Missing", "Value", "Numerator/denominator", "Why"],
    unknown: "not known how many",
  },
} as const;

/** Communes with how much is missing in each, in the order of the list. */
export function gapTable(
  rows: readonly GapRow[],
  {
    label,
    lang,
    provinceOf,
  }: { label: string; lang: Lang; provinceOf: (commune: string) => string | null },
): Html {
  const words = WORDS[lang];
  const [, missing, value, counts, why] = words.columns;
  const { reasons, madeUp } = FIGURE_WORDS[lang];
  return cardTable({
    label,
    kind: "sum-table",
    headings: words.columns,
    rows: rows.map(
      (row) =>
        html`<tr>
          <th scope="row">
            <a href="${unitLink("commune", row.unit.code, lang)}" lang="vi">${row.unit.name_vi}</a>
            <span class="url"
              >${[provinceOf(row.unit.code), row.unit.code].filter((part) => part !== null).join(", ")}</span
            >
          </th>
          <td data-label="${missing}">
            <b>${row.missing === null ? words.unknown : numberText(row.missing, lang)}</b>
            ${row.made_up ? html`<span class="chip notable">${madeUp}</span>` : ""}
          </td>
          <td data-label="${value}">${valueText(row, lang)}</td>
          <td data-label="${counts}">${countsText(row, lang) || "–"}</td>
          <td data-label="${why}">${reasons[row.reason]}</td>
        </tr>`,
    ),
  });
}
