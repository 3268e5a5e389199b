import type { RawValue } from "../contract.ts";

/** A number of a cell that shows it as a percentage: 0.855 is 85.5, without the noise of multiplying. */
export function shownPercent(ratio: number): RawValue {
  return { percent: Number((ratio * 100).toPrecision(14)) };
}
