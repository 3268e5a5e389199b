import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Lang } from "./lang.ts";

/** Escaped HTML, as hono/html makes it. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A stylesheet of ours, or that of the chart library. */
export type StyleFile =
  | "style.css"
  | "compliance.css"
  | "coverage-read.css"
  | "coverage-work.css"
  | "outages.css"
  | "uplot.css";

/** What a page looks like: stylesheets of ours by name, or their text for a page that stands alone. */
export type Styles = { readonly files: readonly StyleFile[] } | { readonly text: string };

/** A whole page around its content; stylesheets and scripts of our own origin alone. */
export function layout(page: { lang: Lang; title: string; body: Html; styles?: Styles }): Html {
  return html`<!doctype html>
    <html lang="${page.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title} · hatangso</title>
        ${styleTags(page.styles ?? { files: ["style.css"] })}
      </head>
      <body>
        ${page.body}
      </body>
    </html>`;
}

function styleTags(styles: Styles): Html {
  if ("files" in styles) {
    return html`${styles.files.map(
        (name) => html`<link rel="stylesheet" href="/assets/${name}" />`,
      )} <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />`;
  }
  // A file that stands alone has no headers: its own policy keeps it from loading or running anything.
  return html`<meta
      http-equiv="Content-Security-Policy"
      content="default-src 'none'; style-src 'unsafe-inline'"
    />
    <style>
      ${raw(styles.text)}
    </style>`;
}
