import { html } from "hono/html";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import type { PageName } from "./word-list.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** Where each page stands. */
export const PAGE_PATHS: Readonly<Record<PageName, string>> = {
  home: "/",
  incidents: "/incidents",
  status: "/status",
  list: "/compliance",
  agencies: "/compliance/agencies",
  changes: "/compliance/changes",
  mendFirst: "/compliance/mend-first",
  plans: "/compliance/plans",
  coverage: "/coverage",
};

/** The way between the pages; the present one is said and not linked. `null`: a page below the list. */
export function complianceNav(present: PageName | null, lang: Lang): Html {
  const { nav } = COMPLIANCE_WORDS[lang];
  const pages = Object.entries(PAGE_PATHS) as [PageName, string][];
  return html`<nav class="pages" aria-label="hatangso">
    ${pages.map(([page, path]) =>
      page === present
        ? html`<span aria-current="page">${nav[page]}</span>`
        : html`<a href="${path}?lang=${lang}">${nav[page]}</a>`,
    )}
  </nav>`;
}
