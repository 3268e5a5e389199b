import { html } from "hono/html";
import type { Html } from "../layout.ts";
import { dayText } from "../time-text.ts";
import { tableSection } from "./table-section.ts";
import type { UnitView } from "./unit-view.ts";
import { UNIT_WORDS } from "./unit-words.ts";

/** What a unit was called, what it was made from, and which others had its code. */
export function unitHistory(view: UnitView): Html {
  return html`${names(view)} ${predecessors(view)} ${sameCode(view)}`;
}

function names({ lang, unit }: UnitView): Html {
  const words = UNIT_WORDS[lang];
  const [, type, from, until] = words.nameColumns;
  const rows = unit.names.map(
    (each) =>
      html`<tr>
        <th scope="row" lang="vi">${each.full_name_vi}</th>
        <td data-label="${type}" lang="vi">${each.type}</td>
        <td data-label="${from}">${dayText(each.valid_from, lang)}</td>
        <td data-label="${until}">
          ${each.valid_to === null ? "–" : dayText(each.valid_to, lang)}
        </td>
      </tr>`,
  );
  return tableSection("names", words.names, words.nameColumns, rows);
}

function predecessors({ lang, predecessors: steps }: UnitView): Html | "" {
  if (steps.length === 0) return "";
  const words = UNIT_WORDS[lang];
  const [, code, part, day] = words.predecessorColumns;
  const rows = steps.map(
    (step) =>
      html`<tr>
        <th scope="row" lang="vi">${step.unit.full_name_vi}</th>
        <td data-label="${code}">${step.unit.code}</td>
        <td data-label="${part}">${words.parts[step.part]}</td>
        <td data-label="${day}">${dayText(step.effective, lang)}</td>
      </tr>`,
  );
  return tableSection("predecessors", words.predecessors, words.predecessorColumns, rows);
}

function sameCode({ lang, unit }: UnitView): Html | "" {
  if (unit.same_code.length === 0) return "";
  const words = UNIT_WORDS[lang];
  return html`<section>
    <h2>${words.sameCode}</h2>
    <p class="soft">${words.sameCodeWhy}</p>
    <ul>
      ${unit.same_code.map(
        (each) =>
          html`<li>
            <span lang="vi"
              >${each.full_name_vi}${each.province === null ? "" : `, ${each.province.name_vi}`}</span
            >
            ${each.valid_to === null ? "" : `(${words.until} ${dayText(each.valid_to, lang)})`}
          </li>`,
      )}
    </ul>
  </section>`;
}
