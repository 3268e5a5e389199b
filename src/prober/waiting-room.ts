import type { SkipReason } from "../domain/failure.ts";

/**
 * How often those who wait try again: what they wait for can come without a call (time, other threads), and
 * 25 ms is small beside the patience of a run and costs nothing while nobody waits.
 */
const RETRY_MS = 25;

interface Waiting<T> {
  readonly request: T;
  /** On the clock of `performance.now()`. */
  readonly until: number;
  readonly settle: (refused: SkipReason | null) => void;
}

/** Those who want something that a limit of ours stands against: tried in order, turned away after their patience. */
export class WaitingRoom<T> {
  readonly #attempt: (request: T) => SkipReason | null;
  #waiting: Waiting<T>[] = [];
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  /** `attempt` takes what is wanted and says null, or says which limit stands against it. */
  constructor(attempt: (request: T) => SkipReason | null) {
    this.#attempt = attempt;
  }

  /** Null when it was there at once; else a promise of null, or of the limit that still stood when patience ended. */
  enter(request: T, patienceMs: number): SkipReason | null | Promise<SkipReason | null> {
    if (this.#closed) return "skip_stopping";
    if (this.#waiting.length === 0 && this.#attempt(request) === null) return null;
    const { promise, resolve } = Promise.withResolvers<SkipReason | null>();
    this.#waiting.push({ request, until: performance.now() + patienceMs, settle: resolve });
    this.retry();
    return promise;
  }

  /** Tries again for everyone, first come first; to be called when something was given back. */
  retry(): void {
    const now = performance.now();
    this.#waiting = this.#waiting.filter(({ request, until, settle }) => {
      const reason = this.#attempt(request);
      const stays = reason !== null && now < until;
      if (!stays) settle(reason);
      return stays;
    });
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = this.#waiting.length > 0 ? setTimeout(() => this.retry(), RETRY_MS) : null;
  }

  /** Turns everyone away, now and later. */
  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    for (const { settle } of this.#waiting) settle("skip_stopping");
    this.#waiting = [];
  }
}
