import { joined } from "../../kit/columns.ts";
import { lines, table } from "../../kit/kinds.ts";
import type { Panel } from "../../kit/panel.ts";
import { over, rows } from "../../kit/query.ts";
import { same, type Text } from "../../kit/text.ts";
import { NEUTRAL } from "../../kit/thresholds.ts";

const OURS = 'job="hatangso"';

const EVENT_LOOP: Panel = lines({
  id: 9,
  size: [12, 8],
  title: { vi: "Vòng lặp sự kiện", en: "Event loop" },
  description: {
    vi: "Luồng chính bị giữ lại bao lâu: một nửa, 90 và 99 trên 100 lần. Luồng đo chạy riêng, nên số này chậm thì trang và API chậm, không phải phép đo.",
    en: "How long the main thread is kept busy: half, 90 and 99 of 100 times. Probing threads run apart, so that a high value slows pages and API, not the probes.",
  },
  queries: ["p50", "p90", "p99"].map((rank) =>
    over(`nodejs_eventloop_lag_${rank}_seconds{${OURS}}`, same(rank)),
  ),
  unit: "s",
  min: 0,
});

const JOB: Text = { vi: "Công việc", en: "Job" };
const LAST: Text = { vi: "Lần tốt gần nhất", en: "Last good run" };

const JOBS: Panel = table({
  id: 10,
  size: [12, 8],
  title: { vi: "Công việc theo lịch", en: "Scheduled jobs" },
  description: {
    vi: "Lần chạy tốt gần nhất, số lần chạy và số lần lỗi trong khoảng thời gian đã chọn, và thời gian chạy trung bình.",
    en: "The last good run, runs and failed runs within the time range, and how long a run takes on average.",
  },
  queries: [
    rows("max by (job) (job_last_success_timestamp_seconds) * 1000"),
    rows("sum by (job) (increase(job_runs_total[$__range]))"),
    rows(
      'sum by (job) (increase(job_runs_total{outcome!="ok"}[$__range])) or sum by (job) (increase(job_runs_total[$__range])) * 0',
    ),
    rows(
      "sum by (job) (rate(job_duration_seconds_sum[$__range])) / (sum by (job) (rate(job_duration_seconds_count[$__range])) > 0)",
    ),
  ],
  unit: "none",
  decimals: 0,
  thresholds: NEUTRAL,
  transformations: joined("job", [
    { field: "job", title: JOB },
    { field: "Value #A", title: LAST },
    { field: "Value #B", title: { vi: "Lần chạy", en: "Runs" } },
    { field: "Value #C", title: { vi: "Lỗi", en: "Failed" } },
    { field: "Value #D", title: { vi: "Mỗi lần", en: "Each takes" } },
  ]),
  overrides: [
    { of: LAST, unit: "dateTimeFromNow" },
    { of: { vi: "Mỗi lần", en: "Each takes" }, unit: "s", decimals: 1 },
  ],
});

const MEMORY: Panel = lines({
  id: 24,
  size: [8, 8],
  title: { vi: "Bộ nhớ", en: "Memory" },
  description: {
    vi: "Bộ nhớ của tiến trình và phần heap đang dùng của luồng chính. Tăng không ngừng là rò rỉ.",
    en: "Memory of the process, and the heap in use of its main thread. A rise without end is a leak.",
  },
  queries: [
    over(`process_resident_memory_bytes{${OURS}}`, { vi: "tiến trình", en: "process" }),
    over(`nodejs_heap_size_used_bytes{${OURS}}`, same("heap")),
    over(`nodejs_external_memory_bytes{${OURS}}`, { vi: "ngoài heap", en: "outside the heap" }),
  ],
  unit: "bytes",
  min: 0,
});

const CPU: Panel = lines({
  id: 25,
  size: [8, 8],
  title: { vi: "Bộ xử lý", en: "Processor" },
  description: {
    vi: "Số lõi mà tiến trình dùng, mọi luồng cộng lại.",
    en: "Cores that the process uses, all of its threads together.",
  },
  queries: [
    over(`rate(process_cpu_user_seconds_total{${OURS}}[$__rate_interval])`, same("user")),
    over(`rate(process_cpu_system_seconds_total{${OURS}}[$__rate_interval])`, same("system")),
  ],
  unit: "none",
  decimals: 2,
  min: 0,
  stacked: true,
});

const FILES: Panel = lines({
  id: 26,
  size: [8, 8],
  title: { vi: "Tệp và kết nối đang mở", en: "Open files and connections" },
  description: {
    vi: "Số tệp và kết nối đang mở, và giới hạn của hệ điều hành. Gần giới hạn thì lượt đo thành không rõ.",
    en: "Open files and connections, and the operating system's limit. Near the limit runs become unknown.",
  },
  queries: [
    over(`process_open_fds{${OURS}}`, { vi: "đang mở", en: "open" }),
    over(`process_max_fds{${OURS}}`, { vi: "giới hạn", en: "limit" }),
  ],
  unit: "short",
  min: 0,
});

const GARBAGE: Panel = lines({
  id: 27,
  size: [24, 7],
  title: { vi: "Thu gom bộ nhớ", en: "Garbage collection" },
  description: {
    vi: "Phần thời gian của luồng chính dành cho thu gom bộ nhớ, theo loại.",
    en: "Share of the main thread's time that garbage collection takes, by kind.",
  },
  queries: [
    over(
      `sum by (kind) (rate(nodejs_gc_duration_seconds_sum{${OURS}}[$__rate_interval]))`,
      same("{{kind}}"),
    ),
  ],
  unit: "percentunit",
  min: 0,
});

/** The process and its jobs. */
export const PROCESS: readonly Panel[] = [EVENT_LOOP, JOBS];
export const RESOURCES: readonly Panel[] = [MEMORY, CPU, FILES, GARBAGE];
