import { html } from "hono/html";
import type { FigureStatus } from "../../domain/coverage/figure.ts";
import type { HeldRow } from "../../reports/coverage-imports/held.ts";
import { cardTable } from "../compliance/card-table.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText, percentText } from "../number-text.ts";
import { dayText, timeText } from "../time-text.ts";
import type { CodeNames } from "./column-words.ts";
import { type DecisionDraft, decisionForm } from "./held-decision.ts";
import { submissionPath } from "./imports-page.ts";
import { REVIEW_WORDS } from "./review-words.ts";

/** What a figure says, new or recorded. */
export interface ShownValue {
  readonly status: FigureStatus;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** 0–1, where the report gave a percentage alone. */
  readonly statedRatio: number | null;
}

/** A figure that a row would bring, beside what is recorded of the same thing. */
export interface ShownFigure {
  readonly indicator: string;
  readonly asOf: string;
  readonly source: string;
  readonly operator: string;
  readonly value: ShownValue;
  /** The present revision of the same day, else the last figure before it. */
  readonly before: (ShownValue & { readonly asOf: string }) | null;
}

/** A held row with both values of each of its figures. */
export interface ShownHeldRow extends Omit<HeldRow, "figures"> {
  readonly figures: readonly ShownFigure[];
}

interface Style {
  readonly lang: Lang;
  readonly timezone: string;
  readonly names: CodeNames;
  readonly may: { readonly decide: boolean };
  readonly secondApproval: boolean;
  readonly draft: DecisionDraft | null;
  /** Where the decision about a row is sent. */
  readonly decide: (id: number) => string;
}

/** One row: where it is, why it is held, both values side by side, and the decision or what became of it. */
export function heldArticle(row: ShownHeldRow, style: Style): Html {
  const { lang, may } = style;
  const words = REVIEW_WORDS[lang];
  const open = row.state === "pending" || row.state === "proposed";
  const about = `${row.unit.name_vi} (${row.unit.code})`;
  return html`<article class="held" id="held-${row.id}" aria-labelledby="held-${row.id}-name">
    <h3 id="held-${row.id}-name">
      <span lang="vi">${about}</span>
      <span class="mark ${row.state === "proposed" ? "fair" : "none"}"
        >${words.states[row.state]}</span
      >
    </h3>
    <p class="soft">
      <a href="${submissionPath(row.submission)}?lang=${lang}"
        >${words.where(row.file, row.sheet, row.row)}</a
      >
    </p>
    ${figureTable(row, style)}
    <h4>${words.why}</h4>
    <ul>
      ${row.faults
        .filter(({ severity }) => severity === "hold")
        .map(
          (fault) =>
            html`<li>
              <strong>${fault.rule}</strong> ${lang === "vi" ? fault.message_vi : fault.message_en}
            </li>`,
        )}
    </ul>
    ${reviewed(row, style)}
    ${
      open && may.decide
        ? decisionForm(
            { id: row.id, proposed: row.state === "proposed", about, action: style.decide(row.id) },
            { ...style, draft: style.draft?.id === row.id ? style.draft : null },
          )
        : ""
    }
  </article>`;
}

function reviewed(row: ShownHeldRow, { lang, timezone }: Style): Html {
  const words = REVIEW_WORDS[lang];
  const when = (instant: string) => timeText(instant, { lang, timezone });
  return html`${
    row.proposed_by === null || row.proposed_at === null
      ? ""
      : html`<p>${words.proposedBy(row.proposed_by, when(row.proposed_at))}</p>`
  }
  ${
    row.decided_by === null || row.decided_at === null
      ? ""
      : html`<p>${words.decidedBy(row.decided_by, when(row.decided_at))}</p>`
  }
  ${row.reason === null ? "" : html`<p>${words.reasonWas}: ${row.reason}</p>`}`;
}

function figureTable({ figures, unit }: ShownHeldRow, { lang, names }: Style): Html {
  const words = REVIEW_WORDS[lang];
  const [, before, now, difference, origin] = words.columns;
  return cardTable({
    label: unit.name_vi,
    headings: words.columns,
    rows: figures.map(
      (figure) =>
        html`<tr>
          <th scope="row">${names.get(figure.indicator) ?? figure.indicator}</th>
          <td data-label="${before}">
            ${
              figure.before === null
                ? words.noBefore
                : html`${valueText(figure.before, lang)}
                    <span class="also">${dayText(figure.before.asOf, lang)}</span>`
            }
          </td>
          <td data-label="${now}">${valueText(figure.value, lang)}</td>
          <td data-label="${difference}">${differenceText(figure, lang)}</td>
          <td data-label="${origin}">
            ${dayText(figure.asOf, lang)}
            <span class="also"
              >${figure.source}${figure.operator === "all" ? "" : `, ${figure.operator}`}</span
            >
          </td>
        </tr>`,
    ),
  });
}

/** What a figure says: its percentage with its counts, its count, or why there is none. */
export function valueText(value: ShownValue, lang: Lang): string {
  const words = REVIEW_WORDS[lang];
  const { status, numerator, denominator } = value;
  const ratio = ratioOf(value);
  if (status !== "present") return words.statuses[status];
  if (numerator === null) return ratio === null ? words.statuses[status] : percentText(ratio, lang);
  if (ratio === null || denominator === null) return numberText(numerator, lang);
  const counts = words.of(numberText(numerator, lang), numberText(denominator, lang));
  return `${percentText(ratio, lang)} (${counts})`;
}

function differenceText({ value, before }: ShownFigure, lang: Lang): string {
  if (before === null) return "";
  const [now, then] = [ratioOf(value), ratioOf(before)];
  if (now !== null && then !== null) {
    return REVIEW_WORDS[lang].points(signed((now - then) * 100, lang, 1));
  }
  if (value.numerator === null || before.numerator === null) return "";
  return signed(value.numerator - before.numerator, lang, 0);
}

function signed(value: number, lang: Lang, digits: number): string {
  const text = numberText(Math.abs(value), lang, digits);
  return value < 0 ? `−${text}` : `+${text}`;
}

function ratioOf({ numerator, denominator, statedRatio }: ShownValue): number | null {
  if (numerator === null || denominator === null || denominator === 0) return statedRatio;
  return numerator / denominator;
}
