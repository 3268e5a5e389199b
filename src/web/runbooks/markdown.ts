import { raw } from "hono/html";
import { Marked, type Tokens } from "marked";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";

/**
 * Markdown of our own documents as HTML. HTML within it is shown as text; headings are one level higher, because the
 * language's heading above them is left out. A link leads to another runbook, a page of the service or the web; one to
 * a file of the repository, which the service does not have, stays its text, and so does a picture.
 */
export function markdown(text: string, lang: Lang): Html {
  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      html: ({ text: source }: Tokens.HTML | Tokens.Tag) => escaped(source),
      // Between certain tags marked takes text for HTML that is to pass as it is; elsewhere its own rules hold.
      text: (token: Tokens.Text | Tokens.Escape) =>
        "escaped" in token && token.escaped === true ? escaped(token.text) : false,
      image: ({ text: alternative }: Tokens.Image) => escaped(alternative),
      heading({ depth, tokens }: Tokens.Heading) {
        const level = Math.max(2, depth - 1);
        return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const words = this.parser.parseInline(tokens);
        const target = targetOf(href, lang);
        return target === null ? words : `<a href="${escaped(target)}">${words}</a>`;
      },
    },
  });
  return raw(marked.parse(text, { async: false }));
}

function targetOf(href: string, lang: Lang): string | null {
  const runbook = /^(?:\.\/)?([A-Z][A-Za-z0-9]*)\.md(?:#.*)?$/.exec(href)?.[1];
  if (runbook !== undefined) return `/runbooks/${runbook}?lang=${lang}`;
  return /^(?:https?:\/\/|\/(?![/\\])|#)/.test(href) ? href : null;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
