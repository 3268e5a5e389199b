import type { Alert, RuleGroup } from "./rule.ts";

/** An alert about Prometheus or Alertmanager. */
function own(alert: Omit<Alert, "category" | "dashboard">): Alert {
  return { ...alert, category: "monitoring", dashboard: "prober" };
}

/** Prometheus and Alertmanager themselves. What they can't tell of themselves is told by the Watchdog's silence. */
export const MONITORING: RuleGroup = {
  name: "hatangso-monitoring",
  interval: "30s",
  rules: [
    own({
      alert: "PrometheusRuleFailures",
      expr: "sum by (instance, rule_group) (increase(prometheus_rule_evaluation_failures_total[15m])) > 0",
      for: "5m",
      severity: "critical",
      summary: {
        en: "Prometheus can't evaluate rules.",
        vi: "Prometheus không tính được quy tắc.",
      },
      description: {
        en: "Rules of the group {{ $labels.rule_group }} failed about {{ $value | printf `%.0f` }} times within 15 minutes: alerts of it may be missing.",
        vi: "Quy tắc của nhóm {{ $labels.rule_group }} lỗi khoảng {{ $value | printf `%.0f` }} lần trong 15 phút: cảnh báo của nhóm có thể bị thiếu.",
      },
    }),
    own({
      alert: "PrometheusConfigReloadFailed",
      expr: "prometheus_config_last_reload_successful == 0",
      for: "10m",
      severity: "warning",
      summary: {
        en: "Prometheus runs with an old configuration.",
        vi: "Prometheus đang chạy với cấu hình cũ.",
      },
      description: {
        en: "The last reload of {{ $labels.instance }} failed: it goes on with what it had, and will not start with what is there.",
        vi: "Lần nạp lại cấu hình gần nhất của {{ $labels.instance }} thất bại: nó vẫn chạy với cấu hình trước và sẽ không khởi động được với cấu hình hiện có.",
      },
    }),
    own({
      alert: "PrometheusNotificationsDropped",
      expr: "sum by (instance) (increase(prometheus_notifications_dropped_total[15m])) > 0",
      for: "5m",
      severity: "critical",
      summary: {
        en: "Prometheus loses alerts on the way to Alertmanager.",
        vi: "Prometheus làm mất cảnh báo trên đường tới Alertmanager.",
      },
      description: {
        en: "{{ $labels.instance }} dropped about {{ $value | printf `%.0f` }} alerts within 15 minutes.",
        vi: "{{ $labels.instance }} bỏ khoảng {{ $value | printf `%.0f` }} cảnh báo trong 15 phút.",
      },
    }),
    own({
      alert: "PrometheusNoAlertmanager",
      expr: "prometheus_notifications_alertmanagers_discovered < 1",
      for: "10m",
      severity: "critical",
      summary: {
        en: "Prometheus knows no Alertmanager.",
        vi: "Prometheus không biết Alertmanager nào.",
      },
      description: {
        en: "{{ $labels.instance }} has nobody to send alerts to. Where this is read in Prometheus, no message was sent.",
        vi: "{{ $labels.instance }} không có nơi để gửi cảnh báo. Nếu đọc thấy dòng này trong Prometheus thì chưa có thông báo nào được gửi đi.",
      },
    }),
    own({
      alert: "AlertmanagerConfigReloadFailed",
      expr: "alertmanager_config_last_reload_successful == 0",
      for: "10m",
      severity: "warning",
      summary: {
        en: "Alertmanager runs with an old configuration.",
        vi: "Alertmanager đang chạy với cấu hình cũ.",
      },
      description: {
        en: "The last reload of {{ $labels.instance }} failed: routes and receivers are those from before.",
        vi: "Lần nạp lại cấu hình gần nhất của {{ $labels.instance }} thất bại: tuyến báo và nơi nhận vẫn như trước.",
      },
    }),
    own({
      alert: "AlertmanagerNotificationsFailing",
      expr: "sum by (instance, integration) (rate(alertmanager_notifications_failed_total[15m])) / sum by (instance, integration) (rate(alertmanager_notifications_total[15m])) > 0.01",
      for: "5m",
      severity: "critical",
      summary: {
        en: "Alertmanager can't deliver messages.",
        vi: "Alertmanager không gửi được thông báo.",
      },
      description: {
        en: "{{ $value | humanizePercentage }} of the messages through {{ $labels.integration }} fail: people may not be told.",
        vi: "{{ $value | humanizePercentage }} thông báo qua {{ $labels.integration }} bị lỗi: có thể không ai được báo.",
      },
    }),
    own({
      alert: "Watchdog",
      expr: "vector(1)",
      severity: "none",
      summary: {
        en: "Alerting works as long as this one arrives.",
        vi: "Hệ thống cảnh báo còn hoạt động khi cảnh báo này còn đến.",
      },
      description: {
        en: "This alert always fires. Something outside must call for help when it stops to arrive.",
        vi: "Cảnh báo này luôn được phát. Một hệ thống bên ngoài phải báo động khi không còn nhận được nó.",
      },
    }),
  ],
};
