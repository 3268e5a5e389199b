import { html } from "hono/html";
import type { Html } from "../layout.ts";
import { tableHead } from "./table-head.ts";

/** A table that scrolls by itself; on a narrow screen each of its rows is a card. */
export interface CardTable {
  /** Says what it is to those who do not see it. */
  readonly label: string;
  /** A class beside `cards`. */
  readonly kind?: string;
  readonly headings: readonly string[];
  /** The rows; cells after the first carry `data-label`, the heading that a card shows. */
  readonly rows: Html | readonly Html[];
}

/** The frame of a table: region, caption, head and body. */
export function cardTable({ label, kind, headings, rows }: CardTable): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
    <table class="${kind === undefined ? "cards" : `cards ${kind}`}">
      <caption class="hidden">
        ${label}
      </caption>
      ${tableHead(headings)}
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
