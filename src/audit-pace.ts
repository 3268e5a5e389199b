/** Times of one audit in the schedule, milliseconds, and how much is done at a time. */
export interface AuditPace {
  readonly timeoutMs: number;
  readonly tryGapMs: number;
  /** How long after the start the portals are spread that have no audit younger than an interval. */
  readonly firstRoundMs: number;
  /** Connections to one address. */
  readonly perAddress: number;
  /** Audits at once. */
  readonly inFlight: number;
}

/**
 * Polite: tries 20 s apart and one connection at a time, because rate limits are the main false alarm of such
 * checkers. A first round of a quarter of an hour shows something the same morning without a burst. 20,000 portals in
 * 6 h are 0.93 a second: 64 at once allow them 69 s each, and a portal takes a few seconds unless it is tried again.
 */
export const AUDIT_PACE: AuditPace = {
  timeoutMs: 240_000,
  tryGapMs: 20_000,
  firstRoundMs: 900_000,
  perAddress: 1,
  inFlight: 64,
};
