import { html } from "hono/html";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";

/** Pages that anybody reads who may read at all, and pages on which the register is worked at. */
const READING = ["map", "gaps", "releases", "openData"] as const;
const WORKING = ["imports", "review", "rounds", "challenges", "publish"] as const;

export type CoveragePageName = (typeof READING)[number] | (typeof WORKING)[number];

/** Where each page about coverage stands. */
export const COVERAGE_PATHS: Readonly<Record<CoveragePageName, string>> = {
  map: "/coverage",
  gaps: "/coverage/gaps",
  releases: "/coverage/releases",
  openData: "/open-data",
  imports: "/coverage/imports",
  review: "/coverage/review",
  rounds: "/coverage/rounds",
  challenges: "/coverage/challenges",
  publish: "/coverage/releases/publish",
};

const NAMES: Readonly<Record<Lang, Readonly<Record<CoveragePageName | "home" | "label", string>>>> =
  {
    vi: {
      label: "Các trang về mức độ phủ",
      home: "Cổng thông tin",
      map: "Bản đồ",
      gaps: "Còn thiếu ở đâu",
      releases: "Các kỳ công bố",
      openData: "Dữ liệu mở",
      imports: "Nhập số liệu",
      review: "Dòng chờ duyệt",
      rounds: "Kỳ báo cáo",
      challenges: "Khiếu nại số liệu",
      publish: "Công bố",
    },
    en: {
      label: "Pages about coverage",
      home: "Portals",
      map: "Map",
      gaps: "What is missing where",
      releases: "Releases",
      openData: "Open data",
      imports: "Import",
      review: "Review",
      rounds: "Reporting rounds",
      challenges: "Challenges",
      publish: "Publish",
    },
  };

/** The way between the pages about coverage; the present one is said and not linked. `null`: a page below one of them. */
export function coverageNav(present: CoveragePageName | null, lang: Lang): Html {
  const names = NAMES[lang];
  const link = (page: CoveragePageName) =>
    page === present
      ? html`<span aria-current="page">${names[page]}</span>`
      : html`<a href="${COVERAGE_PATHS[page]}?lang=${lang}">${names[page]}</a>`;
  return html`<nav class="pages" aria-label="${names.label}">
    <a href="/?lang=${lang}">${names.home}</a> ${READING.map(link)} ${WORKING.map(link)}
  </nav>`;
}
