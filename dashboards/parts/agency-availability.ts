import { stat } from "../kit/kinds.ts";
import type { Panel } from "../kit/panel.ts";
import { now } from "../kit/query.ts";
import { atLeast } from "../kit/thresholds.ts";
import { AVAILABILITY_GOAL } from "../limits.ts";

/** Availability that the service itself works out for the chosen agency; what it cannot tell has no value. */
export function agencyAvailability(): Panel {
  const of = (period: string) => `agency_availability_ratio{agency="$agency", period="${period}"}`;
  return stat({
    id: 11,
    size: [8, 5],
    title: { vi: "Mức sẵn sàng", en: "Availability" },
    description: {
      vi: "Tỷ lệ lượt đo theo lịch mà cổng hoạt động, không tính lượt không kết luận được và lúc bảo trì, của tháng này và tháng trước. Đây là số mà dịch vụ dùng trong báo cáo.",
      en: "Share of scheduled runs in which the agency's portals worked, unknown ones and maintenance apart, this month and last month. It is the figure of the service's reports.",
    },
    queries: [
      now(of("this_month"), { vi: "tháng này", en: "this month" }),
      now(of("last_month"), { vi: "tháng trước", en: "last month" }),
    ],
    unit: "percentunit",
    decimals: 2,
    thresholds: atLeast({ warn: AVAILABILITY_GOAL - 0.005, good: AVAILABILITY_GOAL }),
    links: [
      {
        title: { vi: "Danh sách tuân thủ của cơ quan", en: "The agency's compliance list" },
        page: "/compliance?agency=$agency",
      },
    ],
  });
}
