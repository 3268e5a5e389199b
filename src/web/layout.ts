import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Lang } from "./lang.ts";

/** Escaped HTML, as hono/html makes it. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A whole page around its content; no script, and one stylesheet of our own. */
export function layout(page: { lang: Lang; title: string; body: Html }): Html {
  return html`<!doctype html>
    <html lang="${page.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title} · hatangso</title>
        <link rel="stylesheet" href="/assets/style.css" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        ${page.body}
      </body>
    </html>`;
}
