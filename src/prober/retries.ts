import type { ProbeResult } from "../domain/observation.ts";
import { confirmAfter, jittered } from "./confirm-times.ts";
import { Doubt } from "./doubt.ts";
import type { Slot } from "./schedule.ts";
import { keyOf } from "./skipped.ts";
import { type Trouble, troubleOf } from "./trouble.ts";

/** What the retries of one thread need. */
interface RetryTools {
  readonly intervalMs: number;
  /** See `ProbingOptions`. */
  readonly confirmAfterMs?: readonly number[] | undefined;
  /** Goes to the portal of a slot again; resolves with what was recorded of it. */
  readonly attempt: (slot: Slot, attempt: number) => Promise<ProbeResult>;
}

/** The confirmations of one failure that are still to come. */
interface Series {
  readonly slot: Slot;
  readonly trouble: Trouble;
  /** When the failure began to be known, on the clock of `performance.now()`. */
  readonly since: number;
  attempt: number;
  /** Whether every confirmation so far said the same. */
  agreed: boolean;
  timer: NodeJS.Timeout | null;
}

/**
 * Looks again, twice and soon, at what failed and was not confirmed before, so that one lost packet is told from an
 * outage long before the next scheduled run. While all is well it remembers nothing.
 */
export class Retries {
  readonly #tools: RetryTools;
  readonly #afterMs: readonly number[];
  readonly #doubts = new Map<string, Doubt>();
  readonly #series = new Map<string, Series>();
  #stopped = false;

  constructor(tools: RetryTools) {
    this.#tools = tools;
    this.#afterMs = tools.confirmAfterMs ?? confirmAfter(tools.intervalMs);
  }

  /** Takes in what a slot came to, as it is recorded; plans confirmations or drops those that are pointless now. */
  note(slot: Slot, result: ProbeResult): void {
    const told = troubleOf(result);
    if (told === null) return;
    const key = keyOf(slot.target.portal, slot.family);
    const pending = this.#series.get(key);
    if (pending && told !== "name" && told !== pending.trouble) this.#drop(key);
    if (told === "none") return void this.#doubts.delete(key);
    const doubt = this.#doubts.get(key) ?? new Doubt();
    this.#doubts.set(key, doubt);
    const trouble = doubt.note(told);
    if (trouble === null || this.#stopped || this.#series.has(key)) return;
    const since = performance.now();
    this.#plan(key, { slot, trouble, since, attempt: 0, agreed: true, timer: null });
  }

  /** Whether a scheduled run could be the one that proves a name unresolvable, so that the resolver must be proven first. */
  isProof({ target, family }: Slot, result: ProbeResult): boolean {
    if (troubleOf(result) !== "name") return false;
    return this.#doubts.get(keyOf(target.portal, family))?.isNameInDoubt ?? false;
  }

  /** Forgets a portal: it is no longer probed, or is another one now. */
  forget(portal: number): void {
    for (const key of [keyOf(portal, "ip4"), keyOf(portal, "ip6")]) {
      this.#drop(key);
      this.#doubts.delete(key);
    }
  }

  /** Drops all that are pending, and plans none any more. */
  stop(): void {
    this.#stopped = true;
    for (const key of this.#series.keys()) this.#drop(key);
  }

  /** Plans the next confirmation of a series, or ends it after the last. */
  #plan(key: string, series: Series): void {
    const afterMs = this.#afterMs[series.attempt];
    if (afterMs === undefined) {
      this.#series.delete(key);
      if (series.agreed) this.#doubts.get(key)?.confirm(series.trouble);
      return;
    }
    series.attempt += 1;
    const at = series.since + jittered(afterMs, key, series.slot.scheduledAt, series.attempt);
    series.timer = setTimeout(
      () => void this.#look(key, series),
      Math.max(0, at - performance.now()),
    );
    this.#series.set(key, series);
  }

  async #look(key: string, series: Series): Promise<void> {
    const told = troubleOf(await this.#tools.attempt(series.slot, series.attempt));
    if (this.#series.get(key) !== series) return;
    if (told === series.trouble || told === null) {
      series.agreed &&= told !== null;
      this.#plan(key, series);
    } else {
      // It was not so: whatever fails next is new again.
      this.#series.delete(key);
      this.#doubts.delete(key);
    }
  }

  #drop(key: string): void {
    const timer = this.#series.get(key)?.timer;
    if (timer) clearTimeout(timer);
    this.#series.delete(key);
  }
}
