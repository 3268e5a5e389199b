import { html } from "hono/html";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";

/** Pages that anybody reads who may read at all, and pages for those who run the service. */
const READING = ["incidents", "maintenance", "status"] as const;
const WORKING = ["notifications", "statusEdit"] as const;

export type OutagePageName = (typeof READING)[number] | (typeof WORKING)[number];

/** Where each page about outages stands. */
export const OUTAGE_PATHS: Readonly<Record<OutagePageName, string>> = {
  incidents: "/incidents",
  maintenance: "/maintenance",
  status: "/status",
  notifications: "/notifications",
  statusEdit: "/status/edit",
};

const NAMES: Readonly<Record<Lang, Readonly<Record<OutagePageName | "home" | "label", string>>>> = {
  vi: {
    label: "Các trang về sự cố",
    home: "Trạng thái hiện tại",
    incidents: "Sự cố",
    maintenance: "Bảo trì",
    status: "Trang công khai",
    notifications: "Thông báo đã gửi",
    statusEdit: "Chọn nội dung công khai",
  },
  en: {
    label: "Pages about outages",
    home: "State now",
    incidents: "Incidents",
    maintenance: "Maintenance",
    status: "Public status",
    notifications: "Notifications",
    statusEdit: "Choose what is public",
  },
};

/** The way between the pages about outages; the present one is said and not linked. `null`: a page below one of them. */
export function outageNav(present: OutagePageName | null, lang: Lang, manages: boolean): Html {
  const names = NAMES[lang];
  const link = (page: OutagePageName) =>
    page === present
      ? html`<span aria-current="page">${names[page]}</span>`
      : html`<a href="${OUTAGE_PATHS[page]}?lang=${lang}">${names[page]}</a>`;
  return html`<nav class="pages" aria-label="${names.label}">
    <a href="/?lang=${lang}">${names.home}</a> ${READING.map(link)}
    ${manages ? WORKING.map(link) : ""}
  </nav>`;
}
