import { stableHash } from "../domain/schedule.ts";

/**
 * Counters per thread. Two addresses that fall on one counter share a limit, which errs on the polite side;
 * with 500 addresses in use at once about one in 16 meets another.
 */
const COUNTERS = 8192;

/** Memory that all threads count their connections in, a row of counters per thread. */
export function createSlotTable(threads: number): SharedArrayBuffer {
  return new SharedArrayBuffer(threads * COUNTERS * Int32Array.BYTES_PER_ELEMENT);
}

/** Forgets what a thread that has died held. */
export function clearSlotRow(table: SharedArrayBuffer, thread: number): void {
  const row = new Int32Array(table, thread * COUNTERS * Int32Array.BYTES_PER_ELEMENT, COUNTERS);
  for (let index = 0; index < COUNTERS; index += 1) Atomics.store(row, index, 0);
}

/** One thread's view of the limit on connections per address, which holds over all threads together. */
export class AddressSlots {
  readonly #counters: Int32Array;
  readonly #thread: number;
  readonly #limit: number;

  constructor(table: SharedArrayBuffer, thread: number, limit: number) {
    this.#counters = new Int32Array(table);
    this.#thread = thread;
    this.#limit = limit;
  }

  /** Takes a connection slot of this address if one is free in any thread's eyes. */
  take(address: string): boolean {
    const counter = stableHash(address) % COUNTERS;
    // Count first, look then: two threads that come at once may both give way, but never both pass.
    Atomics.add(this.#counters, this.#thread * COUNTERS + counter, 1);
    if (this.#held(counter) <= this.#limit) return true;
    this.release(address);
    return false;
  }

  release(address: string): void {
    const counter = stableHash(address) % COUNTERS;
    Atomics.sub(this.#counters, this.#thread * COUNTERS + counter, 1);
  }

  #held(counter: number): number {
    let held = 0;
    for (let index = counter; index < this.#counters.length; index += COUNTERS) {
      held += Atomics.load(this.#counters, index);
    }
    return held;
  }
}
