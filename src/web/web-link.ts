import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** The address as a link elsewhere; as plain text unless it is http or https, so that no other scheme is ever followed. */
export function webLink(address: string, text: string = address): Html {
  if (!/^https?:\/\//i.test(address)) return html`<span class="url">${text}</span>`;
  return html`<a class="url" href="${address}" rel="noopener noreferrer external">${text}</a>`;
}
