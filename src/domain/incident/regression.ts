import type { Scale } from "../standing.ts";

/** The fall of what was believed: from the last decided value to the present one. */
export interface Fall<Value> {
  readonly from: Value;
  readonly to: Value;
}

/**
 * The fall that the spans of a portal's standing end in, or null. `values` are in order, the present one last; what
 * could not be told is passed over, because it is no fall, and neither is it a recovery.
 */
export function fallOf<Value>(values: readonly Value[], scale: Scale<Value>): Fall<Value> | null {
  const decided = values
    .filter((value) => value !== scale.undecided)
    .filter((value, index, all) => value !== all[index - 1]);
  const [from, to] = [decided.at(-2), decided.at(-1)];
  if (from === undefined || to === undefined || values.at(-1) !== to) return null;
  return scale.rank(to) < scale.rank(from) ? { from, to } : null;
}

/** Whether a fall is over: the value is back at where it fell from, or above. `undecided` ends nothing. */
export function isRestored<Value>(from: Value, present: Value, scale: Scale<Value>): boolean {
  return present !== scale.undecided && scale.rank(present) >= scale.rank(from);
}
