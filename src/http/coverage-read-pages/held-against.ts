import { forCommunes, type Threshold } from "../../reports/coverage/gaps.ts";
import type { TargetRow } from "../../reports/coverage/targets.ts";

/** A target with what of it can be asked of a unit. */
export interface Held {
  readonly target: TargetRow;
  readonly threshold: Threshold;
}

/**
 * The target that is asked for, of these; else the first that is not due yet; else the last. Null where units can't be
 * held against any.
 */
export function heldAgainst(targets: readonly TargetRow[], code: string | undefined): Held | null {
  const usable = targets.flatMap((target) => {
    const threshold = forCommunes(target);
    return threshold === null ? [] : [{ target, threshold }];
  });
  // A target of another indicator was chosen with that one: here it says nothing.
  const asked = usable.find(({ target }) => target.code === code);
  return asked ?? usable.find(({ target }) => !target.due) ?? usable.at(-1) ?? null;
}
