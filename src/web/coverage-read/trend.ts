import { html } from "hono/html";
import type { Day } from "../../domain/calendar.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import { cardTable } from "../compliance/card-table.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { percentText } from "../number-text.ts";
import { dayText } from "../time-text.ts";
import { boundsText, countsText, reportedText, valueText } from "./number-parts.ts";

/** Size of the drawing and its margins, in its own units. */
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [320, 110, 44, 24, 12, 24] as const;

const WORDS = {
  vi: {
    chart: "Diễn biến",
    broken: "đổi phương pháp, không so với trước",
    columns: ["Ngày", "Giá trị", "Tử số/mẫu số", "Khoảng có thể", "Đã báo cáo"],
  },
  en: {
    chart: "Trend",
    broken: "other method: does not compare with before",
    columns: ["Day", "Value", "Numerator/denominator", "Possible range", "Reported"],
  },
} as const;

/** What is drawn over time. */
export interface Trend {
  /** Oldest first. */
  readonly series: readonly CoverageSum[];
  /** Days from which on it is counted by another method. */
  readonly breaks: readonly Day[];
  readonly threshold: number | null;
}

/**
 * A series as a drawing, with the same as a table beside it: value, and the possible range as a bar. No line joins
 * what was counted by different methods.
 */
export function trend(drawnOf: Trend, { lang, name }: { lang: Lang; name: string }): Html {
  const { series } = drawnOf;
  const words = WORDS[lang];
  const [day, value, counts, range, reported] = words.columns;
  const drawn = series.filter(({ ratio }) => ratio !== null).length > 1;
  return html`${drawn ? drawing(drawnOf, `${words.chart}: ${name}`, lang) : ""}
  ${cardTable({
    label: `${words.chart}: ${name}`,
    kind: "history-table",
    headings: [day, value, counts, range, reported],
    rows: series.toReversed().map(
      (sum) =>
        html`<tr>
          <th scope="row">
            ${dayText(sum.as_of, lang)}
            ${isBreak(drawnOf, sum) ? html`<span class="chip notable">${words.broken}</span>` : ""}
          </th>
          <td data-label="${value}">${valueText(sum, lang)}</td>
          <td data-label="${counts}">${countsText(sum, lang) || "–"}</td>
          <td data-label="${range}">${boundsText(sum, lang) || "–"}</td>
          <td data-label="${reported}">${reportedText(sum, lang)}</td>
        </tr>`,
    ),
  })}`;
}

function drawing({ series, breaks, threshold }: Trend, label: string, lang: Lang): Html {
  const ends = series.flatMap((sum) => [sum.ratio, ...rangeOf(sum)].flatMap((n) => n ?? []));
  const all = threshold === null ? ends : [...ends, threshold];
  const low = Math.floor(Math.min(...all) * 20) / 20;
  const high = Math.max(low + 0.05, Math.ceil(Math.max(...all) * 20) / 20);
  const x = (index: number) =>
    LEFT + (index / Math.max(1, series.length - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (ratio: number) => TOP + ((high - ratio) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const points = series.flatMap((sum, index) =>
    sum.ratio === null
      ? []
      : [
          {
            cx: round(x(index)),
            cy: round(y(sum.ratio)),
            broken: isBreak({ series, breaks }, sum),
          },
        ],
  );
  const path = points.map(
    ({ cx, cy, broken }, index) => `${index === 0 || broken ? "M" : "L"}${cx} ${cy}`,
  );
  const first = series[0];
  const last = series.at(-1);
  return html`<svg class="trend" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
    ${[low, high].map(
      (ratio) =>
        html`<line
            class="axis"
            x1="${LEFT}"
            x2="${WIDTH - RIGHT}"
            y1="${y(ratio)}"
            y2="${y(ratio)}"
          />
          <text x="${LEFT - 6}" y="${y(ratio) + 4}" text-anchor="end">
            ${percentText(ratio, lang)}
          </text>`,
    )}
    ${
      threshold === null
        ? ""
        : html`<line
            class="held"
            x1="${LEFT}"
            x2="${WIDTH - RIGHT}"
            y1="${y(threshold)}"
            y2="${y(threshold)}"
          />`
    }
    ${series.map((sum, index) => {
      const [lower, upper] = rangeOf(sum);
      if (lower === undefined || upper === undefined) return "";
      return html`<line
        class="range"
        x1="${round(x(index))}"
        x2="${round(x(index))}"
        y1="${round(y(lower))}"
        y2="${round(y(upper))}"
      />`;
    })}
    <path class="line" d="${path.join("")}" />
    ${points.map(({ cx, cy }) => html`<circle class="dot" cx="${cx}" cy="${cy}" r="3" />`)}
    <text x="${LEFT}" y="${HEIGHT - 6}">${dayText(first?.as_of ?? "", lang)}</text>
    <text x="${WIDTH - RIGHT}" y="${HEIGHT - 6}" text-anchor="end">
      ${dayText(last?.as_of ?? "", lang)}
    </text>
  </svg>`;
}

/** The possible range, where it is known and not a point: what is open would hide everything else. */
function rangeOf({ bounds, lower, upper }: CoverageSum): [] | [number, number] {
  const known = bounds === "closed" && lower !== null && upper !== null && lower < upper;
  return known ? [lower, upper] : [];
}

/** Whether a sum does not compare with the one before it. */
function isBreak({ series, breaks }: Omit<Trend, "threshold">, sum: CoverageSum): boolean {
  const before = series[series.indexOf(sum) - 1];
  if (before === undefined) return false;
  return breaks.includes(sum.as_of) || before.indicator_version !== sum.indicator_version;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
