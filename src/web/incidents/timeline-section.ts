import { html } from "hono/html";
import type { TimelineRow } from "../../reports/incidents/timeline.ts";
import type { Style } from "../compliance/page-facts.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { secondText } from "../time-text.ts";
import { NOTIFICATION_WORDS } from "../notifications/words.ts";
import { KIND_WORDS } from "../../catalogue/incident-words.ts";
import { causeText } from "./marks.ts";
import { slugText } from "./timeline-words.ts";
import { INCIDENT_WORDS } from "./words.ts";

/** What happened to an incident, in the order in which it was written down. */
export function timelineSection(timeline: readonly TimelineRow[], style: Style): Html {
  const words = INCIDENT_WORDS[style.lang];
  return html`<section aria-labelledby="timeline">
    <h2 id="timeline">${words.timeline}</h2>
    ${
      timeline.length === 0
        ? html`<p class="empty">${words.noTimeline}</p>`
        : html`<ol class="timeline">
            ${timeline.map((row) => line(row, style))}
          </ol>`
    }
  </section>`;
}

function line({ id, event, at, actor, facts }: TimelineRow, style: Style): Html {
  const { lang } = style;
  const text = typeof facts["text"] === "string" ? facts["text"] : null;
  const others = Object.entries(facts).filter(([name, value]) => name !== "text" && isShort(value));
  return html`<li class="event ${event}" id="event-${id}" data-key="event-${id}">
    <time datetime="${at}">${secondText(at, style)}</time>
    <div>
      <strong>${slugText("events", event, lang)}</strong>
      ${actor === null ? "" : html`<span class="soft">${actor}</span>`}
      ${others.map(
        ([name, value]) =>
          html`<span class="fact"
            ><span class="soft">${slugText("facts", name, lang)}:</span>
            ${factText(name, value, style)}</span
          > `,
      )}
      ${text === null ? "" : html`<p class="quote">${text}</p>`}
    </div>
  </li>`;
}

/** What fits beside an event: the evidence has its own section. */
function isShort(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.length <= 20 && value.every(isPlain);
  return isPlain(value) && value !== "";
}

function isPlain(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function factText(name: string, value: unknown, style: Style): string {
  if (Array.isArray(value)) return value.map((one) => factText(name, one, style)).join(", ");
  const text = String(value);
  const { lang } = style;
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return secondText(text, style);
  return VALUES[name]?.(text, lang) ?? text;
}

/** Facts whose values are slugs of ours. */
const VALUES: Readonly<Record<string, (slug: string, lang: Lang) => string | undefined>> = {
  cause: causeText,
  held: (slug, lang) => slugText("held", slug, lang),
  reason: (slugs, lang) =>
    slugs
      .split(",")
      .map((slug) => slugText("changes", slug, lang))
      .join(", "),
  event: (slug, lang) => new Map(Object.entries(NOTIFICATION_WORDS[lang].events)).get(slug),
  closed_by: (slug, lang) => slugText("closedBy", slug, lang),
  severity: (slug, lang) => new Map(Object.entries(KIND_WORDS[lang].severities)).get(slug),
  scope: (slug, lang) => new Map(Object.entries(KIND_WORDS[lang].scopes)).get(slug),
  family: (slug) => ({ ip4: "IPv4", ip6: "IPv6" })[slug],
};
