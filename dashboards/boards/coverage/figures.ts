import { joined } from "../../kit/columns.ts";
import { lines, stat, table } from "../../kit/kinds.ts";
import { CLICKED } from "../../kit/links.ts";
import type { Words } from "../../kit/mappings.ts";
import type { Panel } from "../../kit/panel.ts";
import { now, over, rows } from "../../kit/query.ts";
import { same } from "../../kit/text.ts";
import { COLOURS, NEUTRAL } from "../../kit/thresholds.ts";
import { COVERAGE_AGE_DAYS } from "../../limits.ts";
import { INDICATOR_WORDS } from "./indicator-names.ts";

const OF_COUNTRY = '{indicator="$indicator", level="country"}';

const RATIO: Panel = stat({
  id: 1,
  size: [4, 5],
  title: { vi: "Cả nước", en: "The country" },
  description: {
    vi: "Tỷ lệ của chỉ tiêu đã chọn trong số các xã đã báo cáo: tổng tử số trên tổng mẫu số, không phải trung bình của các tỷ lệ.",
    en: "Share of the chosen indicator over the communes that reported: sums over sums, not a mean of shares.",
  },
  queries: [now(`coverage_ratio${OF_COUNTRY}`)],
  unit: "percentunit",
  decimals: 1,
  thresholds: NEUTRAL,
});

const BOUNDS: Panel = stat({
  id: 2,
  size: [6, 5],
  title: { vi: "Cận dưới và cận trên", en: "Bounds" },
  description: {
    vi: "Tỷ lệ nếu mọi nơi chưa báo cáo đều bằng 0, và nếu đều bằng 1. Mục tiêu nằm giữa hai cận: chưa thể nói là đạt hay không.",
    en: "The share if everything missing were at 0, and if it were at 1. While a target lies between the two, nobody can say whether it is reached.",
  },
  queries: [
    now(`coverage_ratio_lower${OF_COUNTRY}`, { vi: "thấp nhất", en: "at least" }),
    now(`coverage_ratio_upper${OF_COUNTRY}`, { vi: "cao nhất", en: "at most" }),
  ],
  unit: "percentunit",
  decimals: 1,
  thresholds: NEUTRAL,
  colour: "none",
});

const REPORTED: Panel = stat({
  id: 3,
  size: [5, 5],
  title: { vi: "Xã đã báo cáo", en: "Communes that reported" },
  description: {
    vi: "Số xã (hoặc tỉnh, với chỉ tiêu do tỉnh báo cáo) có số liệu, trên số phải có. Xem tỉnh còn thiếu ở bảng bên dưới.",
    en: "Communes (or provinces, where those report) whose figures are in, and how many there are. The table below names the provinces that lack some.",
  },
  queries: [
    now(`coverage_reported_communes${OF_COUNTRY}`, { vi: "đã có", en: "in" }),
    now(`coverage_expected_communes${OF_COUNTRY}`, { vi: "phải có", en: "expected" }),
  ],
  unit: "none",
  decimals: 0,
  thresholds: NEUTRAL,
  colour: "none",
});

const AS_OF: Panel = stat({
  id: 4,
  size: [5, 5],
  title: { vi: "Số liệu cách đây", en: "Age of the figures" },
  description: {
    vi: `Số ngày kể từ ngày của số liệu mới nhất. Số liệu phải nộp hằng quý; cảnh báo khi quá ${COVERAGE_AGE_DAYS.warn} ngày.`,
    en: `Days since the day that the newest figures are true of. They are owed every quarter; an alert fires after ${COVERAGE_AGE_DAYS.warn} days.`,
  },
  queries: [now('(time() - coverage_as_of_timestamp_seconds{indicator="$indicator"}) / 86400')],
  unit: "d",
  decimals: 0,
  thresholds: {
    base: COLOURS.good,
    steps: [
      [COVERAGE_AGE_DAYS.warn, COLOURS.warn],
      [COVERAGE_AGE_DAYS.bad, COLOURS.bad],
    ],
  },
});

const ORIGIN: Words = new Map([
  [0, { text: { vi: "được báo cáo", en: "reported" }, colour: COLOURS.plain }],
  [1, { text: { vi: "GIẢ ĐỊNH để minh hoạ", en: "MADE UP" }, colour: COLOURS.warn }],
]);

const MADE_UP: Panel = stat({
  id: 5,
  size: [4, 5],
  title: { vi: "Số liệu này", en: "These figures are" },
  description: {
    vi: "Số liệu của chỉ tiêu có dựa trên nguồn giả định để minh hoạ hay không. Số giả định không nói gì về nơi nào.",
    en: "Whether the indicator's figures rest on a source that was made up for a demonstration. Made-up figures say nothing about any place.",
  },
  queries: [now('coverage_made_up{indicator="$indicator"}')],
  unit: "none",
  words: ORIGIN,
  thresholds: NEUTRAL,
  colour: "tile",
});

