import { html } from "hono/html";
import { cardTable } from "../compliance/card-table.ts";
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
  return cardTable({ label, kind: "sum-table", headings: columns, rows });
}
