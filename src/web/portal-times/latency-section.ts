import { html, raw } from "hono/html";
import { FAMILIES, type Family } from "../../domain/family.ts";
import { type Phase, PHASES } from "../../domain/observation.ts";
import type { LatencyPoint, LatencySeries } from "../../reports/latency-series.ts";
import type { StripSpan } from "../../reports/portal-strip.ts";
import type { Style } from "../compliance/page-facts.ts";
import { tableHead } from "../compliance/table-head.ts";
import { COMPLIANCE_WORDS } from "../compliance/words.ts";
import { familyName } from "../incidents/marks.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { timeText } from "../time-text.ts";
import { TIMES_WORDS } from "./words.ts";

/** Lines of the chart; dashes tell them apart without colours. */
const DASHES: Readonly<Record<Phase, readonly number[]>> = {
  resolve: [3, 3],
  connect: [8, 4],
  tls: [12, 4, 3, 4],
  processing: [5, 2],
  transfer: [2, 5],
};

const LINES = [
  ...PHASES.map((phase) => ({ phase, dash: DASHES[phase] })),
  { phase: "total" as const, dash: [] },
];

/** Seconds of one step and of the whole, by span. */
const SECONDS: Readonly<Record<StripSpan, readonly [number, number]>> = {
  "24h": [600, 86_400],
  "7d": [3600, 7 * 86_400],
  "90d": [86_400, 90 * 86_400],
};

interface LatencyStyle extends Style {
  /** When the page is made, ISO 8601 UTC. */
  readonly now: string;
}

/** How long each phase took: a chart per family where scripts run, and a table with the same numbers. */
export function latencySection(series: LatencySeries, span: StripSpan, style: LatencyStyle): Html {
  const words = TIMES_WORDS[style.lang];
  const shown = FAMILIES.filter((family) => series[family].length > 0);
  return html`<section aria-labelledby="latency">
    <h2 id="latency">${words.latency}</h2>
    ${
      shown.length === 0
        ? html`<p class="empty">${words.noLatency}</p>`
        : html`<p>${words.latencyLead(words.latencySteps[span])}</p>
            ${shown.map((family) => familyChart(family, series[family], style))}
            ${numbers(series, shown, { ...style, span })}`
    }
  </section>`;
}

function familyChart(family: Family, points: readonly LatencyPoint[], style: Style): Html {
  const words = TIMES_WORDS[style.lang];
  const { phases } = COMPLIANCE_WORDS[style.lang];
  const label = words.latencyOf(familyName(family));
  return html`<figure class="latency" id="latency-figure-${family}">
    <figcaption><b>${label}</b></figcaption>
    <div class="latency-chart" id="latency-${family}" aria-hidden="true" data-live-keep></div>
    <ul class="legend" id="legend-${family}" aria-label="${label}">
      ${LINES.map(
        ({ phase, dash }) =>
          html`<li data-phase="${phase}">
            <svg class="line-key" viewBox="0 0 28 8" aria-hidden="true">
              <path class="phase-${phase}" d="M0 4H28" stroke-dasharray="${dash.join(" ")}"></path>
            </svg>
            ${phases[phase]} <b class="at"></b>
          </li>`,
      )}
      <li aria-hidden="true"><span class="at-time soft"></span></li>
    </ul>
    ${pointsTable(points, label, style)}
  </figure>`;
}

function pointsTable(points: readonly LatencyPoint[], label: string, style: Style): Html {
  const { lang } = style;
  const words = TIMES_WORDS[lang];
  const { phases } = COMPLIANCE_WORDS[lang];
  const ms = (value: number | null) =>
    value === null ? "–" : numberText(value, lang, value < 10 ? 1 : 0);
  return html`<details>
    <summary>${words.latencyTable}</summary>
    <div class="scroll tall" tabindex="0" role="region" aria-label="${label}">
      <table class="times-table">
        <caption class="hidden">
          ${label}
        </caption>
        ${tableHead([words.at, ...LINES.map(({ phase }) => `${phases[phase]} (ms)`)])}
        <tbody>
          ${points.toReversed().map(
            ({ at, p50_ms: p50 }) =>
              html`<tr>
                <th scope="row">${timeText(at, style)}</th>
                ${LINES.map(({ phase }) => html`<td class="number">${ms(p50[phase])}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** Points with an empty one between those that are further apart than a step, so that no line crosses a gap. */
function withGaps(points: readonly LatencyPoint[], step: number) {
  const found: { at: number; p50_ms: LatencyPoint["p50_ms"] | null }[] = [];
  for (const { at: instant, p50_ms } of points) {
    const at = Date.parse(instant) / 1000;
    const last = found.at(-1);
    if (last !== undefined && at - last.at > 1.5 * step)
      found.push({ at: last.at + step, p50_ms: null });
    found.push({ at, p50_ms });
  }
  return found;
}

/** The numbers for latency-chart.js; no policy forbids data. */
function numbers(
  series: LatencySeries,
  shown: readonly Family[],
  { span, ...style }: LatencyStyle & { readonly span: StripSpan },
): Html {
  const [step, length] = SECONDS[span];
  const to = Math.ceil(Date.parse(style.now) / 1000);
  const { phases } = COMPLIANCE_WORDS[style.lang];
  const data = {
    timezone: style.timezone,
    locale: style.lang === "vi" ? "vi-VN" : "en-GB",
    unit: "ms",
    from: to - length,
    to,
    families: shown.map((family) => {
      const points = withGaps(series[family], step);
      return {
        family,
        label: familyName(family),
        times: points.map(({ at }) => at),
        lines: LINES.map(({ phase, dash }) => ({
          phase,
          name: phases[phase],
          dash,
          ms: points.map(({ p50_ms: p50 }) => p50?.[phase] ?? null),
        })),
      };
    }),
  };
  const text = JSON.stringify(data).replaceAll("<", String.raw`\u003c`);
  return html`<script type="application/json" id="latency-data">
    ${raw(text)}
  </script>`;
}
