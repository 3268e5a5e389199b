/** The IPv6 readiness ladder; the order is that of the ladder, U stands outside it. */
export const READINESS_LEVELS = ["U", "LX", "L0", "L1", "L2", "L3", "L4", "L5"] as const;

export type ReadinessLevel = (typeof READINESS_LEVELS)[number];

/** Value of the metric `portal_ipv6_level`: 0–5, −1 for LX, null for U, which is not exposed. */
export const LEVEL_VALUE: Readonly<Record<ReadinessLevel, number | null>> = {
  U: null,
  LX: -1,
  L0: 0,
  L1: 1,
  L2: 2,
  L3: 3,
  L4: 4,
  L5: 5,
};

/** The HTTPS grades, best first. */
export const HTTPS_GRADES = ["A", "B", "C", "D", "E", "U"] as const;

export type HttpsGrade = (typeof HTTPS_GRADES)[number];

/** Value of the metric `portal_https_grade`: 5 = A … 1 = E, null for U, which is not exposed. */
export const GRADE_VALUE: Readonly<Record<HttpsGrade, number | null>> = {
  A: 5,
  B: 4,
  C: 3,
  D: 2,
  E: 1,
  U: null,
};

/** Days of light-probe history that L4 takes. */
export const HISTORY_DAYS = 30;

/** Light-probe success of the last thirty days of history; ratios 0–1, null without any run that could be judged. */
export interface LightProbeHistory {
  /** Days with judged runs over every published family, at most 30. */
  readonly days: number;
  readonly successRatio: { readonly ip4: number | null; readonly ip6: number | null };
}
