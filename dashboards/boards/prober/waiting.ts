import { lines } from "../../kit/kinds.ts";
import type { Panel } from "../../kit/panel.ts";
import { over } from "../../kit/query.ts";
import { same } from "../../kit/text.ts";

const SPOOL: Panel = lines({
  id: 18,
  size: [8, 8],
  title: { vi: "Kết quả chờ trên đĩa", en: "Results that wait on disk" },
  description: {
    vi: "Số kết quả chờ cơ sở dữ liệu. Tăng đều: cơ sở dữ liệu mất hoặc không kịp.",
    en: "Results that wait for the database. A steady rise: the database is lost or can't keep up.",
  },
  queries: [over("prober_spool_depth", { vi: "đang chờ", en: "waiting" })],
  unit: "short",
  min: 0,
});

const DROPPED: Panel = lines({
  id: 19,
  size: [8, 8],
  title: { vi: "Kết quả đã bỏ", en: "Results thrown away" },
  description: {
    vi: "Số kết quả bị bỏ vì chỗ chờ trên đĩa đầy, trong mỗi bước của biểu đồ. Bình thường là 0.",
    en: "Results thrown away within each step because the place on disk was full. It should be 0.",
  },
  queries: [
    over("sum(increase(prober_spool_dropped_total[$__rate_interval]))", {
      vi: "đã bỏ",
      en: "thrown away",
    }),
  ],
  unit: "short",
  min: 0,
});

const AGES: Panel = lines({
  id: 20,
  size: [8, 8],
  title: { vi: "Tuổi của thứ chờ lâu nhất", en: "Age of what waits longest" },
  description: {
    vi: "Tuổi của kết quả cũ nhất chờ trên đĩa và thông báo cũ nhất chờ gửi; 0 là không có gì chờ.",
    en: "Age of the oldest result on disk and of the oldest notification to be sent; 0 means that nothing waits.",
  },
  queries: [
    over("max(time() - prober_spool_oldest_timestamp_seconds) or vector(0)", {
      vi: "kết quả",
      en: "results",
    }),
    over("max(time() - notify_outbox_oldest_timestamp_seconds) or vector(0)", {
      vi: "thông báo",
      en: "notifications",
    }),
  ],
  unit: "s",
  min: 0,
});

const OUTBOX: Panel = lines({
  id: 21,
  size: [12, 8],
  title: { vi: "Thông báo chờ gửi và đã bỏ cuộc", en: "Notifications: waiting and given up" },
  description: {
    vi: "Số thông báo đang chờ gửi và số đã thử mãi không được. Nơi Prometheus báo sự cố thì thường là 0; bản tin và nhắc nộp số liệu vẫn đi đường này.",
    en: "Notifications that wait to be sent, and those that were given up. Where Prometheus tells of incidents it is mostly 0; digests and reminders still go this way.",
  },
  queries: [
    over("notify_outbox_pending", { vi: "đang chờ", en: "waiting" }),
    over("notify_outbox_dead", { vi: "đã bỏ cuộc", en: "given up" }),
  ],
  unit: "none",
  min: 0,
});

const SENT: Panel = lines({
  id: 22,
  size: [12, 8],
  title: { vi: "Đã gửi và lỗi, theo kênh", en: "Sent and failed, by channel" },
  description: {
    vi: "Số thông báo gửi được và số lần gửi lỗi trong mỗi bước của biểu đồ, theo kênh.",
    en: "Notifications that a channel took, and tries that failed, within each step of the lines.",
  },
  queries: [
    over("sum by (channel) (increase(notify_sent_total[$__rate_interval]))", {
      vi: "{{channel}} đã gửi",
      en: "{{channel}} sent",
    }),
    over("sum by (channel) (increase(notify_failed_total[$__rate_interval]))", {
      vi: "{{channel}} lỗi",
      en: "{{channel}} failed",
    }),
  ],
  unit: "short",
  min: 0,
  noValue: { vi: "không có kênh nào", en: "no channel is set up" },
});

const DATABASE: Panel = lines({
  id: 23,
  size: [24, 6],
  title: { vi: "Cơ sở dữ liệu trả lời", en: "The database answers" },
  description: {
    vi: "1 là trả lời, 0 là mất; trong lúc mất kết quả chờ trên đĩa.",
    en: "1 answers, 0 lost; meanwhile results wait on disk.",
  },
  queries: [over("min(database_reachable)", same("0 / 1"))],
  unit: "none",
  min: 0,
  max: 1,
});

/** What waits between the prober, the database and people. */
export const WAITING: readonly Panel[] = [SPOOL, DROPPED, AGES, OUTBOX, SENT, DATABASE];
