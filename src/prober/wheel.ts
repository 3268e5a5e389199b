import { nextSlot, slotsBetween } from "../domain/schedule.ts";

/** One slot that has come. */
export interface Due<T> {
  readonly item: T;
  /** Milliseconds since the epoch. */
  readonly slot: number;
}

interface Entry<T> {
  readonly key: string;
  readonly phase: number;
  readonly item: T;
}

/** Slots older than this many intervals are not reported: whoever slept that long was down, not late. */
const LATE_INTERVALS = 5;

/**
 * The ring of everything that is due once per interval, each at its phase. It has no clock and no timer:
 * `advance` says which slots lie between its hand and now, each exactly once, and moves the hand.
 */
export class Wheel<T> {
  readonly #intervalMs: number;
  /** Sorted by phase. */
  #ring: Entry<T>[] = [];
  /**
   * What is not on the ring yet, by key: put in its place when the ring is next looked at. One by one 40,000 took 650 ms,
   * because each moved half of the ring; together they take 70 ms.
   */
  readonly #added = new Map<string, Entry<T>>();
  readonly #phases = new Map<string, number>();
  /** Slots before this instant have been reported. */
  #hand: number;

  /** Slots count from `now` on. */
  constructor(intervalMs: number, now: number) {
    this.#intervalMs = intervalMs;
    this.#hand = now;
  }

  get size(): number {
    return this.#phases.size;
  }

  /** Adds an item or replaces the one with this key; its first slot is the next one of its phase. */
  set(key: string, phase: number, item: T): void {
    this.delete(key);
    this.#phases.set(key, phase);
    this.#added.set(key, { key, phase, item });
  }

  /** Takes an item off the ring; unknown keys are ignored. */
  delete(key: string): void {
    const phase = this.#phases.get(key);
    if (phase === undefined) return;
    this.#phases.delete(key);
    if (this.#added.delete(key)) return;
    let index = this.#firstFrom(phase);
    while (this.#ring[index]?.key !== key) index += 1;
    this.#ring.splice(index, 1);
  }

  /**
   * The slots up to and including `now` that were not reported before, oldest first.
   * After a long gap (the machine slept, the clock jumped ahead) only the last five intervals are reported.
   * While the clock is behind the hand nothing is due; where it went back by more than an interval the ring
   * goes on from now, so that slots come twice rather than stay away.
   */
  advance(now: number): Due<T>[] {
    const from = Math.max(this.#hand, now - LATE_INTERVALS * this.#intervalMs);
    const wentBack = this.#hand - now > this.#intervalMs;
    this.#hand = wentBack ? now : Math.max(this.#hand, now + 1);
    if (from > now) return [];
    this.#putInPlace();
    return this.#passed(from, now)
      .flatMap(({ item, phase }) =>
        slotsBetween(phase, this.#intervalMs, from, now + 1).map((slot) => ({ item, slot })),
      )
      .sort((a, b) => a.slot - b.slot);
  }

  /** When the next slot comes, or null while the ring is empty. */
  nextAt(): number | null {
    this.#putInPlace();
    const next = this.#ring[this.#firstFrom(this.#hand % this.#intervalMs)] ?? this.#ring[0];
    return next ? nextSlot(next.phase, this.#intervalMs, this.#hand) : null;
  }

  #putInPlace(): void {
    if (this.#added.size === 0) return;
    this.#ring = [...this.#added.values(), ...this.#ring].sort((a, b) => a.phase - b.phase);
    this.#added.clear();
  }

  /** The entries with a slot in from … now, without looking at the others. */
  #passed(from: number, now: number): Entry<T>[] {
    if (now - from >= this.#intervalMs - 1) return this.#ring;
    const start = this.#firstFrom(from % this.#intervalMs);
    const end = this.#firstFrom((now % this.#intervalMs) + 1);
    const wraps = from % this.#intervalMs > now % this.#intervalMs;
    return wraps
      ? [...this.#ring.slice(start), ...this.#ring.slice(0, end)]
      : this.#ring.slice(start, end);
  }

  /** Index of the first entry whose phase is at least `phase`. */
  #firstFrom(phase: number): number {
    let low = 0;
    let high = this.#ring.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ring[middle] as Entry<T>).phase < phase) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
