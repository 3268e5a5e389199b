import type { AuditSession } from "../audit/session.ts";

/** A healthy name four zones deep takes about twenty questions; an ill one must not take for ever. */
const MAX_QUESTIONS = 200;

/** Delegations met, those of name servers' own names included. */
const MAX_CUTS = 30;

/** Time spent waiting for answers; pauses between tries do not count. */
const MAX_MS = 20_000;

/** What one walk may cost. */
export class WalkBudget {
  readonly #session: AuditSession;
  #questions = 0;
  #cuts = 0;
  #waitedMs = 0;
  #givenUp = false;

  constructor(session: AuditSession) {
    this.#session = session;
  }

  get questions(): number {
    return this.#questions;
  }

  /** Whether another question is too much. */
  get over(): boolean {
    return (
      this.#questions >= MAX_QUESTIONS || this.#waitedMs >= MAX_MS || this.#givenUp || this.ended
    );
  }

  /** Whether the audit has ended, which is no bound of the walk. */
  get ended(): boolean {
    return this.#session.remaining() === 0;
  }

  /** Ends the walk: something of our own failed, which must not look like a fault of the servers. */
  giveUp(): void {
    this.#givenUp = true;
  }

  /** Counts one question; false if it may not be sent. */
  takeQuestion(): boolean {
    if (this.over) return false;
    this.#questions += 1;
    return true;
  }

  /** Counts one delegation; false if there were too many. */
  takeCut(): boolean {
    this.#cuts += 1;
    return this.#cuts <= MAX_CUTS;
  }

  /** Counts the time that a step waited for answers. */
  async timed<Result>(step: () => Promise<Result>): Promise<Result> {
    const began = performance.now();
    try {
      return await step();
    } finally {
      this.#waitedMs += performance.now() - began;
    }
  }
}
