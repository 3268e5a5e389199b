import { html } from "hono/html";
import type { VantageState } from "../domain/vantage.ts";
import type { Html } from "./layout.ts";
import type { Words } from "./words.ts";

/** What this place can reach, why, and what that means for what is shown. */
export function vantageSection(vantage: VantageState, words: Words): Html {
  const { name, country, checkedAt, families, resolver } = vantage;
  const tested = checkedAt > 0;
  const rows = [
    { label: "IPv4", good: families.ip4.healthy, why: families.ip4.why },
    { label: "IPv6", good: families.ip6.healthy, why: families.ip6.why },
    { label: words.resolver, good: resolver.usable, why: resolver.why },
  ];
  return html`<section aria-labelledby="vantage">
    <h2 id="vantage">${words.vantage}</h2>
    <p>${words.vantageLead(name, country)} ${country === "VN" ? "" : words.abroad}</p>
    <dl class="vantage">
      ${rows.map(
        ({ label, good, why }) =>
          html`<div class="${good ? "good" : "bad"}">
            <dt>${label}</dt>
            <dd>
              <strong>${tested ? (good ? words.works : words.worksNot) : words.untested}</strong>
              <span lang="en">${why}</span>
            </dd>
          </div>`,
      )}
    </dl>
  </section>`;
}
