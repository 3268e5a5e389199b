import type { SeriesFacts } from "./series.ts";

const series = (type: SeriesFacts["type"], ...labels: string[]): SeriesFacts => ({
  type,
  labels: new Set(labels),
});

/**
 * Series that dashboards and rules use and that are not of this service: Prometheus makes them itself, or it and
 * Alertmanager expose them. The suite with the real programs shows that they have these names and labels.
 */
export const OUTSIDE: ReadonlyMap<string, SeriesFacts> = new Map([
  ["up", series("gauge")],
  ["scrape_duration_seconds", series("gauge")],
  ["scrape_samples_scraped", series("gauge")],
  ["scrape_timeout_seconds", series("gauge")],
  ["scrape_sample_limit", series("gauge")],
  ["scrape_body_size_bytes", series("gauge")],
  ["prometheus_rule_evaluation_failures_total", series("counter", "rule_group")],
  ["prometheus_rule_group_last_duration_seconds", series("gauge", "rule_group")],
  ["prometheus_config_last_reload_successful", series("gauge")],
  ["prometheus_notifications_dropped_total", series("counter")],
  ["prometheus_notifications_alertmanagers_discovered", series("gauge")],
  ["alertmanager_config_last_reload_successful", series("gauge")],
  ["alertmanager_notifications_total", series("counter", "integration")],
  ["alertmanager_notifications_failed_total", series("counter", "integration")],
]);
