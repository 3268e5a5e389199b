import type { Reference } from "./reference.ts";

/** Either an import, the end of a rule, the start of a font rule, or any other URL. */
const PARTS =
  /@import\s+(?:url\(\s*)?["']?(?<sheet>[^"')\s;]+)|(?<font>@font-face)|(?<end>\})|url\(\s*["']?(?<url>[^"')]+)/gi;

/**
 * What a style sheet within the page loads: imports, fonts, and images. The sheets that it imports are not fetched,
 * nor is it asked whether a rule applies to anything.
 */
export function* styleUrls(css: string): Generator<Reference> {
  let inFont = false;
  for (const { groups } of withoutComments(css).matchAll(PARTS)) {
    const { sheet, font, end, url } = groups ?? {};
    if (font !== undefined) inFont = true;
    else if (end !== undefined) inFont = false;
    else if (sheet !== undefined) yield { kind: "stylesheet", url: sheet };
    else if (url !== undefined) yield { kind: inFont ? "font" : "img", url };
  }
}

function withoutComments(css: string): string {
  let kept = "";
  for (let at = 0; ;) {
    const opens = css.indexOf("/*", at);
    if (opens < 0) return kept + css.slice(at);
    kept += `${css.slice(at, opens)} `;
    const closes = css.indexOf("*/", opens + 2);
    if (closes < 0) return kept;
    at = closes + 2;
  }
}
