import type { ProbeResult } from "../domain/observation.ts";

/** Orders results by what makes them unique, as their rows are found: portal, family, vantage point, time, attempt. */
export function byPlace(a: ProbeResult, b: ProbeResult): number {
  return (
    a.portal - b.portal ||
    byText(a.family, b.family) ||
    byText(a.vantage, b.vantage) ||
    a.scheduledAt - b.scheduledAt ||
    a.attempt - b.attempt
  );
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
