import { COVERAGE_AGE_DAYS, COVERAGE_FALL, REVIEW_DAYS } from "../limits.ts";
import type { RuleGroup } from "./rule.ts";

/** What is made up for a demonstration is told of nobody's coverage. */
const NOT_MADE_UP = "unless on (indicator) coverage_made_up == 1";

/** The register of coverage: work for days, not for nights. */
export const COVERAGE: RuleGroup = {
  name: "hatangso-coverage",
  interval: "5m",
  rules: [
    {
      alert: "CoverageBelowTarget",
      // Even if everything that is missing were covered: only then it is known.
      expr: `coverage_ratio_upper{level="country"} < on (indicator, level) group_right () coverage_target_ratio ${NOT_MADE_UP}`,
      for: "1d",
      severity: "info",
      category: "coverage",
      summary: {
        en: "Coverage is below what a target asks for.",
        vi: "Mức phủ thấp hơn mục tiêu.",
      },
      description: {
        en: "{{ $labels.indicator }} of the country is {{ $value | humanizePercentage }} at most, even if all that is missing were covered. The target {{ $labels.target }} asks for more; when it is due stands on the coverage page.",
        vi: "{{ $labels.indicator }} của cả nước cao nhất là {{ $value | humanizePercentage }}, kể cả khi phần còn thiếu đều được phủ. Mục tiêu {{ $labels.target }} yêu cầu cao hơn; thời hạn ghi ở trang vùng phủ.",
      },
      dashboard: "coverage",
    },
    {
      alert: "CoverageDataStale",
      expr: `(time() - coverage_as_of_timestamp_seconds) / 86400 > ${COVERAGE_AGE_DAYS.warn}`,
      for: "1h",
      severity: "warning",
      category: "coverage",
      summary: { en: "Coverage figures are old.", vi: "Số liệu vùng phủ đã cũ." },
      description: {
        en: `The newest figures of {{ $labels.indicator }} are {{ $value | humanize }} days old. They are owed every quarter; the limit is ${COVERAGE_AGE_DAYS.warn} days.`,
        vi: `Số liệu mới nhất của {{ $labels.indicator }} đã {{ $value | humanize }} ngày. Số liệu phải nộp hằng quý; giới hạn là ${COVERAGE_AGE_DAYS.warn} ngày.`,
      },
      dashboard: "coverage",
    },
    {
      alert: "CoverageRegression",
      expr: `(coverage_ratio{level=~"country|province"} offset 1w - coverage_ratio{level=~"country|province"} > ${COVERAGE_FALL}) ${NOT_MADE_UP}`,
      for: "1h",
      severity: "warning",
      category: "coverage",
      summary: {
        en: "A coverage figure fell within a week.",
        vi: "Một số liệu vùng phủ bị giảm trong một tuần.",
      },
      description: {
        en: "{{ $labels.indicator }} of {{ $labels.level }} {{ $labels.unit }} fell by {{ $value | humanizePercentage }} of the whole within a week: a wrong import, or a real loss.",
        vi: "{{ $labels.indicator }} của đơn vị {{ $labels.unit }} ({{ $labels.level }}) giảm {{ $value | humanizePercentage }} trên tổng số trong một tuần: nhập sai hoặc mất vùng phủ thật.",
      },
      dashboard: "coverage",
    },
    {
      alert: "CoverageReviewWaiting",
      expr: "coverage_imports_waiting > 0",
      for: `${REVIEW_DAYS}d`,
      severity: "warning",
      category: "coverage",
      summary: {
        en: "Held coverage figures wait for a person.",
        vi: "Số liệu vùng phủ bị giữ lại đang chờ người duyệt.",
      },
      description: {
        en: `Rows of {{ $value }} files were held for review, and for ${REVIEW_DAYS} days there were always some.`,
        vi: `Dòng số liệu của {{ $value }} tệp đang chờ duyệt, và ${REVIEW_DAYS} ngày qua lúc nào cũng còn tồn.`,
      },
      dashboard: "coverage",
    },
  ],
};
