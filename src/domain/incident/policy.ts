/** How often something must be seen before it is believed. */
export interface Confirmed {
  /** Bad observations in a row that open, confirmations included. */
  readonly openAfter: number;
  /** Scheduled runs among them, at least. */
  readonly openAfterScheduled: number;
  /** Good scheduled runs in a row that close. */
  readonly closeAfter: number;
}

/** Every threshold by which incidents open, close and are told; durations in milliseconds, shares 0–1. */
export interface IncidentPolicy {
  readonly down: Confirmed;
  readonly degraded: Confirmed;
  readonly unresolvable: Confirmed;
  readonly certificate: Confirmed;
  /** Remaining days at which an expiring certificate is told, and the share of its lifetime that caps each. */
  readonly expiring: readonly { readonly days: number; readonly lifetimeShare: number }[];
  /** Weighted share of changes among the last runs at which flapping begins and ends (Icinga 2: 30 and 25 %). */
  readonly flapping: { readonly window: number; readonly begin: number; readonly end: number };
  /** A vantage point votes while its last telling run is no older than this many intervals. */
  readonly freshIntervals: number;
  /** Some vantage points fail and too few for `down`: told after this. */
  readonly partialAfterMs: number;
  /** The same incident again rather than another one. */
  readonly reopenWithinMs: number;
  /** Older news amend the history and are not told. */
  readonly lateAfterMs: number;
  readonly group: {
    readonly withinMs: number;
    /** So many open incidents with one cause in common make a parent … */
    readonly children: number;
    /** … or this share of all that have it in common, if they are at least `minChildren`. */
    readonly share: number;
    readonly minChildren: number;
    /** How long an incident that could have a cause in common waits for the others. */
    readonly waitMs: number;
  };
  /** Many portals newly fail from one place: it is doubted before they are told. */
  readonly mass: {
    readonly share: number;
    readonly endShare: number;
    readonly minPortals: number;
    readonly minPrefixes: number;
    readonly withinIntervals: number;
  };
  /** How long this place must be ill, and well again, before that is believed. */
  readonly vantage: { readonly openAfterMs: number; readonly closeAfterMs: number };
}

const MINUTE = 60_000;

/**
 * The defaults. Opening: the scheduled run and two confirmations about 10 s and 30 s later; closing takes three good
 * scheduled runs, so it is the stricter of the two.
 */
export const DEFAULT_POLICY: IncidentPolicy = {
  down: { openAfter: 3, openAfterScheduled: 1, closeAfter: 3 },
  degraded: { openAfter: 5, openAfterScheduled: 5, closeAfter: 5 },
  unresolvable: { openAfter: 7, openAfterScheduled: 5, closeAfter: 3 },
  certificate: { openAfter: 3, openAfterScheduled: 1, closeAfter: 2 },
  expiring: [
    { days: 30, lifetimeShare: 1 / 3 },
    { days: 14, lifetimeShare: 1 / 6 },
    { days: 7, lifetimeShare: 1 / 12 },
    { days: 3, lifetimeShare: 1 / 24 },
    { days: 1, lifetimeShare: 1 / 72 },
  ],
  flapping: { window: 20, begin: 0.3, end: 0.25 },
  freshIntervals: 2,
  partialAfterMs: 10 * MINUTE,
  reopenWithinMs: 15 * MINUTE,
  lateAfterMs: 15 * MINUTE,
  group: { withinMs: 5 * MINUTE, children: 5, share: 0.5, minChildren: 3, waitMs: MINUTE },
  mass: { share: 0.25, endShare: 0.125, minPortals: 10, minPrefixes: 3, withinIntervals: 2 },
  vantage: { openAfterMs: MINUTE, closeAfterMs: MINUTE },
};
