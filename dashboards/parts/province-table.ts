import { COLOURED_CELL, wide } from "../kit/cells.ts";
import { joined } from "../kit/columns.ts";
import { table } from "../kit/kinds.ts";
import { cell } from "../kit/links.ts";
import type { Override, Panel } from "../kit/panel.ts";
import { rows } from "../kit/query.ts";
import type { Text } from "../kit/text.ts";
import { SOME_ARE_BAD, SOME_ARE_WARN, type Steps } from "../kit/thresholds.ts";
import { HTTPS_SHARE, IPV6_SHARE, UP_SHARE } from "../limits.ts";
import { share, upShare } from "./scope.ts";
import { shareColumn } from "./share-column.ts";

const NAME: Text = { vi: "Tỉnh, thành phố", en: "Province" };
const CODE: Text = { vi: "Mã", en: "Code" };
const PORTALS: Text = { vi: "Số cổng", en: "Portals" };
const UP: Text = { vi: "Hoạt động", en: "Up" };
const DEGRADED: Text = { vi: "Suy giảm", en: "Degraded" };
const DOWN: Text = { vi: "Ngừng", en: "Down" };
const LEVEL3: Text = { vi: "IPv6 từ L3", en: "IPv6 L3+" };
const LEVEL4: Text = { vi: "IPv6 từ L4", en: "IPv6 L4+" };
const HTTPS: Text = { vi: "HTTPS A, B", en: "HTTPS A, B" };
const INCIDENTS: Text = { vi: "Sự cố mở", en: "Open incidents" };
const BELOW: Text = { vi: "Chỉ tiêu chưa đạt", en: "Indicators below target" };

const COLUMNS = [
  { field: "name", title: NAME },
  { field: "province", title: CODE },
  { field: "Value #B", title: PORTALS },
  { field: "Value #C", title: UP },
  { field: "Value #D", title: DEGRADED },
  { field: "Value #E", title: DOWN },
  { field: "Value #F", title: LEVEL3 },
  { field: "Value #G", title: LEVEL4 },
  { field: "Value #H", title: HTTPS },
  { field: "Value #I", title: INCIDENTS },
  { field: "Value #J", title: BELOW },
];

const count = (what: string) => `sum by (province) (agency:${what}:count{province!=""})`;

/** Where there is none, 0: a province without incidents is not one without data. */
const INCIDENTS_BY_PROVINCE = `count by (province) (portal_incident_open * on (portal) group_left (province) portal_info{province!=""}) or ${count("portals")} * 0`;

/** Of several targets for one indicator, the strictest. */
const BELOW_TARGET =
  'sum by (province) ((coverage_ratio{level="province"} < bool on (indicator) group_left () max by (indicator) (coverage_target_ratio)) * on (unit) group_left (province) coverage_unit_info{level="province"})';

const QUERIES = [
  'max by (province, name) (coverage_unit_info{level="province"})',
  count("portals"),
  upShare(count),
  count("portals_degraded"),
  count("portals_down"),
  share(count("portals_level3"), count("portals_with_level")),
  share(count("portals_level4"), count("portals_with_level")),
  share(count("portals_grade_ab"), count("portals_with_grade")),
  INCIDENTS_BY_PROVINCE,
  BELOW_TARGET,
];

function countColumn(of: Text, thresholds: Steps): Override {
  return { of, thresholds, custom: COLOURED_CELL };
}

/** A row per province; those of which nothing is known have a row too, with empty cells. */
export function provinceTable(): Panel {
  return table({
    id: 12,
    size: [16, 12],
    title: { vi: "Các tỉnh, thành phố", en: "Provinces" },
    description: {
      vi: "Các tỉnh có nhiều cổng ngừng nhất đứng trước. Tỷ lệ tính như các ô phía trên, trên các cổng thuộc tỉnh; cổng của cơ quan trung ương không thuộc tỉnh nào. “Chỉ tiêu chưa đạt” đếm các chỉ tiêu phủ sóng thấp hơn mục tiêu quốc gia cao nhất. Ô trống: chưa có số liệu. Bấm tên để mở tỉnh.",
      en: "Provinces with the most portals down come first. Shares are those of the tiles above, over the province's portals; portals of national bodies are in no province. Indicators below target counts coverage indicators under the highest national target. An empty cell: no data yet. A click on the name opens the province.",
    },
    queries: QUERIES.map((expr) => rows(expr)),
    unit: "none",
    decimals: 0,
    transformations: joined("province", COLUMNS),
    overrides: [
      {
        of: NAME,
        custom: wide(190),
        links: [
          {
            title: { vi: "Xem tỉnh", en: "Open the province" },
            board: "province",
            variables: { province: cell("province") },
          },
        ],
      },
      { of: CODE, custom: wide(60) },
      shareColumn(UP, UP_SHARE),
      countColumn(DEGRADED, SOME_ARE_WARN),
      countColumn(DOWN, SOME_ARE_BAD),
      shareColumn(LEVEL3, IPV6_SHARE),
      shareColumn(LEVEL4, IPV6_SHARE),
      shareColumn(HTTPS, HTTPS_SHARE),
      countColumn(INCIDENTS, SOME_ARE_WARN),
      countColumn(BELOW, SOME_ARE_WARN),
    ],
    sortBy: { column: DOWN, descending: true },
  });
}
