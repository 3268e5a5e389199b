import type { Lang } from "../../catalogue/index.ts";
import type { NoticeText } from "./notice-text.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text that stands for itself in HTML, in and outside of attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (found) => ENTITIES[found] ?? found);
}

/** A message as an HTML document without scripts, images or styles from elsewhere. */
export function htmlOf({ title, lines, link }: NoticeText, lang: Lang): string {
  const body = lines.map(escapeHtml).join("<br>\n");
  const words = lang === "vi" ? "Xem sự cố" : "See the incident";
  const more = link === null ? "" : `\n<p><a href="${escapeHtml(link)}">${words}</a></p>`;
  return `<!doctype html>
<html lang="${lang}">
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<p><strong>${escapeHtml(title)}</strong></p>
<p>${body}</p>${more}
</html>
`;
}
