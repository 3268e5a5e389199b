import { COLOURED_CELL } from "../../kit/cells.ts";
import { joined } from "../../kit/columns.ts";
import { bars, lines, stat, table } from "../../kit/kinds.ts";
import type { Panel } from "../../kit/panel.ts";
import { now, over, rows } from "../../kit/query.ts";
import type { Text } from "../../kit/text.ts";
import { COLOURS, type Steps } from "../../kit/thresholds.ts";
import { AVAILABILITY_GOAL, BURNS } from "../../limits.ts";

/** What the goal leaves: this share of results may be bad; without the noise of binary fractions. */
const BUDGET = Number((1 - AVAILABILITY_GOAL).toFixed(6));

const decimal = (value: number) => String(value).replace(".", ",");

const PERCENT = Number((AVAILABILITY_GOAL * 100).toFixed(3));

/**
 * Mean share of bad results over thirty days: the shares of five minutes side by side, so that a query reads 8,640 values
 * per line and not a month of every portal's counters.
 */
const badWithin30Days = (who: "national" | "province") =>
  `avg_over_time(${who}:probe_bad:ratio_rate5m${who === "province" ? '{province!=""}' : ""}[30d:5m])`;

const left = (who: "national" | "province") => `1 - ${badWithin30Days(who)} / ${BUDGET}`;

/** Spent is bad, a quarter left a warning. */
const BUDGET_STEPS: Steps = {
  base: COLOURS.bad,
  steps: [
    [0, COLOURS.warn],
    [0.25, COLOURS.good],
  ],
};

const AVAILABLE: Panel = stat({
  id: 1,
  size: [6, 4],
  title: { vi: "Sẵn sàng trong 30 ngày", en: "Availability over 30 days" },
  description: {
    vi: `Tỷ lệ kết quả tốt trong 30 ngày của mọi cổng, bảo trì và những lần không kết luận được không tính. Mục tiêu ${decimal(PERCENT)} %. Khi Prometheus chưa chạy đủ 30 ngày: từ lúc bắt đầu.`,
    en: `Share of good results of all portals within 30 days; maintenance and runs that could not tell are left out. The goal is ${PERCENT} %. While Prometheus has run for less: since its beginning.`,
  },
  queries: [now(`1 - ${badWithin30Days("national")}`)],
  unit: "percentunit",
  decimals: 2,
  thresholds: { base: COLOURS.bad, steps: [[AVAILABILITY_GOAL, COLOURS.good]] },
  colour: "tile",
});

const LEFT: Panel = stat({
  id: 2,
  size: [6, 4],
  title: { vi: "Ngân sách lỗi còn lại", en: "Error budget left" },
  description: {
    vi: `Mục tiêu ${decimal(PERCENT)} % cho phép một phần nhỏ kết quả xấu trong 30 ngày; đây là phần còn lại của nó. Dưới 0 là đã dùng quá.`,
    en: `A goal of ${PERCENT} % leaves a small share of results to be bad within 30 days; this much of it is left. Below zero it is overspent.`,
  },
  queries: [now(left("national"))],
  unit: "percentunit",
  decimals: 0,
  thresholds: BUDGET_STEPS,
});

interface Burn {
  readonly factor: number;
  readonly long: string;
  readonly short: string;
}

/** All windows that alerts look at, the shortest first. */
const ALL_BURNS: readonly Burn[] = [...BURNS.fast, ...BURNS.province, ...BURNS.national];

const burn = (who: "national" | "province", window: string) =>
  `${who}:probe_bad:ratio_rate${window} / ${BUDGET}`;

const within = (window: string): Text => {
  const [, count = "", unit = ""] = /^(\d+)([hd])$/.exec(window) ?? [];
  const word = { vi: unit === "h" ? "giờ" : "ngày", en: unit };
  return { vi: `${count} ${word.vi}`, en: `${count} ${word.en}` };
};

const limitsOf = (burns: readonly Burn[]): Text => ({
  vi: burns.map(({ factor, long }) => `${within(long).vi}: ${decimal(factor)}`).join("; "),
  en: burns.map(({ factor, long }) => `${within(long).en}: ${factor}`).join("; "),
});

/** The short windows are asked of provinces only, the long ones of the country only. */
const OF_PROVINCE = limitsOf([...BURNS.fast, ...BURNS.province]);
const OF_COUNTRY = limitsOf(BURNS.national);

const BURN_NOW: Panel = bars({
  id: 5,
  size: [10, 8],
  title: { vi: "Tốc độ tiêu ngân sách lỗi", en: "How fast the budget burns" },
  description: {
    vi: `Bội số so với tốc độ vừa hết ngân sách sau 30 ngày, tính trên từng khoảng thời gian, cho cả nước. Cảnh báo khi cả nước vượt: ${OF_COUNTRY.vi}; khi một tỉnh vượt: ${OF_PROVINCE.vi}.`,
    en: `As a multiple of the pace that would spend the budget in exactly 30 days, over each window, for the country. Alerts fire when the country is above: ${OF_COUNTRY.en}; when a province is above: ${OF_PROVINCE.en}.`,
  },
  queries: ALL_BURNS.map(({ long }) => now(burn("national", long), within(long))),
  unit: "none",
  decimals: 2,
  min: 0,
  thresholds: {
    base: COLOURS.good,
    steps: [
      [1, COLOURS.warn],
      [BURNS.fast[0].factor, COLOURS.bad],
    ],
  },
});

