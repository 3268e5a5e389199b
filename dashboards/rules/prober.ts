import { AUDITS_LATE, INTERNAL_ERROR_SHARE, LAG_SECONDS, WAITING_SECONDS } from "../limits.ts";
import type { RuleGroup } from "./rule.ts";

/** What this place lacks is no fault of the prober: VantageFamilyLost tells where it was lost. */
const NOT_LACKING = 'cause!~"vantage_no_ipv4|vantage_no_ipv6|vantage_dns64"';

/** Whether we see: this place, the schedule, and what becomes of results. */
export const PROBER: RuleGroup = {
  name: "hatangso-prober",
  interval: "30s",
  rules: [
    {
      alert: "VantageDegraded",
      expr: 'sum(incidents_open{kind="vantage_degraded"}) > 0',
      keepFiringFor: "5m",
      severity: "critical",
      category: "prober",
      summary: {
        en: "The place that probes is ill.",
        vi: "Điểm đo đang gặp sự cố.",
      },
      description: {
        en: "{{ $value }} parts of this service's own vantage points are ill. What only they saw is told of no portal until they are well.",
        vi: "{{ $value }} thành phần của các điểm đo đang gặp sự cố. Những gì chỉ riêng chúng ghi nhận sẽ không được báo về cổng nào cho đến khi chúng bình thường trở lại.",
      },
      dashboard: "prober",
    },
    {
      alert: "VantageFamilyLost",
      expr: "prober_vantage_healthy == 0 and max_over_time(prober_vantage_healthy[7d]) == 1",
      for: "2m",
      keepFiringFor: "5m",
      severity: "warning",
      category: "prober",
      summary: {
        en: "A vantage point lost an address family.",
        vi: "Một điểm đo mất một họ địa chỉ.",
      },
      description: {
        en: "The vantage point {{ $labels.vantage }} reaches nothing over {{ $labels.family }}, which it did within the last seven days: results over it are unknown.",
        vi: "Điểm đo {{ $labels.vantage }} không còn kết nối được qua {{ $labels.family }}, dù trong bảy ngày qua từng kết nối được: kết quả qua họ địa chỉ này là không rõ.",
      },
      dashboard: "prober",
    },
    {
      alert: "ProberStalled",
      expr: "(sum(rate(prober_scheduled_total[15m])) or vector(0)) == 0 and on () count(portal_info) > 0 and on () (max(prober_interval_seconds) or vector(0)) <= 300",
      for: "5m",
      keepFiringFor: "2m",
      severity: "critical",
      category: "prober",
      summary: { en: "No portal is probed.", vi: "Không cổng nào được đo." },
      description: {
        en: "No run was due within 15 minutes, though portals are registered: every state that is shown is old.",
        vi: "Không có lượt đo nào trong 15 phút dù đã có cổng đăng ký: mọi trạng thái đang hiển thị đều đã cũ.",
      },
      dashboard: "prober",
    },
    {
      alert: "PortalProbeStale",
      expr: "count((portal_info and on (instance, portal) portal_info offset 1h) unless on (instance) probe_last_run_timestamp_seconds) > 0",
      for: "15m",
      severity: "warning",
      category: "prober",
      summary: {
        en: "Portals are not looked at any more.",
        vi: "Có cổng không còn được đo.",
      },
      description: {
        en: "{{ $value }} portals, all registered for an hour or longer, had no run over any family for three intervals.",
        vi: "{{ $value }} cổng, đều đã đăng ký từ một giờ trở lên, không có lượt đo nào qua mọi họ địa chỉ trong ba chu kỳ.",
      },
      dashboard: "prober",
    },
    {
      alert: "ProberLagging",
      expr: `histogram_quantile(0.99, sum by (le) (rate(prober_schedule_lag_seconds_bucket[15m]))) > ${LAG_SECONDS.bad}`,
      for: "15m",
      severity: "warning",
      category: "prober",
      summary: { en: "Runs begin late.", vi: "Các lượt đo bắt đầu trễ." },
      description: {
        en: `One run of a hundred begins {{ $value | humanizeDuration }} or more after its time; the limit is ${LAG_SECONDS.bad} s.`,
        vi: `Cứ một trăm lượt thì một lượt bắt đầu trễ {{ $value | humanizeDuration }} trở lên; giới hạn là ${LAG_SECONDS.bad} giây.`,
      },
      dashboard: "prober",
    },
    {
      alert: "ProberInternalErrors",
      expr: `sum by (cause) (rate(prober_internal_errors_total{${NOT_LACKING}}[15m])) / on () group_left () sum(rate(prober_results_total[15m])) > ${INTERNAL_ERROR_SHARE}`,
      for: "15m",
      severity: "warning",
      category: "prober",
      summary: {
        en: "Our own side spoils runs.",
        vi: "Lỗi phía hệ thống làm hỏng lượt đo.",
      },
      description: {
        en: "{{ $value | humanizePercentage }} of the runs could not tell because of {{ $labels.cause }}, which is on our side.",
        vi: "{{ $value | humanizePercentage }} số lượt không xác định được kết quả vì {{ $labels.cause }}, là lỗi phía chúng ta.",
      },
      dashboard: "prober",
    },
    {
      alert: "AuditsStale",
      expr: [
        "1 - ((count((time() - portal_last_audit_timestamp_seconds)",
        `< on () group_left () (${AUDITS_LATE.intervals} * max(prober_audit_interval_seconds))) or vector(0))`,
        `/ count(portal_info)) > ${AUDITS_LATE.share}`,
      ].join(" "),
      for: "6h",
      severity: "warning",
      category: "prober",
      summary: { en: "Audits are behind.", vi: "Việc kiểm tra sâu bị chậm." },
      description: {
        en: `{{ $value | humanizePercentage }} of the portals have no audit of the last ${AUDITS_LATE.intervals} intervals: their levels and grades are old.`,
        vi: `{{ $value | humanizePercentage }} số cổng không được kiểm tra sâu trong ${AUDITS_LATE.intervals} chu kỳ gần nhất: mức và hạng của chúng đã cũ.`,
      },
      dashboard: "prober",
    },
    {
      alert: "SpoolGrowing",
      expr: `time() - prober_spool_oldest_timestamp_seconds > ${WAITING_SECONDS.warn}`,
      for: "5m",
      severity: "warning",
      category: "prober",
      summary: {
        en: "Results wait on disk for the database.",
        vi: "Kết quả đang chờ trên đĩa để ghi vào cơ sở dữ liệu.",
      },
      description: {
        en: "The oldest result that is not in the database is {{ $value | humanizeDuration }} old.",
        vi: "Kết quả cũ nhất chưa ghi vào cơ sở dữ liệu đã chờ {{ $value | humanizeDuration }}.",
      },
      dashboard: "prober",
    },
    {
      alert: "SpoolDropping",
      expr: "increase(prober_spool_dropped_total[15m]) > 0",
      severity: "critical",
      category: "prober",
      summary: { en: "Results are lost.", vi: "Kết quả đang bị mất." },
      description: {
        en: "The spool is full: about {{ $value | printf `%.0f` }} results were thrown away within 15 minutes.",
        vi: "Vùng đệm đã đầy: khoảng {{ $value | printf `%.0f` }} kết quả bị bỏ trong 15 phút.",
      },
      dashboard: "prober",
    },
  ],
};
