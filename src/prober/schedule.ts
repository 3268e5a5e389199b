import { FAMILIES, type Family } from "../domain/family.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import { phaseOf } from "../domain/schedule.ts";
import { type DueClock, startDueClock } from "./due-clock.ts";
import { keyOf } from "./skipped.ts";
import { Wheel } from "./wheel.ts";

/** One scheduled run: the target as it is now, not as it was when the slot was set. */
export interface Slot {
  readonly target: ProbeTarget;
  readonly family: Family;
  /** Milliseconds since the epoch. */
  readonly scheduledAt: number;
}

interface Place {
  readonly portal: number;
  readonly family: Family;
}

/** The targets of one thread and when they are due; nothing is before `begin`. */
export class Schedule {
  readonly #intervalMs: number;
  readonly #onDue: (slot: Slot) => void;
  readonly #targets = new Map<number, ProbeTarget>();
  #wheel: Wheel<Place> | null = null;
  #clock: DueClock | null = null;
  #stopped = false;

  constructor(intervalMs: number, onDue: (slot: Slot) => void) {
    this.#intervalMs = intervalMs;
    this.#onDue = onDue;
  }

  get size(): number {
    return this.#targets.size;
  }

  /** Removes portals, then adds or replaces targets; what keeps its slug keeps its slots. */
  change(upserts: readonly ProbeTarget[], removed: readonly number[]): void {
    const change = () => {
      for (const portal of removed) this.#remove(portal);
      for (const target of upserts) {
        this.#targets.set(target.portal, target);
        this.#place(target);
      }
    };
    if (this.#clock) this.#clock.change(change);
    else change();
  }

  /** Starts the wheel, once; slots count from `from` (milliseconds since the epoch). */
  begin(from: number): void {
    if (this.#wheel || this.#stopped) return;
    this.#wheel = new Wheel(this.#intervalMs, from);
    for (const target of this.#targets.values()) this.#place(target);
    this.#clock = startDueClock(this.#wheel, ({ item, slot }) => {
      const target = this.#targets.get(item.portal);
      if (target) this.#onDue({ target, family: item.family, scheduledAt: slot });
    });
  }

  /** Nothing is due any more, for good. */
  stop(): void {
    this.#stopped = true;
    this.#clock?.stop();
    this.#clock = null;
  }

  #remove(portal: number): void {
    this.#targets.delete(portal);
    for (const family of FAMILIES) this.#wheel?.delete(keyOf(portal, family));
  }

  #place({ portal, slug }: ProbeTarget): void {
    for (const family of FAMILIES) {
      const phase = phaseOf(slug, family, this.#intervalMs);
      this.#wheel?.set(keyOf(portal, family), phase, { portal, family });
    }
  }
}
