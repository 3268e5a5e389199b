import { html } from "hono/html";
import type { Html } from "../layout.ts";

/** The head of a table of one row of headings. */
export function tableHead(headings: readonly string[]): Html {
  return html`<thead>
    <tr>
      ${headings.map((text) => html`<th scope="col">${text}</th>`)}
    </tr>
  </thead>`;
}
