import { lines, stat } from "../../kit/kinds.ts";
import { YES_WORDS } from "../../kit/mappings.ts";
import type { Panel } from "../../kit/panel.ts";
import { now, over } from "../../kit/query.ts";
import { same } from "../../kit/text.ts";
import { NEUTRAL, SOME_ARE_BAD } from "../../kit/thresholds.ts";

const OURS = 'job=~"hatangso.*"';

const COST: Panel = lines({
  id: 11,
  size: [12, 8],
  title: { vi: "Mỗi lần Prometheus đọc mất bao lâu", en: "What a scrape takes" },
  description: {
    vi: "Thời gian Prometheus đọc mỗi điểm số liệu của dịch vụ. Tăng theo số cổng; gần thời hạn thì dữ liệu có lỗ hổng.",
    en: "How long Prometheus takes to read each of the service's endpoints. It grows with the portals; near the time limit there will be gaps.",
  },
  queries: [over(`scrape_duration_seconds{${OURS}}`, same("{{job}}"))],
  unit: "s",
  min: 0,
});

const SAMPLES: Panel = lines({
  id: 12,
  size: [12, 8],
  title: { vi: "Số chuỗi trong mỗi lần đọc", en: "Series in a scrape" },
  description: {
    vi: "Số mẫu mà mỗi điểm số liệu đưa ra. Giảm đột ngột là cổng hoặc số liệu đã mất khỏi danh sách.",
    en: "Samples that each endpoint exposes. A sudden fall means that portals or figures have gone from the register.",
  },
  queries: [over(`scrape_samples_scraped{${OURS}}`, same("{{job}}"))],
  unit: "short",
  min: 0,
});

const TARGETS: Panel = stat({
  id: 28,
  size: [12, 5],
  title: { vi: "Prometheus đọc được", en: "Prometheus can read" },
  description: {
    vi: "Lần đọc gần nhất của từng đích có thành công không.",
    en: "Whether the last scrape of each target went well.",
  },
  queries: [now('min by (job) (up{job=~"hatangso.*|prometheus|alertmanager"})', same("{{job}}"))],
  unit: "none",
  words: YES_WORDS,
  thresholds: NEUTRAL,
  colour: "tile",
});

const lost = (series: string) => `ceil(sum(increase(${series}[1h]))) or vector(0)`;

const LOST: Panel = stat({
  id: 29,
  size: [12, 5],
  title: {
    vi: "Lỗi của chính việc cảnh báo, một giờ qua",
    en: "Faults of alerting itself, last hour",
  },
  description: {
    vi: "Số lần tính quy tắc lỗi, số cảnh báo Prometheus đánh rơi và số thông báo Alertmanager gửi lỗi trong một giờ qua. Khác 0: cảnh báo có thể không tới.",
    en: "Rule evaluations that failed, alerts that Prometheus dropped and notifications that Alertmanager could not send within the last hour. Anything but 0: alerts may not arrive.",
  },
  queries: [
    now(lost("prometheus_rule_evaluation_failures_total"), { vi: "quy tắc", en: "rules" }),
    now(lost("prometheus_notifications_dropped_total"), { vi: "đánh rơi", en: "dropped" }),
    now(lost("alertmanager_notifications_failed_total"), { vi: "gửi lỗi", en: "not sent" }),
  ],
  unit: "none",
  decimals: 0,
  thresholds: SOME_ARE_BAD,
});

const RULES: Panel = lines({
  id: 30,
  size: [24, 8],
  title: { vi: "Tính các nhóm quy tắc mất bao lâu", en: "What the evaluation of rules takes" },
  description: {
    vi: "Thời gian tính mỗi nhóm quy tắc của dịch vụ ở lần gần nhất; phải ngắn hơn nhiều so với chu kỳ một phút.",
    en: "How long the last evaluation of each of the service's groups of rules took; it must stay far below their interval of a minute.",
  },
  queries: [
    over(
      'prometheus_rule_group_last_duration_seconds{rule_group=~".*hatangso.*"}',
      same("{{rule_group}}"),
    ),
  ],
  // The label is the path of the file, a semicolon and the name of the group.
  transformations: () => [
    { id: "renameByRegex", options: { regex: ".*;(.*)", renamePattern: "$1" } },
  ],
  unit: "s",
  min: 0,
});

/** What reading the service costs, and whether those who alert are well themselves. */
export const SCRAPES: readonly Panel[] = [COST, SAMPLES];
export const ALERTING: readonly Panel[] = [TARGETS, LOST, RULES];
