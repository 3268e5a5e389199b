import { stat } from "../../kit/kinds.ts";
import { wordsOf } from "../../kit/label-words.ts";
import { YES_WORDS } from "../../kit/mappings.ts";
import type { Panel } from "../../kit/panel.ts";
import { now } from "../../kit/query.ts";
import { seriesNames } from "../../kit/series-names.ts";
import { same } from "../../kit/text.ts";
import { atMost, NEUTRAL } from "../../kit/thresholds.ts";
import { LAG_SECONDS, WAITING_SECONDS } from "../../limits.ts";
import { FAMILY_WORDS } from "../../parts/words.ts";

const TOLD_BY = wordsOf({
  channels: { vi: "kênh của dịch vụ", en: "the service's channels" },
  prometheus: { vi: "Prometheus và Alertmanager", en: "Prometheus and Alertmanager" },
});

const TELLS: Panel = stat({
  id: 1,
  size: [6, 4],
  title: { vi: "Ai báo sự cố, phiên bản", en: "Who tells of incidents, version" },
  description: {
    vi: "Sự cố được báo qua kênh của dịch vụ hoặc qua Prometheus, không bao giờ cả hai (INCIDENTS_TOLD_BY). Nơi có bảng này và các quy tắc cảnh báo thì phải là Prometheus.",
    en: "Incidents are told by the service's own channels or by Prometheus, never by both (INCIDENTS_TOLD_BY). Where these rules are loaded it has to be Prometheus.",
  },
  queries: [now("hatangso_info", same("{{told_by}}, {{version}}"))],
  unit: "none",
  thresholds: NEUTRAL,
  colour: "none",
  show: "name",
  transformations: seriesNames(TOLD_BY),
});

const VANTAGE: Panel = stat({
  id: 2,
  size: [6, 4],
  title: { vi: "Điểm đo tới được Internet", en: "This place reaches the Internet" },
  description: {
    vi: "Điểm đo có tới được các điểm neo qua từng họ địa chỉ không. Khi không: mọi lượt đo qua họ đó là không rõ, không cổng nào bị coi là ngừng.",
    en: "Whether the vantage point reaches its anchors over each address family. While it does not, runs over that family are unknown and no portal counts as down.",
  },
  queries: [
    now("prober_vantage_healthy", {
      vi: "{{family}} từ {{vantage}}",
      en: "{{family}} from {{vantage}}",
    }),
  ],
  unit: "none",
  words: YES_WORDS,
  transformations: seriesNames(FAMILY_WORDS),
  thresholds: NEUTRAL,
  colour: "tile",
});

const LAG: Panel = stat({
  id: 3,
  size: [4, 4],
  title: { vi: "Trễ lịch (99 %)", en: "Behind schedule (99 %)" },
  description: {
    vi: "99 trên 100 lượt đo bắt đầu trễ không quá chừng này so với lịch.",
    en: "99 of 100 runs begin at most this much after their time.",
  },
  queries: [
    now(
      "histogram_quantile(0.99, sum by (le) (rate(prober_schedule_lag_seconds_bucket[$__rate_interval])))",
    ),
  ],
  unit: "s",
  decimals: 2,
  thresholds: atMost(LAG_SECONDS),
});

const DATABASE: Panel = stat({
  id: 4,
  size: [3, 4],
  title: { vi: "Cơ sở dữ liệu", en: "Database answers" },
  description: {
    vi: "Cơ sở dữ liệu có trả lời lần gần nhất không. Khi không, kết quả chờ trên đĩa và không mất.",
    en: "Whether the database answered last time. While it does not, results wait on disk and are not lost.",
  },
  queries: [now("min(database_reachable)")],
  unit: "none",
  words: YES_WORDS,
  thresholds: NEUTRAL,
  colour: "tile",
});

const WAITING: Panel = stat({
  id: 5,
  size: [5, 4],
  title: { vi: "Chờ lâu nhất", en: "Waits longest" },
  description: {
    vi: "Tuổi của kết quả cũ nhất đang chờ trên đĩa và của thông báo cũ nhất đang chờ gửi; 0 là không có gì chờ.",
    en: "Age of the oldest result that waits on disk, and of the oldest notification that waits to be sent; 0 means that nothing waits.",
  },
  queries: [
    now("max(time() - prober_spool_oldest_timestamp_seconds) or vector(0)", {
      vi: "kết quả",
      en: "results",
    }),
    now("max(time() - notify_outbox_oldest_timestamp_seconds) or vector(0)", {
      vi: "thông báo",
      en: "notifications",
    }),
  ],
  unit: "s",
  decimals: 0,
  thresholds: atMost(WAITING_SECONDS),
});

/** Whether the prober can be believed, at a glance. */
export const HEADLINE: readonly Panel[] = [TELLS, VANTAGE, LAG, DATABASE, WAITING];
