import { COLOURED_CELL } from "../kit/cells.ts";
import { joined } from "../kit/columns.ts";
import { table } from "../kit/kinds.ts";
import { CLICKED } from "../kit/links.ts";
import type { Words } from "../kit/mappings.ts";
import type { Panel } from "../kit/panel.ts";
import { rows } from "../kit/query.ts";
import type { Text } from "../kit/text.ts";
import { COLOURS, type Steps } from "../kit/thresholds.ts";

const TARGET: Text = { vi: "Mục tiêu", en: "Target" };
const INDICATOR: Text = { vi: "Chỉ tiêu", en: "Indicator" };
const REACHED: Text = { vi: "Đạt được", en: "Reached" };
const GOAL: Text = { vi: "Cần đạt", en: "Goal" };
const GAP: Text = { vi: "Chênh lệch", en: "Difference" };
const ORIGIN: Text = { vi: "Nguồn", en: "Figures" };

/** At the goal or above; below it, how far is for people to weigh. */
const REACHED_OR_NOT: Steps = { base: COLOURS.warn, steps: [[0, COLOURS.good]] };

const ORIGIN_WORDS: Words = new Map([
  [0, { text: { vi: "được báo cáo", en: "reported" }, colour: COLOURS.plain }],
  [1, { text: { vi: "giả định", en: "made up" }, colour: COLOURS.warn }],
]);

/** Each national target against what is reached in the country or in the chosen province. */
export function coverageTargets(
  scope: "country" | "province",
  size: readonly [number, number],
): Panel {
  const unit = scope === "country" ? 'level="country"' : 'level="province", unit="$province"';
  // One row per target: several targets may ask for shares of one indicator.
  const ofTarget = (series: string) =>
    `coverage_target_ratio * 0 + on (indicator) group_left () ${series}`;
  const ratio = ofTarget(`coverage_ratio{${unit}}`);
  return table({
    id: 11,
    size,
    title: { vi: "Phủ sóng so với mục tiêu", en: "Coverage against target" },
    description: {
      vi: "Mỗi dòng là một mục tiêu quốc gia đặt ra cho một tỷ lệ; mã mục tiêu mang số văn bản và năm. Chênh lệch âm là chưa đạt. Văn bản gốc và mức chắc chắn của từng mục tiêu: bấm chỉ tiêu để mở trang phủ sóng. Tỉnh được so với mục tiêu của cả nước.",
      en: "Each row is a national target for a share; its code carries the document and the year. A negative difference is not reached. The document and how certain each target is: a click on the indicator opens the coverage page. A province is compared with the country's target.",
    },
    queries: [
      rows(`sum by (target, indicator) (${ratio})`),
      rows(`sum by (target) (coverage_target_ratio and on (indicator) coverage_ratio{${unit}})`),
      rows(`sum by (target) (${ratio} - coverage_target_ratio)`),
      rows(`sum by (target) (${ofTarget("coverage_made_up")})`),
    ],
    unit: "percentunit",
    decimals: 1,
    transformations: joined("target", [
      { field: "indicator", title: INDICATOR },
      { field: "Value #A", title: REACHED },
      { field: "Value #B", title: GOAL },
      { field: "Value #C", title: GAP },
      { field: "target", title: TARGET },
      { field: "Value #D", title: ORIGIN },
    ]),
    overrides: [
      {
        of: INDICATOR,
        links: [
          {
            title: { vi: "Trang phủ sóng", en: "The coverage page" },
            page: `/coverage?indicator=${CLICKED}`,
          },
        ],
      },
      { of: GAP, thresholds: REACHED_OR_NOT, custom: COLOURED_CELL },
      { of: ORIGIN, words: ORIGIN_WORDS, unit: "none" },
    ],
    sortBy: { column: GAP },
  });
}
