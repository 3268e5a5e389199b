import type { CheckId } from "../../../src/domain/finding.ts";
import { columns, joined } from "../../kit/columns.ts";
import { lines, table } from "../../kit/kinds.ts";
import { LEVEL_WORDS } from "../../kit/mappings.ts";
import type { Panel } from "../../kit/panel.ts";
import { over, rows } from "../../kit/query.ts";
import { same } from "../../kit/text.ts";
import { atMost } from "../../kit/thresholds.ts";
import { SLOW_SECONDS } from "../../limits.ts";
import { findingTable } from "../../parts/finding-table.ts";
import {
  AGENCY_TITLE,
  linkedAgency,
  linkedPortal,
  PORTAL_TITLE,
} from "../../parts/portal-columns.ts";

/** Checks that the ladder of levels asks for, from an address at all up to L5. */
const LADDER: readonly CheckId[] = [
  "D1",
  "D2",
  "W1",
  "W2",
  "W5",
  "W3",
  "W6",
  "W7",
  "D3",
  "D4",
  "W8",
];

const BLOCKERS: Panel = findingTable({
  id: 10,
  size: [12, 10],
  title: { vi: "Điều gì cản đường tới L5", en: "What stands in the way of L5" },
  description: {
    vi: "Số cổng mà mỗi phép kiểm tra trên đường tới L5 không đạt hoặc cần lưu ý; một cổng có thể có nhiều. Lưu ý về chứng thư (W3) và tài nguyên bên thứ ba (W8) không cản. Việc nào sửa một lần lợi nhiều cổng: mở trang “Sửa gì trước”.",
    en: "Portals of which each check on the way to L5 fails or warns; one portal may have several. Warnings about certificates (W3) and third-party resources (W8) do not block. What to mend once for many portals: open the page “Mend first”.",
  },
  checks: LADDER,
});

const BROKEN: Panel = table({
  id: 11,
  size: [12, 10],
  title: { vi: "Có AAAA nhưng hỏng (LX)", en: "AAAA is published but broken (LX)" },
  description: {
    vi: "Các cổng công bố địa chỉ IPv6 mà không dùng được: sửa máy chủ, hoặc gỡ bản ghi AAAA cho đến khi sửa xong.",
    en: "Portals whose published IPv6 addresses can't be used: mend the server, or take the AAAA record away until it is mended.",
  },
  queries: [
    rows("(portal_ipv6_level == -1) * on (instance, portal) group_left (agency, kind) portal_info"),
  ],
  unit: "short",
  transformations: columns([
    { field: "portal", title: PORTAL_TITLE },
    { field: "agency", title: AGENCY_TITLE },
    { field: "instance", title: { vi: "Địa chỉ", en: "Address" } },
  ]),
  sortBy: { column: AGENCY_TITLE },
  noValue: { vi: "không có cổng nào", en: "no portal" },
  overrides: [linkedPortal(), linkedAgency()],
});

const FELL: Panel = table({
  id: 12,
  size: [12, 8],
  title: {
    vi: "Mức giảm trong khoảng thời gian đã chọn",
    en: "Levels that fell within the time range",
  },
  description: {
    vi: "Các cổng có mức hiện nay thấp hơn mức ở đầu khoảng thời gian. Chọn khoảng dài hơn để thấy nhiều hơn.",
    en: "Portals whose level is lower now than it was at the beginning of the time range. Choose a longer one to see more.",
  },
  queries: [
    rows("max by (portal) (portal_ipv6_level < (portal_ipv6_level offset $__range))"),
    rows("max by (portal) ((portal_ipv6_level offset $__range) > portal_ipv6_level)"),
  ],
  unit: "short",
  words: LEVEL_WORDS,
  transformations: joined("portal", [
    { field: "portal", title: PORTAL_TITLE },
    { field: "Value #B", title: { vi: "Trước", en: "Before" } },
    { field: "Value #A", title: { vi: "Nay", en: "Now" } },
  ]),
  noValue: { vi: "không có cổng nào", en: "no portal" },
  overrides: [linkedPortal()],
});

const REGRESSIONS: Panel = table({
  id: 13,
  size: [12, 8],
  title: { vi: "Sự cố tụt mức đang mở", en: "Open incidents about a level that fell" },
  description: {
    vi: "Các cổng có sự cố tụt mức IPv6 đang mở: mức đã xác nhận giảm trong bảy ngày qua và chưa trở lại.",
    en: "Portals with an open incident about an IPv6 level that fell within the last seven days and is not back.",
  },
  queries: [
    rows(
      'portal_incident_open{kind="ipv6_regression"} * on (instance, portal) group_left (agency) portal_info',
    ),
  ],
  unit: "short",
  transformations: columns([
    { field: "portal", title: PORTAL_TITLE },
    { field: "agency", title: AGENCY_TITLE },
    { field: "severity", title: { vi: "Mức độ", en: "Severity" } },
  ]),
  noValue: { vi: "không có sự cố nào", en: "no incident" },
  overrides: [linkedPortal(), linkedAgency()],
});

const SUCCESS: Panel = lines({
  id: 15,
  size: [12, 8],
  title: { vi: "Tỷ lệ lần đo tốt theo họ địa chỉ", en: "Share of good runs by address family" },
  description: {
    vi: "Tỷ lệ cổng mà lần đo gần nhất qua họ địa chỉ này tốt, trong số các lần đo kết luận được. IPv6 thấp hơn IPv4 là chênh lệch cần tìm nguyên nhân.",
    en: "Share of portals whose last run over the family went well, among runs that could tell. IPv6 below IPv4 is a gap to look into.",
  },
  queries: [over("family:probe_success:sum / family:probe_success:count", same("{{family}}"))],
  unit: "percentunit",
  min: 0,
  max: 1,
});

const SPEED: Panel = lines({
  id: 16,
  size: [12, 8],
  title: { vi: "Thời gian trả lời theo họ địa chỉ", en: "Response time by address family" },
  description: {
    vi: "Thời gian mà 95 trên 100 cổng không vượt quá, từng họ địa chỉ.",
    en: "The time that 95 of 100 portals keep, for each address family.",
  },
  queries: [over("family:probe_duration_seconds:p95", same("{{family}}"))],
  unit: "s",
  min: 0,
  thresholds: atMost(SLOW_SECONDS),
});

/** What is to be done, by finding and by portal. */
export const WORK: readonly Panel[] = [BLOCKERS, BROKEN];
export const FALLS: readonly Panel[] = [FELL, REGRESSIONS];
export const FAMILIES: readonly Panel[] = [SUCCESS, SPEED];
