import { html } from "hono/html";
import type { Html } from "../layout.ts";
import type { ValueClass } from "./scale.ts";

/** Widths and heights of what a class is shown as beside a text. */
const [WIDTH, HEIGHT] = [28, 18];

/** The patterns of all classes, once per page: what swatches are filled with. */
export function lookDefinitions(classes: readonly ValueClass[]): Html {
  return html`<svg class="hidden" width="0" height="0" aria-hidden="true" focusable="false">
    <defs>
      ${classes.map(
        ({ id, look }) =>
          html`<pattern id="look-${id}" width="8" height="8" patternUnits="userSpaceOnUse">
            <rect width="8" height="8" fill="${look.fill}" />
            ${
              look.lines === ""
                ? ""
                : html`<path d="${look.lines}" stroke="${look.ink}" stroke-width="1" fill="none" />`
            }
          </pattern>`,
      )}
    </defs>
  </svg>`;
}

/** How a class looks on the map; says nothing to those who can't see it, the text beside it does. */
export function swatch({ id }: Pick<ValueClass, "id">): Html {
  return html`<svg
    class="swatch"
    width="${WIDTH}"
    height="${HEIGHT}"
    aria-hidden="true"
    focusable="false"
  >
    <rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" fill="url(#look-${id})" />
  </svg>`;
}

/** What every class means, with what the map's script draws it by. */
export function legend(classes: readonly ValueClass[], label: string): Html {
  return html`<ul class="map-legend" aria-label="${label}">
    ${classes.map(
      (each) =>
        html`<li
          data-class="${each.id}"
          data-fill="${each.look.fill}"
          data-ink="${each.look.ink}"
          data-lines="${each.look.lines}"
        >
          ${swatch(each)} ${each.text}
        </li>`,
    )}
  </ul>`;
}