const BURN_OVER_TIME: Panel = lines({
  id: 6,
  size: [14, 8],
  title: { vi: "Tốc độ tiêu theo thời gian", en: "Burn over time" },
  description: {
    vi: `Cùng các bội số theo thời gian; 1 là vừa hết ngân sách sau 30 ngày. Cảnh báo khi cả nước vượt: ${OF_COUNTRY.vi}.`,
    en: `The same multiples over time; 1 spends the budget in exactly 30 days. Alerts fire when the country is above: ${OF_COUNTRY.en}.`,
  },
  queries: ALL_BURNS.map(({ long }) => over(burn("national", long), within(long))),
  unit: "none",
  min: 0,
});

const LEFT_OVER_TIME: Panel = lines({
  id: 12,
  size: [24, 8],
  title: { vi: "Ngân sách lỗi còn lại theo thời gian", en: "Error budget left over time" },
  description: {
    vi: "Phần ngân sách còn lại của 30 ngày trước mỗi thời điểm; tụt dốc đứng là một sự cố lớn, tụt đều là nhiều lỗi nhỏ.",
    en: "What is left of the budget of the 30 days before each moment; a steep fall is one big outage, a steady one many small faults.",
  },
  queries: [over(left("national"), { vi: "còn lại", en: "left" })],
  unit: "percentunit",
  points: 100,
});

const NAME = { vi: "Tỉnh, thành phố", en: "Province" };
const LEFT_TITLE = { vi: "Ngân sách còn lại", en: "Budget left" };

const PROVINCES: Panel = table({
  id: 7,
  size: [12, 10],
  title: { vi: "Ngân sách lỗi theo tỉnh", en: "Error budget by province" },
  description: {
    vi: `Phần ngân sách lỗi 30 ngày còn lại và tốc độ tiêu của từng tỉnh. Tỉnh có ít cổng thì một cổng ngừng đã tiêu nhiều. Cảnh báo khi tốc độ của một tỉnh có đủ cổng vượt: ${OF_PROVINCE.vi}.`,
    en: `What is left of each province's error budget of 30 days, and how fast it burns. Where there are few portals, a single one that is down spends much. Alerts fire when a province with enough portals is above: ${OF_PROVINCE.en}.`,
  },
  queries: [
    rows(left("province")),
    rows(burn("province", '1h{province!=""}')),
    rows(burn("province", '6h{province!=""}')),
    rows(
      'max by (province, name) (coverage_unit_info{level="province"} and on (province) province:probe_bad:ratio_rate1h)',
    ),
  ],
  unit: "none",
  decimals: 2,
  transformations: joined("province", [
    { field: "province", title: { vi: "Mã", en: "Code" } },
    { field: "name", title: NAME },
    { field: "Value #A", title: LEFT_TITLE },
    { field: "Value #B", title: { vi: "Tốc độ 1 giờ", en: "Burn, 1 h" } },
    { field: "Value #C", title: { vi: "Tốc độ 6 giờ", en: "Burn, 6 h" } },
  ]),
  sortBy: { column: LEFT_TITLE },
  overrides: [
    {
      of: NAME,
      links: [
        {
          title: { vi: "Xem tỉnh này", en: "Look at this province" },
          board: "province",
          variables: { province: "${__data.fields.province}" },
        },
      ],
    },
    {
      of: LEFT_TITLE,
      unit: "percentunit",
      decimals: 0,
      thresholds: BUDGET_STEPS,
      custom: COLOURED_CELL,
    },
  ],
});

const UP: Panel = lines({
  id: 13,
  size: [24, 8],
  title: { vi: "Tỷ lệ cổng hoạt động", en: "Share of portals up" },
  description: {
    vi: "Tỷ lệ cổng hoạt động trên mọi họ địa chỉ mà cổng công bố, trong số các cổng biết được trạng thái.",
    en: "Share of portals that are up over every address family they publish, among those whose state is known.",
  },
  queries: [over("national:portals_up:ratio", { vi: "hoạt động", en: "up" })],
  unit: "percentunit",
  max: 1,
});

/** How much may still fail, now, where and how fast. */
export const HEADLINE: readonly Panel[] = [AVAILABLE, LEFT];
export const BURNING: readonly Panel[] = [BURN_NOW, BURN_OVER_TIME];
export const BY_PROVINCE: readonly Panel[] = [PROVINCES];
export const HISTORY: readonly Panel[] = [LEFT_OVER_TIME, UP];
