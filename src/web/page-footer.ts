import { html } from "hono/html";
import type { Lang } from "./lang.ts";
import type { Html } from "./layout.ts";
import { WORDS } from "./words.ts";

/** What stands below every page. */
export interface FooterFacts {
  readonly lang: Lang;
  /** As whom the reader's browser is signed in; null: it is not. */
  readonly signedIn: string | null;
  /** IANA name of the zone that times are shown in. */
  readonly timezone: string;
  readonly version: string;
}

/** Links for machines and operators, the way to sign out, and whose time is shown. */
export function pageFooter({ lang, version, signedIn, timezone }: FooterFacts): Html {
  const words = WORDS[lang];
  return html`<footer>
    <nav aria-label="API">
      <a href="/docs">${words.docs}</a> <a href="/open-data?lang=${lang}">${words.openData}</a>
      <a href="/metrics/portals">${words.portalMetrics}</a>
      <a href="/metrics">${words.metrics}</a> <a href="/readyz">${words.health}</a>
    </nav>
    ${
      signedIn === null
        ? html`<p><a href="/sign-in?lang=${lang}">${words.signIn}</a></p>`
        : html`<form method="post" action="/sign-out">
            ${words.signedIn(signedIn)} <button>${words.signOut}</button>
          </form>`
    }
    <p>${words.times(timezone)} hatangso ${version}</p>
  </footer>`;
}
