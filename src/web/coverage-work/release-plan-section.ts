import { html } from "hono/html";
import type { ChangeRow, ChangedValue } from "../../reports/coverage-releases/change-row.ts";
import type { ChangeSummary } from "../../reports/coverage-releases/changes.ts";
import type { ReleaseCount } from "../../reports/coverage-releases/list.ts";
import { cardTable } from "../compliance/card-table.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { dayText } from "../time-text.ts";
import type { CodeNames } from "./column-words.ts";
import { valueText } from "./held-article.ts";
import { IMPORT_WORDS } from "./import-words.ts";
import { PUBLISH_WORDS } from "./publish-words.ts";

/** What a release would be, were it published now. */
export interface ShownPlan {
  readonly code: string;
  readonly sha256: string;
  readonly figures: number;
  readonly held: number;
  readonly previous: string | null;
  readonly madeUp: boolean;
  readonly counts: readonly ReleaseCount[];
  readonly changes: ChangeSummary;
  /** Some of them, from the first on. */
  readonly firstChanges: readonly ChangeRow[];
}

interface Style {
  readonly lang: Lang;
  readonly names: CodeNames;
}

/** What would be in a release, by indicator, and its change list. */
export function planSection(plan: ShownPlan, style: Style): Html {
  const { lang } = style;
  const words = PUBLISH_WORDS[lang];
  const { changes } = plan;
  const fact = (name: keyof typeof words.facts, value: string) =>
    html`<div>
      <dt>${words.facts[name]}</dt>
      <dd>${value}</dd>
    </div>`;
  const all = changes.new + changes.revised + changes.withdrawn + changes.unit_changed;
  const shown = plan.firstChanges.length;
  return html`<section id="plan">
    <h2>${words.plan(plan.code)}</h2>
    ${plan.madeUp ? html`<p class="note">${words.madeUp}</p>` : ""}
    <dl class="facts">
      ${fact("figures", numberText(plan.figures, lang))}
      ${fact("held", numberText(plan.held, lang))} ${fact("since", plan.previous ?? words.first)}
      ${fact("sha256", plan.sha256)}
    </dl>
    <h3>${words.counts}</h3>
    ${countTable(plan.counts, style)}
    <h3>${words.changes}</h3>
    <dl class="tallies">
      ${(["new", "revised", "withdrawn", "unit_changed"] as const).map(
        (kind) =>
          html`<div>
            <dt>${words.changeKinds[kind]}</dt>
            <dd>${numberText(changes[kind], lang)}</dd>
          </div>`,
      )}
    </dl>
    ${shown === 0 ? html`<p class="empty">${words.noChanges}</p>` : changeTable(plan.firstChanges, style)}
    ${
      all > shown
        ? html`<p class="count">
            ${words.firstOf(numberText(shown, lang), numberText(all, lang))}
          </p>`
        : ""
    }
  </section>`;
}

function countTable(counts: readonly ReleaseCount[], { lang, names }: Style): Html {
  const words = PUBLISH_WORDS[lang];
  const [, basis, all, ofTheDay, present] = words.countColumns;
  return cardTable({
    label: words.counts,
    headings: words.countColumns,
    rows: counts.map(
      (row) =>
        html`<tr>
          <th scope="row">${names.get(row.indicator) ?? row.indicator}</th>
          <td data-label="${basis}">${IMPORT_WORDS[lang].bases[row.basis]}</td>
          <td data-label="${all}">${numberText(row.figures, lang)}</td>
          <td data-label="${ofTheDay}">${numberText(row.of_the_day, lang)}</td>
          <td data-label="${present}">${numberText(row.present, lang)}</td>
        </tr>`,
    ),
  });
}

function changeTable(changes: readonly ChangeRow[], { lang, names }: Style): Html {
  const words = PUBLISH_WORDS[lang];
  const [kind, , indicator, before, after, reason] = words.changeColumns;
  return cardTable({
    label: words.changes,
    headings: words.changeColumns,
    rows: changes.map(
      (row) =>
        html`<tr>
          <td data-label="${kind}">${words.changeKinds[row.kind]}</td>
          <th scope="row">
            <span lang="vi">${row.unit.name_vi}</span> (${row.unit.code})
            <span class="also">${dayText(row.as_of, lang)}</span>
          </th>
          <td data-label="${indicator}">
            ${row.indicator === null ? "" : (names.get(row.indicator) ?? row.indicator)}
          </td>
          <td data-label="${before}">${changedText(row.old, lang)}</td>
          <td data-label="${after}">${changedText(row.new, lang)}</td>
          <td data-label="${reason}">${row.reason ?? row.event?.legal_document ?? ""}</td>
        </tr>`,
    ),
  });
}

function changedText(value: ChangedValue | null, lang: Lang): string {
  return value === null ? "–" : valueText({ ...value, statedRatio: value.ratio }, lang);
}
