/**
 * Where good ends and bad begins: one constant for the colour of a panel and for the alert rule that speaks of the same.
 * Shares are ratios of 0 to 1, times are seconds.
 */

/** Share of portals up, national or per province. */
export const UP_SHARE = { warn: 0.9, good: 0.98 } as const;

/** A province in which more than this share of at least so many portals is down has one trouble, not many. */
export const MASS_OUTAGE = { share: 0.3, portals: 5 } as const;

/** Response time of a page, 95th percentile over portals; the limit of `degraded` is the portal's own. */
export const SLOW_SECONDS = { warn: 2, bad: 5 } as const;

/**
 * A certificate is about to end when less than so many days AND less than this share of its lifetime is left: authorities
 * issue them for 200, 100, 47 and 6 days now, and fixed days would warn of the short ones all their life.
 */
export const CERTIFICATE = {
  notice: { days: 30, share: 1 / 3 },
  warning: { days: 14, share: 0.2 },
  critical: { days: 3, share: 0.1 },
} as const;

/** Share of portals that is ready for IPv6 (L3 and above): the national programme's milestones are dated targets. */
export const IPV6_SHARE = { warn: 0.5, good: 0.9 } as const;

/** Share of portals with an HTTPS grade of A or B. */
export const HTTPS_SHARE = { warn: 0.5, good: 0.9 } as const;

/** Availability that is aimed at, over thirty days. */
export const AVAILABILITY_GOAL = 0.995;

/** Runs begin this late at most, 99 of 100 of them. */
export const LAG_SECONDS = { warn: 1, bad: 5 } as const;

/** Age of the oldest notification and the oldest result that wait. */
export const WAITING_SECONDS = { warn: 300, bad: 900 } as const;

/** Age of the newest coverage figures, in days: they are owed every quarter. */
export const COVERAGE_AGE_DAYS = { warn: 120, bad: 200 } as const;

/**
 * How fast the error budget may burn (SRE workbook, chapter 5): a mean share of failures over the long and the short window
 * above `factor` times what the goal leaves. Provinces have no windows above six hours.
 */
export const BURNS = {
  fast: [{ factor: 14.4, long: "1h", short: "5m" }],
  province: [{ factor: 6, long: "6h", short: "30m" }],
  national: [
    { factor: 3, long: "1d", short: "2h" },
    { factor: 1, long: "3d", short: "6h" },
  ],
} as const;

/** The share of portals that are ready for IPv6 falls by more than this within a day, of at least so many portals. */
export const IPV6_DROP = { share: 0.05, portals: 20 } as const;

/** A coverage ratio that falls by more than this within a week is a bad import or a real loss: figures mostly grow. */
export const COVERAGE_FALL = 0.02;

/** Rows held for review wait longer than this, in days. */
export const REVIEW_DAYS = 3;

/** Share of runs that our own side spoils, a family that this place lacks left out. */
export const INTERNAL_ERROR_SHARE = 0.05;

/** More than this share of portals was not audited for so many audit intervals. */
export const AUDITS_LATE = { share: 0.1, intervals: 3 } as const;

/** Share of a scrape's time or sample limit. */
export const SCRAPE_SHARE = 0.8;
