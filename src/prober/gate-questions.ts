import type { FamilyHealth, VantageState } from "../domain/vantage.ts";
import { SELF_TEST_PATIENCE_MS } from "./confirmation.ts";

interface Open {
  readonly id: number;
  readonly settle: (state: VantageState) => void;
  readonly timer: NodeJS.Timeout;
}

/** Asks for self-tests from a thread that does none itself, and hands the answers to whoever asked. */
export class GateQuestions {
  readonly #ask: (id: number) => void;
  readonly #open = new Set<Open>();
  #lastId: number;
  #closed = false;
  #state: VantageState;

  /** `ask` wants a self-test that begins after the call; `state` is what is known meanwhile. */
  constructor(lastId: number, state: VantageState, ask: (id: number) => void) {
    this.#lastId = lastId;
    this.#state = state;
    this.#ask = ask;
  }

  /** The state of a self-test that begins now; a place that vouches for nothing where none comes in time. */
  confirm(): Promise<VantageState> {
    if (this.#closed) return Promise.resolve(vouchesForNothing(this.#state));
    const { promise, resolve } = Promise.withResolvers<VantageState>();
    this.#lastId += 1;
    const open: Open = {
      id: this.#lastId,
      settle: resolve,
      timer: setTimeout(() => this.#giveUp(open), SELF_TEST_PATIENCE_MS),
    };
    this.#open.add(open);
    this.#ask(open.id);
    return promise;
  }

  /** Takes in a state that answers the questions up to `confirmed`. */
  answer(state: VantageState, confirmed: number): void {
    this.#state = state;
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
