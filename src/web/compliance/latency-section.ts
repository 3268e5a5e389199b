import { html } from "hono/html";
import { FAMILIES, type Family } from "../../domain/family.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { LatencyRow, Percentiles } from "../../reports/portal-latency.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** One span of probes over each family that has any. */
export interface LatencyFacts {
  /** Which time the figures are of, in the page's language. */
  readonly span: string;
  readonly families: Readonly<Record<Family, LatencyRow | null>>;
}

const SHOWN = ["resolve", "connect", "tls", "processing", "transfer", "total"] as const;

/** How long each phase takes over each family, and how they compare; what needs a browser is said to be missing. */
export function latencySection(latency: LatencyFacts | null, lang: Lang): Html {
  const words = COMPLIANCE_WORDS[lang];
  return html`<section aria-labelledby="times">
    <h2 id="times">${words.responseTimes}</h2>
    ${
      latency === null
        ? html`<p class="empty">${words.noTimes}</p>`
        : html`<p>${words.responseNote(latency.span)}</p>
            ${table(latency, lang)}`
    }
    <p class="note">${words.browserOnly}</p>
  </section>`;
}

function table({ families }: LatencyFacts, lang: Lang): Html {
  const words = COMPLIANCE_WORDS[lang];
  const names = REPORT_WORDS[lang].families;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${words.responseTimes}">
    <table class="latency-table">
      <caption class="hidden">
        ${words.responseTimes}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${FAMILIES.map(
            (family) =>
              html`<th scope="col">${names[family]}, ${words.half}</th>
                <th scope="col">${names[family]}, ${words.most}</th>`,
          )}
          <th scope="col">${words.ratio}, ${words.half}</th>
        </tr>
      </thead>
      <tbody>
        ${SHOWN.map((phase) => {
          const of = (family: Family) => families[family]?.latency_ms[phase] ?? null;
          return html`<tr>
            <th scope="row">${words.phases[phase]}</th>
            ${FAMILIES.map((family) => cells(of(family), lang))}
            <td class="number">${ratio(of("ip4"), of("ip6"), lang)}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

function cells(times: Percentiles | null, lang: Lang): Html {
  const text = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? "–" : numberText(ms, lang, ms < 10 ? 1 : 0);
  return html`<td class="number">${text(times?.p50)}</td>
    <td class="number">${text(times?.p95)}</td>`;
}

function ratio(ip4: Percentiles | null, ip6: Percentiles | null, lang: Lang): string {
  const [below, above] = [ip4?.p50 ?? null, ip6?.p50 ?? null];
  if (below === null || above === null || below === 0) return "–";
  return numberText(above / below, lang, 2);
}
