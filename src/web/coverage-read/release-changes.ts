import { html } from "hono/html";
import {
  CHANGE_KINDS,
  type ChangedValue,
  type ChangeKind,
  type ChangeRow,
} from "../../reports/coverage-releases/change-row.ts";
import type { ChangeSummary } from "../../reports/coverage-releases/changes.ts";
import { hiddenField } from "../compliance/form-fields.ts";
import { linkTo } from "../compliance/query.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { dayText } from "../time-text.ts";
import { choiceField } from "./fields.ts";
import { indicatorName } from "./indicator-name.ts";
import type { ShownIndicator } from "./map-view.ts";
import { countsText, valueText } from "./number-parts.ts";
import { releaseLink } from "./paths.ts";
import { RELEASE_PAGE_WORDS } from "./release-words.ts";
import { tableBox } from "./table-section.ts";
import { FIGURE_WORDS } from "./words.ts";

/** What changed in a release since another one, a piece of it. */
export interface ChangesView {
  readonly query: {
    readonly since?: string | undefined;
    readonly kind?: ChangeKind | undefined;
    readonly indicator?: string | undefined;
  };
  /** What it is compared with; null: nothing. */
  readonly since: string | null;
  /** Earlier releases that it can be compared with. */
  readonly earlier: readonly string[];
  readonly summary: ChangeSummary;
  readonly rows: readonly ChangeRow[];
  readonly nextCursor: string | null;
}

interface Context {
  readonly release: string;
  readonly lang: Lang;
  readonly indicators: readonly ShownIndicator[];
}

/** How much changed, and each change with why. */
export function changesSection(view: ChangesView, context: Context): Html {
  const { release, lang } = context;
  const { query, since, summary, rows, nextCursor } = view;
  const words = RELEASE_PAGE_WORDS[lang];
  const counts = CHANGE_KINDS.filter((kind) => summary[kind] > 0);
  const csv = linkTo(`/api/v1/coverage/releases/${release}/changes`, { ...query, format: "csv" });
  return html`<section>
    <h2 id="changes">${words.changes}</h2>
    ${form(view, context)}
    <p>
      ${words.since}: <b>${since ?? words.first}</b>.
      ${counts.map((kind) => `${words.kinds[kind]}: ${numberText(summary[kind], lang)}`).join("; ")}
    </p>
    ${
      rows.length === 0
        ? html`<p class="empty">${words.unchanged}</p>`
        : tableBox(
            words.changes,
            words.changeColumns,
            rows.map((row) => changeRow(row, context)),
          )
    }
    <p class="below">
      ${
        nextCursor === null
          ? ""
          : html`<a
              href="${releaseLink(release, { ...query, lang, cursor: nextCursor })}#changes"
              rel="next"
              >${FIGURE_WORDS[lang].next}</a
            >`
      }
      <a class="screen" href="${csv}" rel="nofollow">${words.csv}</a>
    </p>
  </section>`;
}

function form({ query, since, earlier, summary }: ChangesView, context: Context): Html {
  const { release, lang, indicators } = context;
  const words = RELEASE_PAGE_WORDS[lang];
  const codes = [
    ...new Set([
      ...summary.indicators.map((each) => each.indicator),
      ...(query.indicator ?? "").split(" "),
    ]),
  ];
  return html`<form class="filter-form" method="get" action="${releaseLink(release, {})}#changes">
    ${hiddenField("lang", lang)}
    ${choiceField({
      name: "since",
      label: words.since,
      chosen: since ?? undefined,
      ...(since === null ? { none: words.first } : {}),
      groups: [{ label: "", options: earlier.map((code) => ({ value: code, text: code })) }],
    })}
    ${choiceField({
      name: "kind",
      label: words.kind,
      chosen: query.kind,
      none: words.all,
      groups: [
        {
          label: "",
          options: CHANGE_KINDS.map((kind) => ({ value: kind, text: words.kinds[kind] })),
        },
      ],
    })}
    ${choiceField({
      name: "indicator",
      label: words.indicator,
      chosen: query.indicator,
      none: words.all,
      groups: [
        {
          label: "",
          options: codes
            .filter((code) => code !== "")
            .map((code) => ({ value: code, text: indicatorName(indicators, code, lang) })),
        },
      ],
    })}
    <div class="field actions"><button class="main-button">${FIGURE_WORDS[lang].show}</button></div>
  </form>`;
}

function changeRow(row: ChangeRow, { lang, indicators }: Context): Html {
  const words = RELEASE_PAGE_WORDS[lang];
  const [, change, indicator, values, reason] = words.changeColumns;
  return html`<tr>
    <th scope="row">
      <span lang="vi">${row.unit.name_vi}</span> <span class="url">${row.unit.code}</span>
    </th>
    <td data-label="${change}">
      ${words.kinds[row.kind]}
      ${row.method_break ? html`<span class="chip notable">${words.incomparable}</span>` : ""}
    </td>
    <td data-label="${indicator}">
      ${row.indicator === null ? "" : indicatorName(indicators, row.indicator, lang)}
      <span class="also">${dayText(row.as_of, lang)}</span>
    </td>
    <td data-label="${values}">
      ${
        row.event === null
          ? html`${changedValue(row.old, lang)} → ${changedValue(row.new, lang)}`
          : html`<span lang="vi"
              >${row.event.old_type ?? row.unit.name_vi} →
              ${row.event.new_type ?? row.event.to.name_vi}</span
            >`
      }
    </td>
    <td data-label="${reason}" class="literal">
      ${row.reason ?? row.event?.legal_document ?? "–"}
    </td>
  </tr>`;
}

function changedValue(value: ChangedValue | null, lang: Lang): string {
  if (value === null) return RELEASE_PAGE_WORDS[lang].gone;
  if (value.status !== "present") return FIGURE_WORDS[lang].statuses[value.status];
  const counts = countsText(value, lang);
  const text = valueText(value, lang);
  return counts === "" || counts === text ? text : `${text} (${counts})`;
}
