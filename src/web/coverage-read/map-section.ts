import { html } from "hono/html";
import { linkTo } from "../compliance/query.ts";
import type { Html } from "../layout.ts";
import { legend } from "./look.ts";
import { asked } from "./map-links.ts";
import type { MapView } from "./map-view.ts";
import { MAP_WORDS } from "./map-words.ts";
import type { Scale } from "./scale.ts";
import { boundaryOrigin } from "./words.ts";

/** Where the page's script finds the map library; both are ours. */
export const MAP_SCRIPTS = ["/assets/ol.js", "/assets/coverage-map.js"] as const;

/** The map with its legend; its script fills it in, and nothing is lost without. */
export function mapSection(view: MapView, scale: Scale, name: string): Html {
  const { lang, level, province } = view;
  const words = MAP_WORDS[lang];
  const boundaries = linkTo("/api/v1/coverage/boundaries", { level, province: province?.code });
  const values = linkTo("/coverage/map.json", { ...asked(view), lang });
  // Some 2.5 MB, before they are compressed: loaded when somebody wants them.
  const lazy = level === "commune" && province === null;
  return html`<section>
    <h2 id="map-heading">${words.map(name)}</h2>
    <noscript><p class="note">${words.noScript}</p></noscript>
    <p class="soft screen" id="map-keys">${words.keys}</p>
    <div class="map-frame">
      <div
        class="map"
        id="coverage-map"
        role="application"
        tabindex="0"
        aria-label="${words.map(name)}"
        aria-describedby="map-keys"
        data-boundaries="${boundaries}"
        data-values="${values}"
        data-lazy="${lazy ? words.drawAll : ""}"
        data-zoom-in="${words.zoomIn}"
        data-zoom-out="${words.zoomOut}"
        data-whole="${words.wholeMap}"
        data-failed="${words.failed}"
      ></div>
      <div class="map-side">
        <h3>${words.legend}</h3>
        ${legend(scale.classes, words.legend)}
        <p class="map-told" id="map-told" role="status">${words.nothingChosen}</p>
      </div>
    </div>
    <p class="soft">${boundaryOrigin(lang)}</p>
  </section>`;
}
