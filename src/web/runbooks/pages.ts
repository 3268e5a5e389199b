import { html } from "hono/html";
import type { Runbook } from "../../reports/runbooks.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { sitePage } from "../site-page.ts";
import { markdown } from "./markdown.ts";

const WORDS = {
  vi: {
    title: "Sổ tay xử lý cảnh báo",
    lead: "Mỗi cảnh báo có nghĩa gì, cần xem gì và làm gì.",
    of: "Sổ tay xử lý cảnh báo",
    none: "Chưa có sổ tay nào.",
    home: "Trạng thái hiện tại",
    nav: "Các trang của sổ tay",
    skip: "Tới nội dung",
    absent: "Sổ tay này chỉ có bằng ngôn ngữ kia.",
  },
  en: {
    title: "Runbooks",
    lead: "What each alert means, what to look at and what to do.",
    of: "Runbook of an alert",
    none: "There are no runbooks yet.",
    home: "State now",
    nav: "Pages of the runbooks",
    skip: "Skip to the content",
    absent: "This runbook is there in the other language only.",
  },
} as const;

/** Every alert that has a runbook, with a link to it. */
export function runbookList(alerts: readonly string[], lang: Lang): Html {
  const words = WORDS[lang];
  return page(lang, {
    title: words.title,
    lead: words.lead,
    path: "/runbooks",
    body:
      alerts.length === 0
        ? html`<p>${words.none}</p>`
        : html`<ul>
            ${alerts.map(
              (alert) => html`<li><a href="/runbooks/${alert}?lang=${lang}">${alert}</a></li>`,
            )}
          </ul>`,
  });
}

/** One runbook in the reader's language. */
export function runbookPage(runbook: Runbook, lang: Lang): Html {
  const words = WORDS[lang];
  const text = runbook[lang];
  return page(lang, {
    title: runbook.alert,
    lead: words.of,
    path: `/runbooks/${runbook.alert}`,
    body: text === "" ? html`<p>${words.absent}</p>` : markdown(text, lang),
  });
}

function page(
  lang: Lang,
  { title, lead, path, body }: { title: string; lead: string; path: string; body: Html },
): Html {
  const words = WORDS[lang];
  const list = "/runbooks";
  return sitePage({
    lang,
    title,
    styles: ["style.css", "compliance.css"],
    skip: { to: "#content", text: words.skip },
    madeUp: null,
    leads: [lead],
    linkTo: (other) => `${path}?lang=${other}`,
    nav: html`<nav class="pages" aria-label="${words.nav}">
      <a href="/?lang=${lang}">${words.home}</a>
      ${
        path === list
          ? html`<span aria-current="page">${words.title}</span>`
          : html`<a href="${list}?lang=${lang}">${words.title}</a>`
      }
    </nav>`,
    content: html`<main id="content" class="compliance runbook">${body}</main>`,
  });
}
