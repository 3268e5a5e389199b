import { COLOURED_CELL } from "../../kit/cells.ts";
import { joined } from "../../kit/columns.ts";
import { lines, stat, table } from "../../kit/kinds.ts";
import type { Panel } from "../../kit/panel.ts";
import { now, over, rows } from "../../kit/query.ts";
import { seriesNames } from "../../kit/series-names.ts";
import { same } from "../../kit/text.ts";
import { COLOURS, NEUTRAL } from "../../kit/thresholds.ts";
import { AVAILABILITY_GOAL } from "../../limits.ts";
import { commonCauses } from "../../parts/common-causes.ts";
import { maintenance } from "../../parts/maintenance.ts";
import { CAUSE_WORDS, INCIDENT_KIND_WORDS, SEVERITY_LABEL_WORDS } from "../../parts/words.ts";
import { AGENCY_TITLE, linkedAgency } from "../../parts/portal-columns.ts";

const OPEN: Panel = stat({
  id: 3,
  size: [6, 4],
  title: { vi: "Sự cố đang mở", en: "Open incidents" },
  description: {
    vi: "Số sự cố đang mở, mọi loại và mức độ; cả những sự cố là phần của một nguyên nhân chung.",
    en: "Incidents that are open, of all kinds and severities, those that are parts of a common cause too.",
  },
  queries: [now("sum(incidents_open)")],
  unit: "short",
  decimals: 0,
  thresholds: NEUTRAL,
  links: [{ title: { vi: "Danh sách sự cố", en: "List of incidents" }, page: "/incidents" }],
});

const month = (period: "this_month" | "last_month") =>
  rows(`max by (agency) (agency_availability_ratio{period="${period}"})`);

const THIS_MONTH = { vi: "Tháng này", en: "This month" };
const LAST_MONTH = { vi: "Tháng trước", en: "Last month" };

const AGENCIES: Panel = table({
  id: 8,
  size: [12, 10],
  title: { vi: "Sẵn sàng theo cơ quan và tháng", en: "Availability by agency and month" },
  description: {
    vi: "Con số của chính dịch vụ: các lượt đo theo lịch, không tính bảo trì và những lượt không kết luận được. Ô trống: không kết luận được gì. Tháng theo múi giờ của báo cáo.",
    en: "The service's own figure: scheduled runs, without maintenance and those that could not tell. An empty cell: nothing could be told. Months are those of the reports' time zone.",
  },
  queries: [month("this_month"), month("last_month")],
  unit: "percentunit",
  decimals: 2,
  thresholds: { base: COLOURS.bad, steps: [[AVAILABILITY_GOAL, COLOURS.good]] },
  transformations: joined("agency", [
    { field: "agency", title: AGENCY_TITLE },
    { field: "Value #A", title: THIS_MONTH },
    { field: "Value #B", title: LAST_MONTH },
  ]),
  sortBy: { column: THIS_MONTH },
  overrides: [
    linkedAgency(),
    { of: THIS_MONTH, custom: COLOURED_CELL },
    { of: LAST_MONTH, custom: COLOURED_CELL },
  ],
});

const BY_KIND: Panel = lines({
  id: 9,
  size: [12, 8],
  title: { vi: "Sự cố đang mở theo loại", en: "Open incidents by kind" },
  description: {
    vi: "Số sự cố đang mở theo loại, theo thời gian. Nhiều cổng cùng ngừng một lúc thường là một nguyên nhân chung hoặc trục trặc của điểm đo.",
    en: "Open incidents by kind, over time. Many portals down at once are mostly one common cause, or a fault of the vantage point.",
  },
  queries: [over("sum by (kind) (incidents_open)", same("{{kind}}"))],
  unit: "short",
  decimals: 0,
  min: 0,
  stacked: true,
  transformations: seriesNames(INCIDENT_KIND_WORDS),
});

const BY_CAUSE: Panel = lines({
  id: 10,
  size: [12, 8],
  title: {
    vi: "Cổng trong sự cố chung, theo nguyên nhân",
    en: "Portals in common causes, by cause",
  },
  description: {
    vi: "Số cổng nằm trong các sự cố chung đang mở, theo điều mà chúng có chung: địa chỉ, dải địa chỉ, máy chủ tên miền, cơ quan.",
    en: "Portals in open incidents with a common cause, by what they have in common: address, network, name servers, agency.",
  },
  queries: [over("sum by (cause) (incident_common_cause_portals)", same("{{cause}}"))],
  unit: "short",
  decimals: 0,
  min: 0,
  stacked: true,
  transformations: seriesNames(CAUSE_WORDS),
  noValue: { vi: "không có sự cố chung", en: "no common cause" },
});

const BY_SEVERITY: Panel = lines({
  id: 14,
  size: [24, 8],
  title: { vi: "Sự cố đang mở theo mức độ", en: "Open incidents by severity" },
  description: {
    vi: "Số sự cố đang mở theo mức độ khẩn cấp, theo thời gian.",
    en: "Open incidents by how urgent they are, over time.",
  },
  queries: [over("sum by (severity) (incidents_open)", same("{{severity}}"))],
  unit: "short",
  decimals: 0,
  min: 0,
  stacked: true,
  transformations: seriesNames(SEVERITY_LABEL_WORDS),
});

/** What is out now and why, over time, and what each agency came to. */
export const HEADLINE: readonly Panel[] = [OPEN, maintenance(4)];
export const BY_AGENCY: readonly Panel[] = [AGENCIES];
export const INCIDENTS: readonly Panel[] = [BY_KIND, BY_CAUSE, commonCauses(11, [24, 7])];
export const SEVERITIES: readonly Panel[] = [BY_SEVERITY];
