import type { Board } from "../kit/board.ts";
import * as certificates from "./https/certificates.ts";
import * as findings from "./https/findings.ts";
import * as grades from "./https/grades.ts";

/** Is HTTPS in order, and which certificate ends next? */
export const HTTPS: Board = {
  name: "https",
  title: { vi: "HTTPS và chứng thư", en: "HTTPS and certificates" },
  description: {
    vi: "HTTPS có ổn không, và chứng thư nào sắp hết hạn?",
    en: "Is HTTPS in order, and which certificate ends next?",
  },
  pages: [
    { title: { vi: "Danh sách tuân thủ", en: "Compliance list" }, page: "/compliance" },
    { title: { vi: "Sửa gì trước", en: "Mend first" }, page: "/compliance/mend-first" },
  ],
  from: "now-7d",
  sections: [
    {
      panels: [
        ...grades.HEADLINE,
        ...certificates.HEADLINE,
        ...grades.TREND,
        ...certificates.LIFETIMES,
        ...certificates.SINGLE,
        ...certificates.MAKERS,
        ...findings.FINDINGS,
      ],
    },
    { id: 100, title: { vi: "Theo loại cơ quan", en: "By kind of agency" }, panels: grades.OWNERS },
    {
      id: 101,
      title: { vi: "Cổng cần sửa", en: "Portals to be mended" },
      panels: findings.PORTALS,
    },
    { id: 102, title: { vi: "Loại khóa", en: "Types of key" }, panels: certificates.KEY_TYPES },
  ],
};
