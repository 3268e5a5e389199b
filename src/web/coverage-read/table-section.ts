import { html } from "hono/html";
import { tableHead } from "../compliance/table-head.ts";
import type { Html } from "../layout.ts";

/** A heading and a table under it. */
export function tableSection(
  id: string,
  heading: string,
  columns: readonly string[],
  rows: readonly Html[],
): Html {
  return html`<section>
    <h2 id="${id}-heading">${heading}</h2>
    ${tableBox(heading, columns, rows)}
  </section>`;
}

/** A table in a box that can be moved sideways, also by keyboard. */
export function tableBox(label: string, columns: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
    <table class="cards sum-table">
      <caption class="hidden">
        ${label}
      </caption>
      ${tableHead(columns)}
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
