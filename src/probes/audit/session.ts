import type { SecureContext } from "node:tls";
import { type Unseen, unseen } from "../../domain/audit/sight.ts";
import type { GateSight } from "../../domain/audit/gate.ts";
import type { Family } from "../../domain/family.ts";
import type { AddressPolicy } from "../address-policy.ts";
import { type Deadline, startDeadline } from "../deadline.ts";

/** Takes turns at addresses: one connection at a time to each (reference b.6), over all audits that share it. */
export interface Turns {
  /** Resolves when it is the caller's turn, to the function that ends it. */
  at(address: string): Promise<() => void>;
}

/** What one audit is given; the same for all its steps. */
export interface SessionOptions {
  readonly policy: AddressPolicy;
  readonly trust: SecureContext;
  readonly userAgent: string;
  /** What was known at the beginning of the audit. */
  readonly gate: GateSight;
  /** Whether a family is open at this moment, asked before every packet; default: as at the beginning. */
  readonly openNow?: ((family: Family) => boolean) | undefined;
  readonly turns: Turns;
  /** Time of the whole audit, milliseconds. */
  readonly timeoutMs: number;
  /** Least time between two tries of what failed, milliseconds. */
  readonly tryGapMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** What came of up to three tries. */
export interface Tried<Outcome> {
  readonly outcome: Outcome;
  /** Tries that failed, the last one included if it did. */
  readonly failedTries: number;
}

/** Tries of one step within an audit (reference b.6). */
const TRIES = 3;

/** Tries of one thing lie apart by the gap and up to half of it more, so that their order is shuffled. */
const JITTER = 0.5;

/** One audit on its way: its limits, its time, and how to try again. */
export class AuditSession {
  readonly policy: AddressPolicy;
  readonly trust: SecureContext;
  readonly userAgent: string;
  readonly gate: GateSight;
  readonly clock: () => number;
  /** Aborted when the audit's time is over or it is cut. */
  readonly signal: AbortSignal;
  readonly #options: SessionOptions;
  readonly #endsAt: number;

  constructor(options: SessionOptions) {
    this.policy = options.policy;
    this.trust = options.trust;
    this.userAgent = options.userAgent;
    this.gate = options.gate;
    this.clock = options.clock;
    this.#options = options;
    this.#endsAt = performance.now() + options.timeoutMs;
    const over = AbortSignal.timeout(options.timeoutMs);
    this.signal = options.signal ? AbortSignal.any([over, options.signal]) : over;
  }

  /** Milliseconds left. */
  remaining(): number {
    return this.signal.aborted ? 0 : Math.max(0, this.#endsAt - performance.now());
  }

  /** A deadline for one step, which ends with the audit at the latest; the step must clear it. */
  step(limitMs: number): Deadline {
    return startDeadline(Math.min(limitMs, this.remaining()), this.#options.signal);
  }

  /** Why nothing may be sent over this family now, null if it may: a gate that closes later closes for what follows. */
  closed(family: Family): Unseen | null {
    const { openNow } = this.#options;
    if (this.gate.families[family] && (openNow?.(family) ?? true)) return null;
    return unseen(family === "ip4" ? "vantage_no_ipv4" : "vantage_no_ipv6");
  }

  /** One connection at a time to each address; the returned function must be called when it is closed. */
  turnAt(address: string): Promise<() => void> {
    return this.#options.turns.at(address);
  }

  /** Tries up to three times, apart in time, until `failed` is false or the audit's time does not allow another. */
  async tries<Outcome>(
    attempt: () => Promise<Outcome>,
    failed: (outcome: Outcome) => boolean,
  ): Promise<Tried<Outcome>> {
    for (let failedTries = 0; ;) {
      const outcome = await attempt();
      if (!failed(outcome)) return { outcome, failedTries };
      failedTries += 1;
      const gap = this.#options.tryGapMs * (1 + Math.random() * JITTER);
      if (failedTries >= TRIES || gap >= this.remaining()) return { outcome, failedTries };
      await this.#wait(gap);
      if (this.signal.aborted) return { outcome, failedTries };
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.signal.addEventListener("abort", end, { once: true });
    });
  }
}

/** Turns for any number of audits. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    async at(address) {
      const before = last.get(address) ?? Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      const mine = before.then(() => promise);
      last.set(address, mine);
      await before;
      return () => {
        resolve();
        if (last.get(address) === mine) last.delete(address);
      };
    },
  };
}
