import {
  HTTPS_GRADES,
  type HttpsGrade,
  READINESS_LEVELS,
  type ReadinessLevel,
} from "../domain/readiness.ts";
import {
  allOf,
  isPublicEvidence,
  REQUIREMENT_VERDICTS,
  type RequirementVerdict,
} from "../domain/requirement.ts";
import { type JudgedFacts, reachesGrade, reachesLevel } from "./compliance-group-verdict.ts";
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
export interface PortalGroup extends JudgedFacts {
  readonly agency_id: number;
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

/** One yardstick over the groups of each agency, by portal and by agency. */
function sharePair(
  agencies: readonly (readonly PortalGroup[])[],
  verdictOf: (group: PortalGroup) => RequirementVerdict,
): SharePair {
  const all = { met: 0, not_met: 0, unknown: 0, not_applicable: 0 };
  const passed = { met: 0, not_met: 0, unknown: 0, not_applicable: 0 };
  for (const own of agencies) {
    const counts = countVerdicts(own, verdictOf);
    for (const verdict of REQUIREMENT_VERDICTS) all[verdict] += counts[verdict];
    passed[allOf(counts)] += 1;
  }
  return { portals: toShare(all), agencies: toShare(passed) };
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
  const agencies = [...Map.groupBy(groups, ({ agency_id: agency }) => agency).values()];
  return {
    portals: { counted: sum(counted), redirected: sum(groups) - sum(counted) },
    agencies: new Set(counted.map(({ agency_id: agency }) => agency)).size,
    levels: distribution(READINESS_LEVELS, counted, ({ level }) => level),
    grades: distribution(HTTPS_GRADES, counted, ({ grade }) => grade),
    ladder: LADDER_STEPS.map((step) => ({
      at_least: step,
      ...sharePair(agencies, (group) => reachesLevel(group, step)),
    })),
    https: GRADE_STEPS.map((step) => ({
      at_least: step,
      ...sharePair(agencies, (group) => reachesGrade(group, step)),
    })),
    requirements: requirements.map(({ id }, index) => ({
      id,
      ...sharePair(agencies, (group) => group.verdicts[index] ?? "unknown"),
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
