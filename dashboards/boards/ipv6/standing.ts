import { stat } from "../../kit/kinds.ts";
import type { Panel } from "../../kit/panel.ts";
import { now } from "../../kit/query.ts";
import { asShare, NEUTRAL, SOME_ARE_BAD, SOME_ARE_WARN } from "../../kit/thresholds.ts";
import { IPV6_SHARE } from "../../limits.ts";
import { shareFrom } from "./shares.ts";

const READY: Panel = stat({
  id: 1,
  size: [5, 4],
  title: { vi: "Hoạt động với IPv6 (từ L3)", en: "Works over IPv6 (L3 and above)" },
  description: {
    vi: "Tỷ lệ cổng từ mức L3 trong số các cổng biết được mức. Mức do hệ thống định nghĩa; cổng chỉ còn chuyển về Cổng Dịch vụ công quốc gia không tính, như ở danh sách tuân thủ.",
    en: "Share of portals at level L3 or above among those whose level is known. Levels are this system's own; portals that only forward to the national gateway are left out, as in the compliance list.",
  },
  queries: [now(shareFrom("L3"))],
  ...asShare(IPV6_SHARE),
  colour: "tile",
});

const GOOD: Panel = stat({
  id: 2,
  size: [5, 4],
  title: { vi: "Hoạt động tốt (từ L4)", en: "Works well (L4 and above)" },
  description: {
    vi: "Tỷ lệ cổng từ mức L4: nội dung và độ ổn định qua IPv6 tương đương IPv4. Cần 30 ngày đo, nên trong tháng đầu là 0 %.",
    en: "Share of portals at L4 or above: content and stability over IPv6 equal those over IPv4. It takes thirty days of probes, so that it is 0 % during the first month.",
  },
  queries: [now(shareFrom("L4"))],
  ...asShare(IPV6_SHARE),
});

const ONLY: Panel = stat({
  id: 3,
  size: [5, 4],
  title: { vi: "Sẵn sàng thuần IPv6 (L5)", en: "Ready for IPv6 only (L5)" },
  description: {
    vi: "Tỷ lệ cổng ở mức L5: người chỉ có IPv6 phân giải được tên và tải được mọi thứ của cổng.",
    en: "Share of portals at L5: visitors with IPv6 alone can resolve the name and load everything of the portal.",
  },
  queries: [now(shareFrom("L5"))],
  ...asShare(IPV6_SHARE),
});

const BROKEN: Panel = stat({
  id: 4,
  size: [3, 4],
  title: { vi: "IPv6 hỏng (LX)", en: "IPv6 is broken (LX)" },
  description: {
    vi: "Số cổng công bố địa chỉ IPv6 (AAAA) mà không dùng được. Tệ hơn là không có: người dùng IPv6 phải chờ hoặc không vào được.",
    en: "Portals that publish an IPv6 address (AAAA) that can't be used. Worse than none: visitors with IPv6 wait or fail.",
  },
  queries: [now('sum(portals_by_ipv6_level{level="LX"})')],
  unit: "short",
  decimals: 0,
  thresholds: SOME_ARE_BAD,
});

const FELL: Panel = stat({
  id: 5,
  size: [3, 4],
  title: { vi: "Đang tụt mức", en: "Level fell" },
  description: {
    vi: "Số sự cố tụt mức IPv6 đang mở: mức đã xác nhận giảm trong bảy ngày qua và chưa trở lại.",
    en: "Open incidents about an IPv6 level that fell within the last seven days and is not back.",
  },
  queries: [now('sum(incidents_open{kind="ipv6_regression"})')],
  unit: "short",
  decimals: 0,
  thresholds: SOME_ARE_WARN,
});

const UNTOLD: Panel = stat({
  id: 6,
  size: [3, 4],
  title: { vi: "Chưa biết mức", en: "Level not known" },
  description: {
    vi: "Số cổng chưa kết luận được mức (U); không nằm trong tỷ lệ nào ở đây.",
    en: "Portals whose level can't be told yet (U); they are in none of these shares.",
  },
  queries: [now('sum(portals_by_ipv6_level{level="U"})')],
  unit: "short",
  decimals: 0,
  thresholds: NEUTRAL,
  colour: "none",
});

/** Where all portals stand now. */
export const STANDING: readonly Panel[] = [READY, GOOD, ONLY, BROKEN, FELL, UNTOLD];
