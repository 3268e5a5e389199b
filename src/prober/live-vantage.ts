import type { VantageState } from "../domain/vantage.ts";

/** The vantage point as it is known at every moment: who holds this sees a gate close at once. */
export class LiveVantage implements VantageState {
  #state: VantageState;

  constructor(state: VantageState) {
    this.#state = state;
  }

  /** Replaces what is known. */
  update(state: VantageState): void {
    this.#state = state;
  }

  get name() {
    return this.#state.name;
  }

  get country() {
    return this.#state.country;
  }

  get checkedAt() {
    return this.#state.checkedAt;
  }

  get families() {
    return this.#state.families;
  }

  get resolver() {
    return this.#state.resolver;
  }

  get dns64Prefix() {
    return this.#state.dns64Prefix;
  }
}
