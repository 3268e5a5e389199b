import { EXPOSED } from "../../support/dashboards/exposed.ts";
import { factsOf } from "../../support/dashboards/series.ts";
import type { Sample } from "./exposition.ts";
import { MADE_UP_SERIES, type MadeUpSeries } from "./history-portals.ts";

/** When the made-up week is, and whose it is. */
export interface Week {
  /** Unix seconds of its last sample. */
  readonly end: number;
  /** What a running service exposes, by job: its own series get a past. */
  readonly live: Readonly<Record<string, readonly Sample[]>>;
  /** Label `instance` of the service's own metrics. */
  readonly instance: string;
}

/** The last hours are as dense as rates over two minutes want it, the days before as an instant query does. */
const DENSE = { seconds: 6 * 3600, step: 60 };
const SPARSE_STEP = 240;

/** Seconds. */
const WEEK = 7 * 86_400;

/** Some hours more, for queries that look a week back from a moment that comes later. */
const PAST = WEEK + DENSE.seconds;

/** Details that nobody looks at over a week, and what the made-up portals have themselves. */
const WITHOUT_PAST =
  /^nodejs_(?:heap_space|active|gc_duration_seconds_bucket)|^job_duration_seconds_bucket|^coverage_unit_info|^portal_|^probe_/;

/** Units whose coverage has a past: the country and the provinces of the made-up portals. */
const UNITS = new Set(["", "VN", "01", "48", "79"]);

/** A week of made-up history in OpenMetrics text: the same for the same arguments. */
export function madeUpWeek(week: Week): string {
  const times = timesUntil(week.end);
  const own = Object.entries(week.live).flatMap(([job, samples]) => withPast(job, samples, week));
  const lines = [...own, ...MADE_UP_SERIES].flatMap((series) => linesOf(series, times, week));
  return `${lines.join("\n")}\n# EOF\n`;
}

function timesUntil(end: number): number[] {
  const times: number[] = [];
  for (let t = end - PAST; t <= end;) {
    times.push(t);
    t += end - t <= DENSE.seconds ? DENSE.step : SPARSE_STEP;
  }
  return times;
}

/** The service's own series: counters that grew, moments that moved along, everything else as it is now. */
function withPast(job: string, samples: readonly Sample[], { instance }: Week): MadeUpSeries[] {
  return samples
    .filter(({ name, labels }) => !WITHOUT_PAST.test(name) && UNITS.has(labels["unit"] ?? ""))
    .map(({ name, labels, value }) => ({
      name,
      labels: { job, instance, ...labels },
      at: pastOf(name, value),
    }));
}

function pastOf(name: string, value: number): MadeUpSeries["at"] {
  if (factsOf(EXPOSED, name)?.type === "counter") return ({ hours }) => value * hours;
  // One restart in the middle of the week.
  if (name === "process_start_time_seconds") return ({ time, hours }) => time - (hours % 84) * 3600;
  if (name.endsWith("_timestamp_seconds") && !name.startsWith("coverage_"))
    return ({ time }) => time - 20;
  if (name.startsWith("coverage_ratio")) return ({ hours }) => value * (0.8 + (0.2 * hours) / 168);
  return () => value;
}

function linesOf({ name, labels, at }: MadeUpSeries, times: readonly number[], { end }: Week) {
  const text = Object.entries(labels)
    .map(([label, value]) => `${label}="${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`)
    .join(",");
  return times.flatMap((time) => {
    const value = at({ time, hours: Math.max(0, time - end + WEEK) / 3600 });
    return value === null ? [] : [`${name}{${text}} ${spelled(value)} ${time}`];
  });
}

function spelled(value: number): string {
  if (value === Infinity) return "+Inf";
  return Number.isNaN(value) ? "NaN" : String(value);
}
