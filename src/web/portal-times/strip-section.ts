import { html } from "hono/html";
import { FAMILIES, type Family } from "../../domain/family.ts";
import type { PortalStrip, StripSpan, StripState, StripStep } from "../../reports/portal-strip.ts";
import type { Style } from "../compliance/page-facts.ts";
import { tableHead } from "../compliance/table-head.ts";
import { familyName } from "../incidents/marks.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { timeText } from "../time-text.ts";
import { TIMES_WORDS } from "./words.ts";

/** States in the order in which they are told. */
const SHOWN = ["up", "degraded", "down", "maintenance", "absent", "unknown"] as const;

/** Inside of the drawing; it is stretched to the width of the page. */
const HEIGHT = 24;

/** One strip per family: a drawing with colours and patterns, what it shows in words, and as a table. */
export function stripSection(strip: PortalStrip, span: StripSpan, style: Style): Html {
  const words = TIMES_WORDS[style.lang];
  return html`<section aria-labelledby="strip">
    <h2 id="strip">${words.strip}</h2>
    ${patterns()} ${FAMILIES.map((family) => familyStrip(family, strip[family], span, style))}
    <ul class="legend strip-legend" aria-label="${words.strip}">
      ${SHOWN.map(
        (state) =>
          html`<li>
            <svg class="strip-key" viewBox="0 0 24 16" aria-hidden="true">
              ${cell(state, 0, 24, 16)}
            </svg>
            ${words.states[state]}
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Hatchings that tell states apart without their colours; defined once per page. */
function patterns(): Html {
  const hatch = (id: string, path: string) =>
    html`<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse">
      <path d="${path}"></path>
    </pattern>`;
  return html`<svg class="strip-patterns" width="0" height="0" aria-hidden="true" focusable="false">
    <defs>
      ${hatch("strip-down", "M0 0L6 6M6 0L0 6")}
      ${hatch("strip-degraded", "M-1 1L1 -1M0 6L6 0M5 7L7 5")}
      ${hatch("strip-maintenance", "M0 3H6")} ${hatch("strip-unknown", "M1 1h1M4 4h1")}
    </defs>
  </svg>`;
}

function cell(state: StripState, x: number, width: number, height: number): Html {
  const top = state === "absent" ? height - 4 : 0;
  const tall = state === "absent" ? 4 : height;
  const hatched = state !== "up" && state !== "absent";
  return html`<rect class="${state}" x="${x}" y="${top}" width="${width}" height="${tall}"></rect>${
      hatched
        ? html`<rect
            fill="url(#strip-${state})"
            x="${x}"
            width="${width}"
            height="${height}"
          ></rect>`
        : ""
    }`;
}

function familyStrip(
  family: Family,
  steps: readonly StripStep[],
  span: StripSpan,
  style: Style,
): Html {
  const { lang } = style;
  const words = TIMES_WORDS[lang];
  const label = words.stripOf(familyName(family), words.spans[span]);
  const width = 960;
  const runs = sameStates(steps);
  const perStep = width / Math.max(1, steps.length);
  const told = summary(steps, lang);
  return html`<figure class="strip" id="strip-${family}">
    <figcaption><b>${label}</b> <span class="soft">(${words.steps[span]})</span></figcaption>
    <svg
      viewBox="0 0 ${width} ${HEIGHT}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${label}. ${told}"
    >
      ${runs.map(({ state, first, count }) => cell(state, round(first * perStep), round(count * perStep), HEIGHT))}
    </svg>
    <p class="strip-ends" aria-hidden="true">
      <span>${steps[0] === undefined ? "" : timeText(steps[0].from, style)}</span>
      <span>${words.now.toLowerCase()}</span>
    </p>
    <p class="strip-summary">${told}</p>
    ${stripTable(steps, runs, { ...style, label })}
  </figure>`;
}

const round = (value: number) => Math.round(value * 100) / 100;

interface Run {
  readonly state: StripState;
  readonly first: number;
  readonly count: number;
}

/** Neighbours of one state in one piece. */
export function sameStates(steps: readonly StripStep[]): readonly Run[] {
  const runs: { state: StripState; first: number; count: number }[] = [];
  for (const [index, { state }] of steps.entries()) {
    const last = runs.at(-1);
    if (last?.state === state) last.count += 1;
    else runs.push({ state, first: index, count: 1 });
  }
  return runs;
}

/** How many steps each state takes, in words. */
function summary(steps: readonly StripStep[], lang: Style["lang"]): string {
  const words = TIMES_WORDS[lang];
  const counted = SHOWN.flatMap((state) => {
    const count = steps.filter((step) => step.state === state).length;
    const share = `${numberText(count, lang)}/${numberText(steps.length, lang)}`;
    return count === 0 ? [] : [words.stateShare(words.states[state], share)];
  });
  return counted.join("; ");
}

function stripTable(
  steps: readonly StripStep[],
  runs: readonly Run[],
  style: Style & { readonly label: string },
): Html {
  const { lang, label } = style;
  const words = TIMES_WORDS[lang];
  return html`<details>
    <summary>${words.asTable}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="${label}">
      <table class="times-table">
        <caption class="hidden">
          ${label}
        </caption>
        ${tableHead(words.stripColumns)}
        <tbody>
          ${runs.toReversed().map(({ state, first, count }) => {
            const part = steps.slice(first, first + count);
            const sum = (of: "up" | "down") => part.reduce((total, step) => total + step[of], 0);
            return html`<tr>
              <td>${timeText(part[0]?.from ?? "", style)}</td>
              <td>${timeText(part.at(-1)?.to ?? "", style)}</td>
              <td>${words.states[state]}</td>
              <td class="number">${numberText(sum("up"), lang)}</td>
              <td class="number">${numberText(sum("down"), lang)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </details>`;
}
