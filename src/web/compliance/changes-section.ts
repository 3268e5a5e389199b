import { html } from "hono/html";
import { checkTexts, verdictText } from "../../catalogue/index.ts";
import { PORTAL_CHANGES, type PortalChange } from "../../reports/compliance-change.ts";
import type { ComplianceDiffRow } from "../../reports/compliance-diff.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { dayText } from "../time-text.ts";
import { familyText, gradeMark, levelMark, nameText } from "./marks.ts";
import { portalLink } from "./portal-link.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** A difference as far as the reader may see it: `because` is missing where they may not see findings. */
export type ShownDiffRow = Omit<ComplianceDiffRow, "because"> & Partial<ComplianceDiffRow>;

/** What differs between two days. */
export interface Changes {
  readonly from: string;
  readonly to: string;
  readonly rows: readonly ShownDiffRow[];
  /** Whether there are more. */
  readonly more: boolean;
}

/** Changes shown on the page of the list; the others are one link away. */
const SHOWN = 8;

/** Nothing became better or worse by these; of a list that is new it is all of them. */
const COUNTED_ONLY: ReadonlySet<PortalChange> = new Set(["new", "now_known"]);

/** What changed, counted, and the ones that matter most; `all` is the address of all of them. */
export function changesSection(changes: Changes, lang: Lang, all: string | null): Html {
  const words = COMPLIANCE_WORDS[lang];
  const { rows, more } = changes;
  const days = [dayText(changes.from, lang), dayText(changes.to, lang)] as const;
  const told = PORTAL_CHANGES.filter((change) => !COUNTED_ONLY.has(change)).flatMap((change) =>
    rows.filter((row) => row.change === change),
  );
  return html`<section aria-labelledby="changes">
    <h2 id="changes">${words.changesSince(...days)}</h2>
    ${rows.length === 0 ? html`<p>${words.noChanges}</p>` : changeCounts(changes, lang)}
    ${more ? html`<p>${words.manyChanges(numberText(rows.length, lang))}</p>` : ""}
    ${told.length === 0 ? "" : changeTable(told.slice(0, SHOWN), lang)}
    ${
      all === null || rows.length === 0
        ? ""
        : html`<p class="screen"><a href="${all}">${words.allChanges}</a></p>`
    }
  </section>`;
}

/** How many portals changed in which way. */
function changeCounts({ rows }: Changes, lang: Lang): Html {
  const words = COMPLIANCE_WORDS[lang];
  const counted = PORTAL_CHANGES.map((change) => ({
    change,
    count: rows.filter((row) => row.change === change).length,
  })).filter(({ count }) => count > 0);
  return html`<ul class="change-counts">
    ${counted.map(
      ({ change, count }) =>
        html`<li>
          <span class="mark ${CHANGE_TONE[change]}"
            >${words.changeCount(REPORT_WORDS[lang].changes[change], numberText(count, lang))}</span
          >
        </li>`,
    )}
  </ul>`;
}

const CHANGE_TONE: Readonly<Record<PortalChange, string>> = {
  worse: "bad",
  improved: "good",
  new: "none",
  gone: "none",
  now_known: "none",
  no_longer_known: "unknown",
};

/** Changes, one portal per row. */
export function changeTable(rows: readonly ShownDiffRow[], lang: Lang): Html {
  const { columns } = REPORT_WORDS[lang];
  const { list } = COMPLIANCE_WORDS[lang];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${list}">
    <table class="cards change-table">
      <thead>
        <tr>
          ${[columns.portal, columns.change, columns.level, columns.grade, columns.because].map(
            (name) => html`<th scope="col">${name}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => changeRow(row, lang))}
      </tbody>
    </table>
  </div>`;
}

function changeRow(row: ShownDiffRow, lang: Lang): Html {
  const { columns, changes } = REPORT_WORDS[lang];
  return html`<tr>
    <th scope="row">
      ${portalLink(row, lang)}
      <span class="also">${nameText(row.agency, lang)}</span>
    </th>
    <td data-label="${columns.change}">
      <span class="mark ${CHANGE_TONE[row.change]}">${changes[row.change]}</span>
    </td>
    <td data-label="${columns.level}">${fromTo(row.level, (level) => levelMark(level, lang))}</td>
    <td data-label="${columns.grade}">${fromTo(row.grade, (grade) => gradeMark(grade, lang))}</td>
    <td data-label="${columns.because}">${becauseCell(row, lang)}</td>
  </tr>`;
}

function fromTo<Value>(
  { from, to }: { readonly from: Value | null; readonly to: Value | null },
  mark: (value: Value) => Html,
): Html {
  if (from !== null && from === to) return html`<span class="soft">${mark(from)}</span>`;
  return html`${from === null ? "" : mark(from)}
    <span class="arrow">→</span> ${to === null ? "–" : mark(to)}`;
}

function becauseCell({ because, change }: ShownDiffRow, lang: Lang): Html | "" {
  if (because === undefined || change === "new" || change === "gone") return "";
  if (because.length === 0) {
    return html`<span class="soft">${COMPLIANCE_WORDS[lang].historyAlone}</span>`;
  }
  return html`<ul class="plain">
    ${because.map(({ check, family, from, to }) => {
      const verdicts = [from, to].map((side) => (side ? verdictText(side.verdict, lang) : "–"));
      return html`<li>
        ${checkTexts(check, lang).title} ${familyText(family, lang)}
        <span class="soft">(${verdicts.join(" → ")})</span>
      </li>`;
    })}
  </ul>`;
}
