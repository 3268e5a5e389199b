import { html } from "hono/html";
import type { Share } from "../../reports/compliance-shares.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText, percentText } from "../number-text.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** A share that can be checked: percent with its numerator and denominator. */
export function shareText({ numerator, denominator }: Omit<Share, "unknown">, lang: Lang): Html {
  if (denominator === 0)
    return html`<span class="soft">${COMPLIANCE_WORDS[lang].nothingKnown}</span>`;
  const of = `${numberText(numerator, lang)}/${numberText(denominator, lang)}`;
  return html`<b>${percentText(numerator / denominator, lang)}</b>
    <span class="soft">(${of})</span>`;
}
