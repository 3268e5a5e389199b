import type { ProbeResult } from "../domain/observation.ts";

/** Probe results in memory, in order and bounded; beyond the bound the oldest successes go first. */
export class ResultQueue {
  readonly #capacity: number;
  #results: ProbeResult[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#results.length;
  }

  /** Adds results at the end; returns how many were lost to make room. */
  push(results: readonly ProbeResult[]): number {
    this.#results = this.#results.concat(results);
    return this.#makeRoom();
  }

  /** Puts results back at the front, in their order; returns how many were lost to make room. */
  putBack(results: readonly ProbeResult[]): number {
    this.#results = results.concat(this.#results);
    return this.#makeRoom();
  }

  /** Takes the first results, at most `limit`. */
  take(limit: number): ProbeResult[] {
    return this.#results.splice(0, limit);
  }

  #makeRoom(): number {
    const over = this.#results.length - this.#capacity;
    if (over <= 0) return 0;
    let toDrop = over;
    this.#results = this.#results.filter((result) => {
      if (toDrop === 0 || result.outcome !== "ok") return true;
      toDrop -= 1;
      return false;
    });
    this.#results.splice(0, toDrop);
    return over;
  }
}
