import { lines } from "../../kit/kinds.ts";
import { over } from "../../kit/query.ts";
import { seriesNames } from "../../kit/series-names.ts";
import { same } from "../../kit/text.ts";
import { FAMILY_WORDS, OUTCOME_WORDS, REASON_WORDS } from "../../parts/words.ts";
import { OF_INSTANCE } from "./chosen.ts";

/** What runs came to, and why they failed. */
export const FAILURES = [
  lines({
    id: 50,
    size: [12, 8],
    title: { vi: "Lượt hỏng theo nguyên nhân", en: "Failures by reason" },
    description: {
      vi: "Số lượt hỏng mỗi phút theo nhóm nguyên nhân, cả hai họ địa chỉ. Lượt hỏng đầu tiên của một nguyên nhân chưa hiện: bộ đếm bắt đầu từ đó.",
      en: "Failed runs per minute by group of reasons, over both families. The very first failure of a reason does not show: its counter begins with it.",
    },
    queries: [
      over(
        `sum by (reason) (rate(probe_failures_total{${OF_INSTANCE}}[$__rate_interval])) * 60`,
        same("{{reason}}"),
      ),
    ],
    transformations: seriesNames(REASON_WORDS),
    unit: "none",
    decimals: 2,
    min: 0,
    stacked: true,
    noValue: { vi: "không có lượt nào hỏng", en: "no run failed" },
  }),
  lines({
    id: 51,
    size: [12, 8],
    title: { vi: "Kết quả các lượt đo", en: "Outcomes of runs" },
    description: {
      vi: "Số lượt mỗi phút theo kết quả. “Không rõ” và “bỏ qua” không tính cho cổng: điểm đo không kết luận được.",
      en: "Runs per minute by outcome. Unknown and skipped do not count against the portal: the vantage point could not tell.",
    },
    queries: [
      over(
        `sum by (outcome) (rate(probe_results_total{${OF_INSTANCE}}[$__rate_interval])) * 60`,
        same("{{outcome}}"),
      ),
    ],
    transformations: seriesNames(OUTCOME_WORDS),
    unit: "none",
    decimals: 2,
    min: 0,
    stacked: true,
  }),
  lines({
    id: 52,
    size: [12, 8],
    title: { vi: "Mã trạng thái HTTP", en: "HTTP status code" },
    description: {
      vi: "Mã trạng thái của câu trả lời cuối cùng, 0 khi không có, theo họ địa chỉ.",
      en: "Status code of the last answer, 0 without one, over each family.",
    },
    queries: [over(`max by (family) (probe_http_status_code{${OF_INSTANCE}})`, same("{{family}}"))],
    transformations: seriesNames(FAMILY_WORDS),
    unit: "none",
    decimals: 0,
    min: 0,
  }),
];
