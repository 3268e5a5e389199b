import { AVAILABILITY_GOAL, BURNS } from "../limits.ts";
import { unlessInDoubt } from "./doubt.ts";
import { PROVINCE } from "./in-words.ts";
import type { Recording, RuleGroup } from "./rule.ts";

/** What the goal leaves: this share of results may be bad. */
const BUDGET = 1 - AVAILABILITY_GOAL;

interface Burn {
  readonly factor: number;
  readonly long: string;
  readonly short: string;
}

const RESULTS = "province_probe_results_total";

/** Where no run could tell there is no share: one that is not a number would spoil every mean over it for a month. */
const provinceRate = (window: string): Recording => ({
  record: `province:probe_bad:ratio_rate${window}`,
  expr: `sum by (province) (rate(${RESULTS}{result="bad"}[${window}])) / (sum by (province) (rate(${RESULTS}[${window}])) > 0)`,
  help: `Share of bad results per province within ${window}; the one without a province are national bodies`,
});

const nationalRate = (window: string): Recording => ({
  record: `national:probe_bad:ratio_rate${window}`,
  expr: `sum(rate(${RESULTS}{result="bad"}[${window}])) / (sum(rate(${RESULTS}[${window}])) > 0)`,
  help: `Share of bad results in the country within ${window}`,
});

/** One portal that is down must not burn the budget of all: of fewer portals nothing is said, PortalDown speaks. */
const portalsFor = (factor: number) => Math.ceil(1 / (factor * BUDGET));

/** Rounded to what a person would write: 14.4 × 0.005 is not 0.072 in binary. */
const limitOf = (factor: number) => Number((factor * BUDGET).toFixed(6));

function provinceBurn({ factor, long, short }: Burn): string {
  const above = (window: string) =>
    `province:probe_bad:ratio_rate${window}{province!=""} > ${limitOf(factor)}`;
  return [
    `(${above(long)} and on (province) ${above(short)}`,
    `and on (province) sum by (province) (agency:portals:count) >= ${portalsFor(factor)}`,
    // CommonCauseOutage has told it.
    `unless on (province) max_over_time(portal:incident_in_common_cause:max[${short}]))`,
    unlessInDoubt(short),
  ].join(" ");
}

function nationalBurn({ factor, long, short }: Burn): string {
  const above = (window: string) => `national:probe_bad:ratio_rate${window} > ${limitOf(factor)}`;
  return [
    `(${above(long)} and on () ${above(short)}`,
    `and on () sum(agency:portals:count) >= ${portalsFor(factor)})`,
    unlessInDoubt(short),
  ].join(" ");
}

const PERCENT = `${Number((AVAILABILITY_GOAL * 100).toFixed(3))}`;

const GOAL = { vi: PERCENT.replace(".", ","), en: PERCENT };

/** How fast the error budgets of provinces and the country burn, on counters: never per portal, which has too few runs. */
export const SLO: RuleGroup = {
  name: "hatangso-slo",
  interval: "1m",
  rules: [
    ...["5m", "30m", "1h", "6h"].map(provinceRate),
    ...["5m", "1h", "2h", "6h", "1d", "3d"].map(nationalRate),
    {
      alert: "ProvinceSloFastBurn",
      expr: BURNS.fast.map(provinceBurn).join(" or "),
      for: "2m",
      keepFiringFor: "5m",
      severity: "critical",
      category: "slo",
      summary: {
        en: "A province's portals fail far more often than the goal allows.",
        vi: "Các cổng của một tỉnh lỗi nhiều hơn hẳn mức mục tiêu cho phép.",
      },
      description: {
        en: `{{ $value | humanizePercentage }} of the results of province ${PROVINCE} were bad within the last hour, and still are. The goal is ${GOAL.en} %: a month's error budget would last two days.`,
        vi: `{{ $value | humanizePercentage }} kết quả của tỉnh ${PROVINCE} là lỗi trong một giờ qua và vẫn còn lỗi. Mục tiêu là ${GOAL.vi} %: ngân sách lỗi của cả tháng sẽ hết trong hai ngày.`,
      },
      dashboard: "province",
      chosen: "province",
    },
    {
      alert: "PortalSloSlowBurn",
      expr: [...BURNS.province.map(provinceBurn), ...BURNS.national.map(nationalBurn)].join(" or "),
      for: "15m",
      keepFiringFor: "15m",
      severity: "warning",
      category: "slo",
      summary: {
        en: "Portals fail more often than the goal allows.",
        vi: "Các cổng lỗi nhiều hơn mức mục tiêu cho phép.",
      },
      description: {
        en: `{{ $value | humanizePercentage }} of the results {{ if $labels.province }}of province ${PROVINCE}{{ else }}in the country{{ end }} were bad over hours or days, and still are. The goal is ${GOAL.en} %.`,
        vi: `{{ $value | humanizePercentage }} kết quả {{ if $labels.province }}của tỉnh ${PROVINCE}{{ else }}cả nước{{ end }} là lỗi trong nhiều giờ hoặc nhiều ngày và vẫn còn lỗi. Mục tiêu là ${GOAL.vi} %.`,
      },
      dashboard: "slo",
    },
  ],
};
