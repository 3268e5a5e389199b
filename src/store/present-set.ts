/**
 * For so long after a change each sighting is written, milliseconds: those who ask what a portal has now compare instants
 * of up to five minutes (`incidents/shares.ts`, `incidents/served-certificates.ts`).
 */
const SETTLING_MS = 6 * 60_000;

/** While nothing changes, the database is told once in so many milliseconds that all was seen again. */
export const LAG_MS = 10 * 60_000;

/** A span in which something was seen, both ends included, in milliseconds since the epoch. */
export interface Sighted {
  readonly keys: readonly string[];
  readonly first: number;
  readonly last: number;
}

/**
 * What one place has at present (its addresses, its certificate), as its runs see it: steady sameness is written seldom.
 * What the database holds is always what was so at one instant, at most `LAG_MS` ago, and exact for what is gone.
 */
export class PresentSet {
  #keys: readonly string[] = [];
  #ids: number[] = [];
  /** The keys were all seen at these instants, and written up to `#kept`. */
  #from = 0;
  #last = 0;
  #kept = Number.NEGATIVE_INFINITY;
  #changedAt = Number.NEGATIVE_INFINITY;
  /** Moves the writing of places that began together apart, milliseconds. */
  readonly #offset: number;

  constructor(offset: number) {
    this.#offset = offset;
  }

  /** Takes in what a run saw, at least one key; returns what must be written before it is forgotten. */
  see(keys: readonly string[], at: number): Sighted | null {
    if (sameSet(this.#keys, keys)) {
      // Earlier than what is known: the database alone knows how far back its span goes.
      if (at < this.#from) return { keys, first: at, last: at };
      if (at > this.#last) this.#last = at;
      return null;
    }
    const isFirst = this.#keys.length === 0;
    // A run that comes late says nothing about the present.
    if (!isFirst && at <= this.#last) return { keys, first: at, last: at };
    const gone = isFirst ? null : this.#unwritten();
    this.#ids = keys.map((key) => this.idOf(key) ?? 0);
    this.#keys = keys;
    this.#from = at;
    this.#last = at;
    this.#kept = Number.NEGATIVE_INFINITY;
    if (!isFirst) this.#changedAt = at;
    return gone;
  }

  /** What is due to be written, which then counts as written; null: nothing. */
  takeDue(): Sighted | null {
    const isDue =
      this.#last - this.#changedAt <= SETTLING_MS ||
      this.#turn(this.#last) > this.#turn(this.#kept);
    const due = isDue ? this.#unwritten() : null;
    if (due !== null) this.#kept = this.#last;
    return due;
  }

  /** The number of the row of a key, or null where it is not known. */
  idOf(key: string): number | null {
    return this.#ids[this.#keys.indexOf(key)] || null;
  }

  /** Learns the number of the row of a key. */
  learn(key: string, id: number): void {
    const index = this.#keys.indexOf(key);
    if (index >= 0) this.#ids[index] = id;
  }

  #unwritten(): Sighted | null {
    if (this.#last <= this.#kept) return null;
    return { keys: this.#keys, first: this.#from, last: this.#last };
  }

  #turn(at: number): number {
    return turnOf(at, this.#offset);
  }
}

/** Which turn of `LAG_MS` an instant falls into, for those who write once in each. */
export function turnOf(at: number, offset: number): number {
  return Math.floor((at + offset) / LAG_MS);
}

function sameSet(known: readonly string[], seen: readonly string[]): boolean {
  return seen.every((key) => known.includes(key)) && known.every((key) => seen.includes(key));
}
