import { html } from "hono/html";
import { FAMILIES, type Family } from "../domain/family.ts";
import { FAMILY_SIGNS, type FamilySign, type PortalState } from "../domain/portal-state.ts";
import type { Overview } from "../reports/overview.ts";
import type { HomeData } from "./home-data.ts";
import { linkTo } from "./home-query.ts";
import type { Html } from "./layout.ts";
import type { Words } from "./words.ts";

/** States that a portal can be in, best first. */
const SHOWN_STATES = ["up", "degraded", "down", "unknown"] as const satisfies PortalState[];

/** Maintenance is said where there is any. */
function shownStates({ states }: Overview): readonly PortalState[] {
  return states.maintenance > 0 ? [...SHOWN_STATES, "maintenance"] : SHOWN_STATES;
}

/** How many portals are in each state, as links that filter the list, and how each family does. */
export function overviewSection({ lang, query, overview }: HomeData, words: Words): Html {
  return html`<section aria-label="${words.portals(overview.probed)}">
    <p class="count">${words.portals(overview.probed)}</p>
    <ul class="states">
      ${shownStates(overview).map(
        (state) =>
          html`<li>
            <a
              class="state ${state}"
              href="${linkTo({ lang, state })}#portals"
              ${query.state === state ? html`aria-current="true"` : ""}
              ><span class="number">${overview.states[state]}</span>
              <span>${words.states[state]}</span></a
            >
          </li>`,
      )}
    </ul>
    <h2>${words.perFamily}</h2>
    <div class="families">${FAMILIES.map((family) => familyCard(family, overview, words))}</div>
  </section>`;
}

function familyCard(family: Family, { families, probed }: Overview, words: Words): Html {
  const counts = families[family];
  const shown = FAMILY_SIGNS.filter((sign) => counts[sign] > 0);
  return html`<div class="card">
    <h3>${family === "ip4" ? "IPv4" : "IPv6"}</h3>
    ${bar(counts, probed)}
    <ul class="legend">
      ${shown.map(
        (sign) =>
          html`<li>
            <span class="dot ${sign}"></span><b>${counts[sign]}</b> ${words.signs[sign]}
          </li>`,
      )}
    </ul>
  </div>`;
}

/** Shares as one bar; the list beside it says the same in words, so that screen readers skip it. */
function bar(counts: Readonly<Record<FamilySign, number>>, total: number): Html {
  let x = 0;
  const parts = FAMILY_SIGNS.map((sign) => {
    const width = total === 0 ? 0 : (100 * counts[sign]) / total;
    const part = html`<rect class="${sign}" x="${x}" width="${width}" height="8"></rect>`;
    x += width;
    return part;
  });
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    ${parts}
  </svg>`;
}
