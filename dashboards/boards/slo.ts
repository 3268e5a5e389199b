import type { Board } from "../kit/board.ts";
import * as budget from "./slo/budget.ts";
import * as outages from "./slo/outages.ts";

/** How available are the portals, how much may still fail, and what failed? */
export const SLO: Board = {
  name: "slo",
  title: { vi: "Gián đoạn và mức sẵn sàng", en: "Outages and availability" },
  description: {
    vi: "Các cổng sẵn sàng tới đâu, còn được phép lỗi bao nhiêu, và điều gì đã hỏng?",
    en: "How available are the portals, how much may still fail, and what failed?",
  },
  pages: [{ title: { vi: "Sự cố", en: "Incidents" }, page: "/incidents" }],
  from: "now-7d",
  sections: [
    {
      panels: [
        ...budget.HEADLINE,
        ...outages.HEADLINE,
        ...budget.BURNING,
        ...budget.BY_PROVINCE,
        ...outages.BY_AGENCY,
        ...outages.INCIDENTS,
      ],
    },
    { id: 100, title: { vi: "Theo thời gian", en: "Over time" }, panels: budget.HISTORY },
    { id: 101, title: { vi: "Theo mức độ", en: "By severity" }, panels: outages.SEVERITIES },
  ],
};
