import { failure, type FailureKind } from "../domain/failure.ts";
import type { ProbeResult } from "../domain/observation.ts";
import { gateFailure, type VantageState } from "../domain/vantage.ts";
import { troubleOf } from "./trouble.ts";

/**
 * How long what failed waits for the self-test that may excuse it: two self-tests of at most 5 s apart, with
 * their own time limits, and then some.
 */
export const SELF_TEST_PATIENCE_MS = 20_000;

/**
 * What a result counts for: one of the schedule is what is known of a portal from then on; one that was asked for is
 * not; one that proves what failed before is that too, and is held if it fails, news or not.
 */
export type Weight = "scheduled" | "asked" | "proof";

interface Held {
  readonly question: number;
  readonly result: ProbeResult;
  readonly settle: (result: ProbeResult) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Holds a failure that is news until the vantage point has tested itself after it, so that a cut uplink or a
 * network that answers for everybody never paints portals as down.
 */
export class Confirmation {
  readonly #ask: (question: number) => void;
  /** What each portal and family last came to, as far as it matters here. */
  readonly #known = new Map<string, string>();
  readonly #held = new Set<Held>();
  #lastQuestion: number;

  /** `ask` wants a self-test that begins after the call. */
  constructor(lastQuestion: number, ask: (question: number) => void) {
    this.#lastQuestion = lastQuestion;
    this.#ask = ask;
  }

  /** Resolves with the result as it may be released: at once, or after the self-test, excused where it must be. */
  async settle(result: ProbeResult, weight: Weight): Promise<ProbeResult> {
    const isHeld = this.#isNews(result) || (weight === "proof" && isBad(result));
    const released = isHeld ? await this.#hold(result) : result;
    if (weight !== "asked") this.#known.set(keyOf(released), stateOf(released));
    return released;
  }

  /** Releases what questions up to `confirmed` were asked for, by the state that answers them. */
  answer(state: VantageState, confirmed: number): void {
    for (const held of this.#held) {
      if (held.question <= confirmed) this.#release(held, excuse(state, held.result));
    }
  }

  /** Releases everything as unknown, because nobody will answer any more. */
  close(): void {
    for (const held of this.#held) this.#release(held, "prober_fault");
  }

  /** Forgets a portal that is no longer probed. */
  forget(portal: number): void {
    this.#known.delete(`${portal}/ip4`);
    this.#known.delete(`${portal}/ip6`);
  }

  /**
   * A failure of another kind than the last run's, or an address that is gone. A portal without an address from
   * the start is no news: it was looked up through a resolver that had just been tested.
   */
  #isNews(result: ProbeResult): boolean {
    const before = this.#known.get(keyOf(result));
    if (result.outcome === "fail") return before !== stateOf(result);
    return result.outcome === "no_address" && before !== undefined && before !== stateOf(result);
  }

  #hold(result: ProbeResult): Promise<ProbeResult> {
    const { promise, resolve } = Promise.withResolvers<ProbeResult>();
    this.#lastQuestion += 1;
    const held: Held = {
      question: this.#lastQuestion,
      result,
      settle: resolve,
      // A self-test that does not come is our own fault, and accusing wrongly is worse than not knowing.
      timer: setTimeout(() => this.#release(held, "prober_fault"), SELF_TEST_PATIENCE_MS),
    };
    this.#held.add(held);
    this.#ask(held.question);
    return promise;
  }

  #release(held: Held, excusedAs: FailureKind | null): void {
    this.#held.delete(held);
    clearTimeout(held.timer);
    const { result } = held;
    held.settle(
      excusedAs ? { ...result, outcome: "unknown", failure: failure(excusedAs) } : result,
    );
  }
}

function keyOf(result: ProbeResult): string {
  return `${result.portal}/${result.family}`;
}

function isBad(result: ProbeResult): boolean {
  const told = troubleOf(result);
  return told !== null && told !== "none";
}

function stateOf(result: ProbeResult): string {
  return `${result.outcome} ${result.failure?.kind ?? ""}`;
}

/** Why the vantage point cannot vouch for this result, or null if it can. */
function excuse({ resolver, families }: VantageState, result: ProbeResult): FailureKind | null {
  if (!resolver.usable) return "resolver_unusable";
  // That a name can't be resolved needs no family.
  if (result.outcome === "unknown") return null;
  // Whether there is an address needs only a resolver that withholds nothing.
  const absent = result.outcome === "no_address" || result.failure?.kind === "no_address_at_all";
  if (absent) return resolver.doubtful ? "resolver_unusable" : null;
  return families[result.family].healthy ? null : gateFailure(result.family);
}
