import { SCRAPE_SHARE, WAITING_SECONDS } from "../limits.ts";
import type { RuleGroup } from "./rule.ts";

const JOBS = ["hatangso", "hatangso-portals", "hatangso-coverage"];
const OURS = 'job=~"hatangso|hatangso-portals|hatangso-coverage"';

/** The regular jobs of the service; each runs several times a day, also where there is nothing to do. */
export const REGULAR_JOBS = [
  "partitions",
  "rollup",
  "upkeep",
  "checkpoint",
  "pack",
  "digest",
  "inbox",
  "reminders",
] as const;

/** The first failure of a new process makes a series, which is no increase of one. */
const FAILED =
  '(increase(job_runs_total{outcome="failed"}[6h]) > 0 or (job_runs_total{outcome="failed"} unless job_runs_total{outcome="failed"} offset 6h))';

/** Refused scrapes are counted by Prometheus; how near the limits are it tells with `--enable-feature=extra-scrape-metrics`. */
const NEAR_LIMIT = [
  `scrape_duration_seconds{${OURS}} / scrape_timeout_seconds{${OURS}} > ${SCRAPE_SHARE}`,
  `scrape_samples_scraped{${OURS}} / (scrape_sample_limit{${OURS}} > 0) > ${SCRAPE_SHARE}`,
  `scrape_body_size_bytes{${OURS}} < 0`,
].join(" or ");

/** The service as a program: scraped, with its database, its jobs and its messages. */
export const SERVICE: RuleGroup = {
  name: "hatangso-service",
  interval: "30s",
  rules: [
    {
      alert: "ServiceDown",
      expr: 'up{job=~"hatangso|hatangso-portals|hatangso-coverage|prometheus|alertmanager"} == 0',
      for: "2m",
      keepFiringFor: "1m",
      severity: "critical",
      category: "prober",
      summary: {
        en: "A part of the monitoring can't be scraped.",
        vi: "Không thu thập được số đo của một thành phần giám sát.",
      },
      description: {
        en: "Prometheus gets no metrics of the job {{ $labels.job }} from {{ $labels.instance }}. What was known of portals is kept until it is back.",
        vi: "Prometheus không lấy được số đo của {{ $labels.job }} từ {{ $labels.instance }}. Tình trạng đã biết của các cổng được giữ nguyên cho đến khi có lại.",
      },
      dashboard: "prober",
    },
    {
      alert: "ServiceAbsent",
      expr: JOBS.map((job) => `absent(up{job="${job}"})`).join(" or "),
      for: "5m",
      severity: "critical",
      category: "prober",
      summary: {
        en: "Prometheus does not scrape the service at all.",
        vi: "Prometheus hoàn toàn không thu thập số đo của dịch vụ.",
      },
      description: {
        en: "No target of the job {{ $labels.job }} is configured or found, so that no other alert about it can speak.",
        vi: "Không có mục tiêu nào của {{ $labels.job }} được cấu hình hoặc tìm thấy, nên không cảnh báo nào khác về nó có thể lên tiếng.",
      },
      dashboard: "prober",
    },
    {
      alert: "ScrapeNearLimit",
      expr: NEAR_LIMIT,
      for: "15m",
      severity: "warning",
      category: "prober",
      summary: {
        en: "A scrape is near its limits.",
        vi: "Việc thu thập số đo gần chạm giới hạn.",
      },
      description: {
        en: "The scrape of {{ $labels.job }} at {{ $labels.instance }} uses more than 80 % of its time or samples, or is larger than allowed: beyond that nothing of it is taken.",
        vi: "Việc thu thập {{ $labels.job }} tại {{ $labels.instance }} dùng hơn 80 % thời gian hoặc số mẫu cho phép, hoặc lớn hơn mức cho phép: vượt quá thì không số đo nào được nhận.",
      },
      dashboard: "prober",
    },
    {
      alert: "DatabaseUnreachable",
      expr: "database_reachable == 0",
      for: "2m",
      keepFiringFor: "1m",
      severity: "critical",
      category: "prober",
      summary: {
        en: "The service has lost its database.",
        vi: "Dịch vụ mất kết nối cơ sở dữ liệu.",
      },
      description: {
        en: "The database did not answer last time. Results wait on disk; incidents are neither opened nor closed.",
        vi: "Cơ sở dữ liệu không trả lời ở lần hỏi gần nhất. Kết quả đang chờ trên đĩa; không sự cố nào được mở hay đóng.",
      },
      dashboard: "prober",
    },
    {
      alert: "JobFailing",
      expr: `(sum by (job) (${FAILED}) unless on (job) time() - job_last_success_timestamp_seconds < 3600) or (max by (job) (time() - job_last_success_timestamp_seconds{job=~"${REGULAR_JOBS.join("|")}"}) > 86400)`,
      for: "5m",
      severity: "warning",
      category: "prober",
      summary: { en: "A regular job fails.", vi: "Một công việc định kỳ bị lỗi." },
      description: {
        en: "The job {{ $labels.job }} failed and did not go well since, for an hour at least; or it did not go well for a day.",
        vi: "Công việc {{ $labels.job }} bị lỗi và ít nhất một giờ qua chưa chạy tốt lần nào; hoặc cả ngày chưa chạy tốt.",
      },
      dashboard: "prober",
    },
    {
      alert: "NotificationsStuck",
      expr: `time() - notify_outbox_oldest_timestamp_seconds > ${WAITING_SECONDS.bad}`,
      for: "5m",
      severity: "critical",
      category: "prober",
      summary: {
        en: "The service's own notifications wait.",
        vi: "Thông báo của dịch vụ đang bị kẹt.",
      },
      description: {
        en: "The oldest notification that was not sent is {{ $value | humanizeDuration }} old.",
        vi: "Thông báo cũ nhất chưa gửi được đã chờ {{ $value | humanizeDuration }}.",
      },
      dashboard: "prober",
    },
    {
      alert: "NotificationsGivenUp",
      expr: "notify_outbox_dead - notify_outbox_dead offset 1h > 0",
      severity: "warning",
      category: "prober",
      summary: {
        en: "The service gave up notifications.",
        vi: "Dịch vụ đã bỏ gửi một số thông báo.",
      },
      description: {
        en: "{{ $value }} notifications were given up within the last hour: a receiver refused them, or did not take them for a day.",
        vi: "{{ $value }} thông báo bị bỏ trong một giờ qua: nơi nhận từ chối, hoặc cả ngày không nhận.",
      },
      dashboard: "prober",
    },
    {
      alert: "BothWouldSpeak",
      // The heartbeat speaks to a machine, and tests of channels to nobody.
      expr: 'hatangso_info{told_by="channels"} and on () count(notify_sent_total{channel!="heartbeat"}) > 0',
      for: "5m",
      severity: "warning",
      category: "prober",
      summary: {
        en: "Incidents are told twice.",
        vi: "Sự cố bị báo hai lần.",
      },
      description: {
        en: "These rules are loaded, and the service at {{ $labels.public_url }} tells of the same incidents through channels of its own. Set INCIDENTS_TOLD_BY=prometheus, or unload the rules.",
        vi: "Các quy tắc này đang chạy, và dịch vụ tại {{ $labels.public_url }} cũng báo cùng các sự cố đó qua kênh riêng. Hãy đặt INCIDENTS_TOLD_BY=prometheus, hoặc gỡ các quy tắc.",
      },
      dashboard: "prober",
    },
  ],
};
