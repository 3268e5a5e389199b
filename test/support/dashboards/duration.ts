const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** Seconds of a duration as Prometheus writes it (`1h30m`); NaN for anything else. */
export function secondsOf(duration: string): number {
  if (!/^(?:\d+(?:ms|[smhdwy]))+$/.test(duration)) return Number.NaN;
  return Array.from(duration.matchAll(/(\d+)(ms|[smhdwy])/g)).reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (SECONDS[unit] ?? Number.NaN),
    0,
  );
}
