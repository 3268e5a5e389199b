import type { Trouble } from "./trouble.ts";

/** Scheduled runs in a row that can't resolve a name before it is confirmed: resolvers fail now and then. */
const NAME_RUNS = 5;

/** How often a failed run is looked at again; as many more scheduled runs that say the same leave nothing to confirm. */
const CONFIRMATIONS = 2;

/** What a thread remembers of one portal and family that does not work: which trouble, and whether it was confirmed. */
export class Doubt {
  #failing: {
    readonly trouble: Trouble;
    readonly runs: number;
    readonly confirmed: boolean;
  } | null = null;
  #nameRuns = 0;
  #nameConfirmed = false;

  /**
   * Takes in what a scheduled run said; returns the trouble that is to be confirmed now, null if there is none. Where
   * confirmations find no room because too much fails at once, they end by themselves rather than take it for good.
   */
  note(told: Trouble | "none"): Trouble | null {
    // That the name could not be resolved says nothing about what it leads to.
    if (told === "name") {
      this.#nameRuns += 1;
      return this.isNameInDoubt ? "name" : null;
    }
    this.#nameRuns = 0;
    this.#nameConfirmed = false;
    if (told === "none") this.#failing = null;
    else {
      const before = this.#failing?.trouble === told ? this.#failing : null;
      const runs = (before?.runs ?? 0) + 1;
      const confirmed = before?.confirmed === true || runs > CONFIRMATIONS;
      this.#failing = { trouble: told, runs, confirmed };
    }
    return this.#failing?.confirmed === false ? this.#failing.trouble : null;
  }

  /** Takes in that all confirmations said the same. */
  confirm(trouble: Trouble): void {
    if (trouble === "name") this.#nameConfirmed = true;
    else if (this.#failing?.trouble === trouble)
      this.#failing = { ...this.#failing, confirmed: true };
  }

  /** Whether the next run that can't resolve the name could be the one that proves it. */
  get isNameInDoubt(): boolean {
    const runs = this.#nameRuns;
    return !this.#nameConfirmed && runs >= NAME_RUNS && runs < NAME_RUNS + CONFIRMATIONS;
  }
}
