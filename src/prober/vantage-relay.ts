import type { FamilyHealth, VantageState } from "../domain/vantage.ts";
import type { Question } from "./messages.ts";
import type { VantageOptions } from "./options.ts";

/** The asker that is no thread: the service itself. */
const SERVICE = -1;

const UNTESTED: FamilyHealth = {
  healthy: false,
  anchorsAnswered: 0,
  anchorsTried: 0,
  sourceAddress: null,
  why: "Not tested yet.",
};

function untested({ name, country }: VantageOptions): VantageState {
  return {
    name,
    country,
    checkedAt: 0,
    families: { ip4: UNTESTED, ip6: UNTESTED },
    resolver: { usable: false, why: "Not tested yet." },
    dns64Prefix: null,
  };
}

/** The service's memory of the vantage point: the last state, and whose questions wait for the next self-test. */
export class VantageRelay {
  readonly #ask: (question: Question) => void;
  readonly #open = new Map<number, number>();
  readonly #answered = new Map<number, number>();
  #waiting: { readonly id: number; readonly settle: (state: VantageState) => void }[] = [];
  #lastId = 0;
  #state: VantageState;

  /** `ask` sends a question to the thread that tests. */
  constructor(vantage: VantageOptions, ask: (question: Question) => void) {
    this.#state = untested(vantage);
    this.#ask = ask;
  }

  get state(): VantageState {
    return this.#state;
  }

  /** The highest question of this asker that the present state answers, 0 for none. */
  answered(asker: number): number {
    return this.#answered.get(asker) ?? 0;
  }

  /** The highest question that this asker has put so far; one that is born anew must go on from there. */
  lastQuestion(asker: number): number {
    return Math.max(this.#open.get(asker) ?? 0, this.answered(asker));
  }

  /** Passes a question on and remembers it until it is answered. */
  forward(question: Question): void {
    this.#open.set(question.asker, question.id);
    this.#ask(question);
  }

  /** The questions without an answer, for a testing thread that is born anew. */
  open(): Question[] {
    return Array.from(this.#open, ([asker, id]) => ({ asker, id }));
  }

  /** The state of a self-test that begins after this call, or of the very first one. */
  check(): Promise<VantageState> {
    const { promise, resolve } = Promise.withResolvers<VantageState>();
    this.#lastId += 1;
    const id = this.#state.checkedAt === 0 ? 0 : this.#lastId;
    this.#waiting.push({ id, settle: resolve });
    if (id > 0) this.forward({ asker: SERVICE, id });
    return promise;
  }

  /** Takes a new state in, with the questions that it answers. */
  update(state: VantageState, answered: readonly Question[]): void {
    this.#state = state;
    for (const { asker, id } of answered) {
      this.#answered.set(asker, Math.max(id, this.answered(asker)));
      if ((this.#open.get(asker) ?? 0) <= id) this.#open.delete(asker);
    }
    this.#settleUpTo(this.answered(SERVICE));
  }

  /** Answers everyone who still waits with what is known; for the stop. */
  close(): void {
    this.#settleUpTo(this.#lastId);
  }

  #settleUpTo(id: number): void {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter((one) => one.id > id);
    for (const one of waiting) if (one.id <= id) one.settle(this.#state);
  }
}
