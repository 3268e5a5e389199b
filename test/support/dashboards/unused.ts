const PROCESS =
  "a default of the client library: what is looked at is CPU, memory and the lag of the event loop";
const BLACKBOX =
  "has the name and meaning of blackbox_exporter's, for dashboards that exist already";

/** Series that are exposed or recorded and that no dashboard and no rule uses, each with the reason. */
export const UNUSED: ReadonlyMap<string, string> = new Map([
  ...[
    "process_cpu_seconds_total",
    "process_virtual_memory_bytes",
    "process_heap_bytes",
    "nodejs_eventloop_lag_seconds",
    "nodejs_eventloop_lag_min_seconds",
    "nodejs_eventloop_lag_max_seconds",
    "nodejs_eventloop_lag_mean_seconds",
    "nodejs_eventloop_lag_stddev_seconds",
    "nodejs_active_resources",
    "nodejs_active_handles",
    "nodejs_active_requests",
    "nodejs_heap_size_total_bytes",
    "nodejs_heap_space_size_total_bytes",
    "nodejs_heap_space_size_used_bytes",
    "nodejs_heap_space_size_available_bytes",
    "nodejs_version_info",
  ].map((name) => [name, PROCESS] as const),
  ["probe_http_redirects", BLACKBOX],
  ["probe_ssl_earliest_cert_expiry", BLACKBOX],
  [
    "coverage_last_import_timestamp_seconds",
    "what counts is the day that figures are true of (coverage_as_of_timestamp_seconds), not when a file came",
  ],
]);
