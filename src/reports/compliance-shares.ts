import {
  GRADE_VALUE,
  HTTPS_GRADES,
  type HttpsGrade,
  LEVEL_VALUE,
  READINESS_LEVELS,
  type ReadinessLevel,
} from "../domain/readiness.ts";
import {
  allOf,
  isPublicEvidence,
  REQUIREMENT_VERDICTS,
  type RequirementVerdict,
} from "../domain/requirement.ts";
import type { RequirementRow } from "./compliance-requirements.ts";

/** A share that can be checked: what is unknown stands beside it and in neither part of it. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
  readonly unknown: number;
}

/** One yardstick over portals and over agencies; an agency passes when all its counted portals do. */
export interface SharePair {
  readonly portals: Share;
  readonly agencies: Share;
}

/** Portals of one agency that are alike in everything that is counted. */
export interface PortalGroup {
  readonly agency_id: number;
  readonly redirected: boolean;
  readonly level: ReadinessLevel;
  /** At L3, and it is too early to say more. */
  readonly early: boolean;
  readonly grade: HttpsGrade;
  /** What each requirement on portals comes to, in their order. */
  readonly verdicts: readonly RequirementVerdict[];
  readonly portals: number;
}

export type VerdictCounts = Readonly<Record<RequirementVerdict, number>>;

/** Levels that a share is given for, this one or better. */
const LADDER_STEPS = ["L1", "L2", "L3", "L4", "L5"] as const;

/** Grades that a share is given for, this one or better. */
const GRADE_STEPS = ["A", "B", "C", "D"] as const;

/** Portals by what a rule makes of each group. */
export function countVerdicts(
  groups: readonly PortalGroup[],
  verdictOf: (group: PortalGroup) => RequirementVerdict,
): VerdictCounts {
  const counts = { met: 0, not_met: 0, unknown: 0, not_applicable: 0 };
  for (const group of groups) counts[verdictOf(group)] += group.portals;
  return counts;
}

/** The share that counts come to. */
function toShare({ met, not_met: notMet, unknown }: VerdictCounts): Share {
  return { numerator: met, denominator: met + notMet, unknown };
}

/** One yardstick over all groups, by portal and by agency. */
function sharePair(
  groups: readonly PortalGroup[],
  verdictOf: (group: PortalGroup) => RequirementVerdict,
): SharePair {
  const agencies = { met: 0, not_met: 0, unknown: 0, not_applicable: 0 };
  for (const own of Map.groupBy(groups, ({ agency_id: agency }) => agency).values()) {
    agencies[allOf(countVerdicts(own, verdictOf))] += 1;
  }
  return { portals: toShare(countVerdicts(groups, verdictOf)), agencies: toShare(agencies) };
}

/** Whether a group is at this level or better; redirected ones are not held against it. */
function reachesLevel(group: PortalGroup, atLeast: ReadinessLevel): RequirementVerdict {
  if (group.redirected) return "not_applicable";
  const value = LEVEL_VALUE[group.level];
  const wanted = LEVEL_VALUE[atLeast] ?? 0;
  if (value === null) return "unknown";
  if (value >= wanted) return "met";
  return group.early && wanted > value ? "unknown" : "not_met";
}

/** Whether a group has this grade or a better one. */
function reachesGrade(group: PortalGroup, atLeast: HttpsGrade): RequirementVerdict {
  if (group.redirected) return "not_applicable";
  const value = GRADE_VALUE[group.grade];
  if (value === null) return "unknown";
  return value >= (GRADE_VALUE[atLeast] ?? 0) ? "met" : "not_met";
}

/** All shares of one list of portals. */
export interface ComplianceShares {
  readonly portals: { readonly counted: number; readonly redirected: number };
  readonly agencies: number;
  readonly levels: Readonly<Record<ReadinessLevel, number>>;
  readonly grades: Readonly<Record<HttpsGrade, number>>;
  /** This level or better. */
  readonly ladder: readonly ({ readonly at_least: ReadinessLevel } & SharePair)[];
  /** This grade or better. */
  readonly https: readonly ({ readonly at_least: HttpsGrade } & SharePair)[];
  /** Requirements on portals. */
  readonly requirements: readonly ({ readonly id: string } & SharePair)[];
}

/** The shares that groups of portals come to; `requirements` are those of their verdicts, in the same order. */
export function sharesOf(
  groups: readonly PortalGroup[],
  requirements: readonly RequirementRow[],
): ComplianceShares {
  const counted = groups.filter(({ redirected }) => !redirected);
  return {
    portals: { counted: sum(counted), redirected: sum(groups) - sum(counted) },
    agencies: new Set(counted.map(({ agency_id: agency }) => agency)).size,
    levels: distribution(READINESS_LEVELS, counted, ({ level }) => level),
    grades: distribution(HTTPS_GRADES, counted, ({ grade }) => grade),
    ladder: LADDER_STEPS.map((step) => ({
      at_least: step,
      ...sharePair(groups, (group) => reachesLevel(group, step)),
    })),
    https: GRADE_STEPS.map((step) => ({
      at_least: step,
      ...sharePair(groups, (group) => reachesGrade(group, step)),
    })),
    requirements: requirements.map(({ id }, index) => ({
      id,
      ...sharePair(groups, (group) => group.verdicts[index] ?? "unknown"),
    })),
  };
}

/** The shares without those that go by findings. */
export function withoutFindingShares(
  shares: ComplianceShares,
  requirements: readonly RequirementRow[],
): ComplianceShares {
  const open = new Set(
    requirements.filter(({ evidence }) => isPublicEvidence(evidence)).map(({ id }) => id),
  );
  return { ...shares, requirements: shares.requirements.filter(({ id }) => open.has(id)) };
}

function sum(groups: readonly PortalGroup[]): number {
  return groups.reduce((total, { portals }) => total + portals, 0);
}

/** Portals by a value, with zeros. */
export function distribution<Value extends string>(
  values: readonly Value[],
  groups: readonly PortalGroup[],
  valueOf: (group: PortalGroup) => Value,
): Record<Value, number> {
  const counts = Object.fromEntries(values.map((value) => [value, 0])) as Record<Value, number>;
  for (const group of groups) counts[valueOf(group)] += group.portals;
  return counts;
}

/** No portal of any verdict. */
export const NO_VERDICTS = Object.fromEntries(
  REQUIREMENT_VERDICTS.map((verdict) => [verdict, 0]),
) as VerdictCounts;
