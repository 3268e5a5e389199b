import { html } from "hono/html";
import type { Html } from "../layout.ts";
import { type ExportFormat, exportLink } from "./query.ts";

/** Where more of a table is, and the whole of it in other forms. */
export interface BelowTable {
  /** Address of the next page; null on the last one. */
  readonly next: string | null;
  readonly nextText: string;
  readonly api: string;
  readonly query: object;
  readonly formats: readonly ExportFormat[];
}

/** What stands below a table on the screen: the next page, and the same as a file. */
export function belowTable({ next, nextText, api, query, formats }: BelowTable): Html {
  return html`<p class="below screen">
    ${next === null ? "" : html`<a class="next" rel="next" href="${next}">${nextText}</a>`}
    ${formats.map(
      (format) => html`<a href="${exportLink(api, query, format)}">${format.toUpperCase()}</a>`,
    )}
  </p>`;
}
