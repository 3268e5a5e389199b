import type { CheckId, Finding } from "./finding.ts";
import type { Family } from "./family.ts";
import type { HttpsGrade, ReadinessLevel } from "./readiness.ts";

/** Thresholds of the checks; a version never changes once it has judged anything. */
export interface RuleSet {
  readonly version: string;
  /** H3: least max-age that passes, seconds. */
  readonly hstsSeconds: number;
  /** W3: a certificate that ends within this many days is `warn`. */
  readonly certificateDays: number;
  /** W7: least similarity of the pages over both families, ratio. */
  readonly similarityRatio: number;
  /** P1: IPv6 slower than IPv4 by more than this factor and by more than this many milliseconds is `warn`. */
  readonly slowerRatio: number;
  readonly slowerMs: number;
  /** L4: least light-probe success over IPv6, and how far it may stay below that over IPv4; ratios. */
  readonly successRatio: number;
  readonly successGap: number;
}

/** One finding that keeps a portal from the next level. */
export interface Blocker {
  readonly check: CheckId;
  readonly family: Family | null;
  readonly reason: string;
}

/** The readiness level that one audit gives. */
export interface LevelReading {
  /** The highest that is proven. */
  readonly level: ReadinessLevel;
  /**
   * The highest that is left possible by checks that could not tell, and by a history that is still too short;
   * equal to `level` if nothing is open.
   */
  readonly possible: ReadinessLevel;
  /** For L3 with all that L4 asks of an audit: how many of the thirty days of history there are; else null. */
  readonly provisionalDays: number | null;
  /** What has to change for the next level; empty at L5 and for U. */
  readonly blockers: readonly Blocker[];
}

/** The HTTPS grade that one audit gives. */
export interface GradeReading {
  readonly grade: HttpsGrade;
  readonly possible: HttpsGrade;
  readonly blockers: readonly Blocker[];
}

/** Everything that the rules conclude from one observation. */
export interface Judgement {
  readonly ruleset: string;
  readonly findings: readonly Finding[];
  readonly level: LevelReading;
  readonly grade: GradeReading;
}
