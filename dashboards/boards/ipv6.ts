import type { Board } from "../kit/board.ts";
import { HISTORY, OWNERS, PROGRESS } from "./ipv6/progress.ts";
import { STANDING } from "./ipv6/standing.ts";
import { FALLS, FAMILIES, WORK } from "./ipv6/work.ts";

/** How far is IPv6, and what is in the way? */
export const IPV6: Board = {
  name: "ipv6",
  title: { vi: "Sẵn sàng IPv6", en: "IPv6 readiness" },
  description: {
    vi: "IPv6 đã tới đâu so với mốc của chương trình, và điều gì đang cản?",
    en: "How far is IPv6 against the programme's milestones, and what is in the way?",
  },
  pages: [
    { title: { vi: "Danh sách tuân thủ", en: "Compliance list" }, page: "/compliance" },
    { title: { vi: "Sửa gì trước", en: "Mend first" }, page: "/compliance/mend-first" },
  ],
  from: "now-7d",
  sections: [
    { panels: [...STANDING, ...PROGRESS, ...WORK] },
    { id: 100, title: { vi: "Theo loại cơ quan", en: "By kind of agency" }, panels: OWNERS },
    { id: 101, title: { vi: "Tụt mức", en: "Levels that fell" }, panels: FALLS },
    { id: 102, title: { vi: "Số cổng ở mỗi mức", en: "Portals at each level" }, panels: HISTORY },
    { id: 103, title: { vi: "IPv6 so với IPv4", en: "IPv6 against IPv4" }, panels: FAMILIES },
  ],
};
