import type { FamilyHealth, VantageState } from "../domain/vantage.ts";
import type { GatePace } from "./gate-pace.ts";
import { worseGate } from "./worse-gate.ts";

interface Open {
  readonly id: number;
  readonly settle: (state: VantageState) => void;
  readonly timer: NodeJS.Timeout;
}

/** The gate over the time of one audit. */
export interface GateRound {
  /**
   * What the self-tests since the beginning vouch for, one of which begins after this call: at once where somebody
   * waits for it, else when others want one too. A place that vouches for nothing where none comes in time.
   */
  confirm(isAwaited: boolean): Promise<VantageState>;
  /** To be called when the audit is over. */
  end(): void;
}

/** Asks for self-tests from a thread that does none itself, and hands the answers to whoever asked. */
export class GateQuestions {
  readonly #ask: (id: number, withinMs: number) => void;
  readonly #pace: GatePace;
  readonly #open = new Set<Open>();
  /** For each audit under way what self-tests have vouched for since it began; null before the first of them. */
  readonly #rounds = new Set<{ vouched: VantageState | null }>();
  #lastId: number;
  #closed = false;
  #state: VantageState;

  /** `ask` wants a self-test that begins after the call and within a time; `state` is what is known meanwhile. */
  constructor(
    lastId: number,
    state: VantageState,
    pace: GatePace,
    ask: (id: number, withinMs: number) => void,
  ) {
    this.#lastId = lastId;
    this.#pace = pace;
    this.#state = state;
    this.#ask = ask;
  }

  /** To be called when an audit begins: a gate that closes and opens again on its way was closed. */
  begin(): GateRound {
    const round: { vouched: VantageState | null } = { vouched: null };
    this.#rounds.add(round);
    return {
      confirm: async (isAwaited) => {
        const state = await this.#confirm(isAwaited);
        return round.vouched === null ? state : worseGate(round.vouched, state);
      },
      end: () => void this.#rounds.delete(round),
    };
  }

  #confirm(isAwaited: boolean): Promise<VantageState> {
    if (this.#closed) return Promise.resolve(vouchesForNothing(this.#state));
    const { promise, resolve } = Promise.withResolvers<VantageState>();
    this.#lastId += 1;
    const open: Open = {
      id: this.#lastId,
      settle: resolve,
      timer: setTimeout(() => this.#giveUp(open), this.#pace.patienceMs),
    };
    this.#open.add(open);
    this.#ask(open.id, isAwaited ? 0 : this.#pace.withinMs);
    return promise;
  }

  /** Takes in a state that answers the questions up to `confirmed`. */
  answer(state: VantageState, confirmed: number): void {
    this.#state = state;
    for (const round of this.#rounds) {
      round.vouched = round.vouched === null ? state : worseGate(round.vouched, state);
    }
    for (const open of this.#open) if (open.id <= confirmed) this.#settle(open, state);
  }

  /** Nobody will answer any more. */
  close(): void {
    this.#closed = true;
    for (const open of this.#open) this.#giveUp(open);
  }

  #giveUp(open: Open): void {
    this.#settle(open, vouchesForNothing(this.#state));
  }

  #settle(open: Open, state: VantageState): void {
    this.#open.delete(open);
    clearTimeout(open.timer);
    open.settle(state);
  }
}

/** A self-test that does not come is our own fault, and accusing wrongly is worse than not knowing. */
function vouchesForNothing(state: VantageState): VantageState {
  const why = "No self-test came in time.";
  const closed = (health: FamilyHealth): FamilyHealth => ({ ...health, healthy: false, why });
  return {
    name: state.name,
    country: state.country,
    checkedAt: state.checkedAt,
    families: { ip4: closed(state.families.ip4), ip6: closed(state.families.ip6) },
    resolver: { usable: false, why },
    dns64Prefix: state.dns64Prefix,
  };
}
