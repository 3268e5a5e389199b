import { html } from "hono/html";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { nameText } from "./marks.ts";

/** Something of a portal's name, as lists hold it. */
interface Named {
  readonly id: string;
  readonly name_vi: string;
  readonly name_en?: string | null;
}

/** The address of a portal's own page. */
export function portalPath(id: string, lang: Lang): string {
  return `/portals/${encodeURIComponent(id)}?lang=${lang}`;
}

/** A portal's name as the way to its own page. */
export function portalLink(portal: Named, lang: Lang): Html {
  return html`<a href="${portalPath(portal.id, lang)}">${nameText(portal, lang)}</a>`;
}
