import { html } from "hono/html";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** That nothing has been audited yet, and when the first results come. */
export function emptyNote({
  lang,
  auditIntervalMs,
}: {
  readonly lang: Lang;
  readonly auditIntervalMs: number;
}): Html {
  const words = COMPLIANCE_WORDS[lang];
  const time =
    auditIntervalMs > HOUR_MS
      ? words.hours(Math.ceil(auditIntervalMs / HOUR_MS))
      : words.minutes(Math.ceil(auditIntervalMs / MINUTE_MS));
  return html`<p class="note" role="status">${words.noAudits(time)}</p>`;
}
