/**
 * Makes rules and routes quicker by one factor, so that a drill need not wait as long as an operator does: every time that
 * something waits, and every window that an expression looks back over, is divided by it, so what came before what still
 * does. All else stays.
 */

/** What a rule, a route or a scrape waits for. */
const WAITS: ReadonlySet<string> = new Set([
  "interval",
  "for",
  "keep_firing_for",
  "group_wait",
  "group_interval",
  "repeat_interval",
  "scrape_interval",
  "scrape_timeout",
  "evaluation_interval",
]);

/** Which routes speak at which hours is tested beside the routes; a drill must not depend on when it runs. */
const HOURS: ReadonlySet<string> = new Set(["active_time_intervals", "mute_time_intervals"]);

/** The durations of an expression: in `[5m]`, `[1h:1m]` and after `offset`. */
const WINDOW = /(?<=\[|\[\w+:|offset )(?:\d+(?:ms|[smhdw]))+/g;

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** The configuration with every waiting time divided by the factor, and without hours of the day. */
export function hastened<T>(config: T, factor: number): T {
  if (Array.isArray(config)) return config.map((each) => hastened(each, factor)) as T;
  if (typeof config !== "object" || config === null) return config;
  const entries = Object.entries(config)
    .filter(([key]) => !HOURS.has(key))
    .map(([key, value]) => [key, hastenedValue(key, value, factor)]);
  return Object.fromEntries(entries) as T;
}

function hastenedValue(key: string, value: unknown, factor: number): unknown {
  if (typeof value !== "string") return hastened(value, factor);
  if (key === "expr") return value.replaceAll(WINDOW, (window) => quicker(window, factor));
  return WAITS.has(key) ? quicker(value, factor) : value;
}

/** A duration as Prometheus and Alertmanager spell it (`1h30m`), divided. */
function quicker(duration: string, factor: number): string {
  const parts = [...duration.matchAll(/(\d+)(ms|[smhdw])/g)];
  const ms = parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS],
    0,
  );
  return `${Math.max(1, Math.round(ms / factor))}ms`;
}