const TREND: Panel = lines({
  id: 10,
  size: [24, 8],
  title: { vi: "Theo thời gian, so với mục tiêu", en: "Over time, against targets" },
  description: {
    vi: "Tỷ lệ cả nước với hai cận, và các mục tiêu của chỉ tiêu này. Mã mục tiêu mang số văn bản; hạn và mức chắc chắn xem ở trang vùng phủ. Chuỗi này bắt đầu khi Prometheus bắt đầu; các kỳ trước nằm trong những bản công bố.",
    en: "The country's share with its bounds, and the targets for this indicator. A target's code carries the document; due day and certainty stand on the coverage page. The line begins when Prometheus did; earlier quarters are in the releases.",
  },
  queries: [
    over(`coverage_ratio${OF_COUNTRY}`, { vi: "tỷ lệ", en: "share" }),
    over(`coverage_ratio_lower${OF_COUNTRY}`, { vi: "thấp nhất", en: "at least" }),
    over(`coverage_ratio_upper${OF_COUNTRY}`, { vi: "cao nhất", en: "at most" }),
    over('coverage_target_ratio{indicator="$indicator"}', {
      vi: "mục tiêu {{target}}",
      en: "target {{target}}",
    }),
  ],
  unit: "percentunit",
  max: 1,
  interval: "5m",
});

const INDICATOR = { vi: "Chỉ tiêu", en: "Indicator" };

const ALL: Panel = table({
  id: 11,
  size: [24, 9],
  title: { vi: "Mọi chỉ tiêu", en: "All indicators" },
  description: {
    vi: "Tỷ lệ cả nước của mọi chỉ tiêu có số liệu, mục tiêu cao nhất của nó, và số xã đã báo cáo. Bấm tên để xem chỉ tiêu đó.",
    en: "The country's share of every indicator with figures, its highest target, and how many communes reported. A click on the name shows that indicator.",
  },
  queries: [
    rows('max by (indicator) (coverage_ratio{level="country"})'),
    rows('max by (indicator) (coverage_ratio_lower{level="country"})'),
    rows('max by (indicator) (coverage_ratio_upper{level="country"})'),
    rows(
      'max by (indicator) (coverage_target_ratio and on (indicator) coverage_ratio{level="country"})',
    ),
    rows(
      'max by (indicator) (coverage_reported_communes{level="country"} / (coverage_expected_communes{level="country"} > 0))',
    ),
    rows("max by (indicator) (coverage_made_up)"),
  ],
  unit: "percentunit",
  decimals: 1,
  thresholds: NEUTRAL,
  transformations: joined("indicator", [
    { field: "indicator", title: INDICATOR },
    { field: "Value #A", title: { vi: "Tỷ lệ", en: "Share" } },
    { field: "Value #B", title: { vi: "Thấp nhất", en: "At least" } },
    { field: "Value #C", title: { vi: "Cao nhất", en: "At most" } },
    { field: "Value #D", title: { vi: "Mục tiêu", en: "Target" } },
    { field: "Value #E", title: { vi: "Đã báo cáo", en: "Reported" } },
    { field: "Value #F", title: { vi: "Nguồn", en: "Figures" } },
  ]),
  overrides: [
    {
      of: INDICATOR,
      words: INDICATOR_WORDS,
      links: [
        {
          title: { vi: "Xem chỉ tiêu này", en: "Look at this indicator" },
          board: "coverage",
          variables: { indicator: CLICKED },
        },
        {
          title: { vi: "Trang vùng phủ", en: "The coverage page" },
          page: `/coverage?indicator=${CLICKED}`,
        },
      ],
      custom: { "custom.width": 380 },
    },
    { of: { vi: "Nguồn", en: "Figures" }, unit: "none", words: ORIGIN },
  ],
});

const OF_PROVINCE = '{indicator="$indicator", level="province", unit="$province"}';

const PROVINCE_TREND: Panel = lines({
  id: 12,
  size: [24, 8],
  title: { vi: "Tỉnh đã chọn theo thời gian", en: "The chosen province over time" },
  description: {
    vi: "Tỷ lệ của tỉnh đã chọn với hai cận. Giảm đột ngột thường là một lần nhập sai hơn là mất vùng phủ.",
    en: "The share of the chosen province with its bounds. A sudden fall is mostly a wrong import rather than lost coverage.",
  },
  queries: [
    over(`coverage_ratio${OF_PROVINCE}`, { vi: "tỷ lệ", en: "share" }),
    over(`coverage_ratio_lower${OF_PROVINCE}`, { vi: "thấp nhất", en: "at least" }),
    over(`coverage_ratio_upper${OF_PROVINCE}`, { vi: "cao nhất", en: "at most" }),
  ],
  unit: "percentunit",
  max: 1,
  interval: "5m",
});

const ONE: Panel = stat({
  id: 13,
  size: [24, 3],
  title: { vi: "Các mục tiêu của chỉ tiêu này", en: "Targets for this indicator" },
  description: {
    vi: "Mục tiêu của từng văn bản, đứng cạnh nhau: mã mang số văn bản và năm.",
    en: "What each document asks for, side by side: the code carries the document and the year.",
  },
  queries: [now('coverage_target_ratio{indicator="$indicator"}', same("{{target}}"))],
  unit: "percentunit",
  decimals: 0,
  thresholds: NEUTRAL,
  colour: "none",
  noValue: { vi: "không có mục tiêu nào", en: "there is no target" },
});

/** The chosen indicator as a number, with what is to be known beside it; and all of them. */
export const HEADLINE: readonly Panel[] = [RATIO, BOUNDS, REPORTED, AS_OF, MADE_UP, ONE];
export const TRENDS: readonly Panel[] = [TREND];
export const INDICATORS: readonly Panel[] = [ALL];
export const PROVINCE_TRENDS: readonly Panel[] = [PROVINCE_TREND];
