import { html } from "hono/html";
import type { AvailabilityRow, AvailabilitySpan } from "../../reports/availability.ts";
import type { PortalPeriod } from "../../reports/portal-periods.ts";
import type { Style } from "../compliance/page-facts.ts";
import { tableHead } from "../compliance/table-head.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText, percentText } from "../number-text.ts";
import { dayText } from "../time-text.ts";
import { TIMES_WORDS } from "./words.ts";

/** How much of the time it worked, by period, with what could not be told and maintenance apart. */
export function availabilitySection(periods: readonly PortalPeriod[], style: Style): Html {
  const words = TIMES_WORDS[style.lang];
  return html`<section aria-labelledby="availability">
    <h2 id="availability">${words.availability}</h2>
    ${
      periods.length === 0
        ? html`<p class="empty">${words.noAvailability}</p>`
        : html`<p>${words.availabilityLead}</p>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="availability">
              <table class="cards availability-table">
                ${tableHead(words.availabilityColumns)}
                <tbody>
                  ${periods.map((period) => periodRow(period, style.lang))}
                </tbody>
              </table>
            </div>`
    }
  </section>`;
}

function periodRow({ span, both, families }: PortalPeriod, lang: Lang): Html {
  const words = TIMES_WORDS[lang];
  const [, all, ip4, ip6, unknown, maintenance] = words.availabilityColumns;
  const share = (part: number) => (both.slots === 0 ? "–" : percentText(part / both.slots, lang));
  const ratio = (row: AvailabilityRow | null) =>
    row === null || row.ratio === null ? "–" : exact(row.ratio, lang);
  return html`<tr>
    <th scope="row">
      ${periodText(span, both.start, lang)}
      ${span === "day" ? "" : html`<span class="also">${words.soFar(numberText(both.days, lang))}</span>`}
    </th>
    <td data-label="${all}"><b>${ratio(both)}</b></td>
    <td data-label="${ip4}">${ratio(families.ip4)}</td>
    <td data-label="${ip6}">${ratio(families.ip6)}</td>
    <td data-label="${unknown}">${share(both.unknown)}</td>
    <td data-label="${maintenance}">${share(both.maintenance)}</td>
  </tr>`;
}

/** In percent to two digits, rounded down: only what never failed is 100 %. */
function exact(ratio: number, lang: Lang): string {
  return `${numberText(Math.floor(ratio * 10_000) / 100, lang, 2)} %`;
}

function periodText(span: AvailabilitySpan, start: string, lang: Lang): string {
  const words = TIMES_WORDS[lang];
  const [year = "", month = ""] = start.split("-");
  if (span === "month") return words.month(month, year);
  if (span === "quarter") return words.quarter(String(Math.ceil(Number(month) / 3)), year);
  return dayText(start, lang);
}
