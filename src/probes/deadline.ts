/** Why a step was ended from outside: its time is over, or the prober stops. */
export type Expiry = "deadline" | "cut";

/** The time that one run may take, all steps together. One step at a time waits on it. */
export interface Deadline {
  /**
   * Calls `expire` once when the time ends, at once (in a later tick) if it is over already.
   * The returned function must be called when the step has ended by itself.
   */
  guard(expire: (why: Expiry) => void): () => void;
  /** Milliseconds left, 0 when over or cut. */
  remaining(): number;
  /** Stops the clock while we wait for a limit of our own, until the returned function is called. */
  pause(): () => void;
  /** Milliseconds used, pauses left out. */
  used(): number;
  /** Whether the prober has cut the run. */
  readonly cut: boolean;
  /** Frees the timer; must be called at the end of the run. */
  clear(): void;
}

/** Starts a deadline of `timeoutMs`; an abort of `signal` ends it early. */
export function startDeadline(timeoutMs: number, signal?: AbortSignal): Deadline {
  return new RunDeadline(timeoutMs, signal);
}

class RunDeadline implements Deadline {
  readonly #signal: AbortSignal | undefined;
  #endsAt: number;
  readonly #timeoutMs: number;
  #pausedAt: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #expire: ((why: Expiry) => void) | null = null;
  /** Set when the timer fires: timers may do so a fraction of a millisecond before the clock says so. */
  #over = false;
  readonly #onAbort = () => this.#fire("cut");

  constructor(timeoutMs: number, signal?: AbortSignal) {
    this.#timeoutMs = timeoutMs;
    this.#endsAt = performance.now() + timeoutMs;
    this.#timer = setTimeout(() => this.#fire("deadline"), timeoutMs);
    this.#signal = signal;
    signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  get cut(): boolean {
    return this.#signal?.aborted ?? false;
  }

  guard(expire: (why: Expiry) => void): () => void {
    this.#expire = expire;
    if (this.remaining() === 0) {
      setImmediate(() => {
        if (this.#expire === expire) this.#fire(this.cut ? "cut" : "deadline");
      });
    }
    return () => {
      if (this.#expire === expire) this.#expire = null;
    };
  }

  remaining(): number {
    if (this.cut || this.#over) return 0;
    return Math.max(0, this.#endsAt - (this.#pausedAt ?? performance.now()));
  }

  pause(): () => void {
    const pausedAt = performance.now();
    this.#pausedAt = pausedAt;
    clearTimeout(this.#timer);
    return () => {
      this.#pausedAt = null;
      this.#endsAt += performance.now() - pausedAt;
      this.#timer = setTimeout(() => this.#fire("deadline"), this.remaining());
    };
  }

  used(): number {
    return (this.#pausedAt ?? performance.now()) - (this.#endsAt - this.#timeoutMs);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
    this.#expire = null;
  }

  #fire(why: Expiry): void {
    this.#over = true;
    const expire = this.#expire;
    this.#expire = null;
    // A run that was cut while it paused has no time left either, but that accuses nobody.
    expire?.(this.cut ? "cut" : why);
  }
}
