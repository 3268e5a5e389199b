import type { PortalKind } from "../domain/portal.ts";
import {
  GRADE_VALUE,
  type HttpsGrade,
  LEVEL_VALUE,
  type ReadinessLevel,
} from "../domain/readiness.ts";
import type { RequirementVerdict } from "../domain/requirement.ts";
import type { RequirementRow } from "./compliance-requirements.ts";

/** What a requirement can go by, of portals that are alike in it. */
export interface JudgedFacts {
  readonly kind: PortalKind;
  /** Only forwards to the national gateway. */
  readonly redirected: boolean;
  readonly level: ReadinessLevel;
  /** At L3, and it is too early to say more. */
  readonly early: boolean;
  readonly grade: HttpsGrade;
}

/**
 * What a requirement on portals comes to, where it goes by anything but findings: the rule of `verdictSql`, for those who
 * count twenty thousand portals, of whom few kinds differ in these facts. Throws for one that goes by checks.
 */
export function groupVerdict(
  { kinds, subject, force, evidence }: RequirementRow,
  portal: JudgedFacts,
): RequirementVerdict {
  const speaks = subject === "portal" && force !== "not_yet";
  if (!speaks || portal.redirected || (kinds.length > 0 && !kinds.includes(portal.kind))) {
    return "not_applicable";
  }
  switch (evidence.by) {
    case "level":
      return reachesLevel(portal, evidence.atLeast);
    case "grade":
      return reachesGrade(portal, evidence.atLeast);
    case "checks":
      throw new Error("What goes by checks is told by findings alone");
    case "plan":
    case "nothing":
      return "unknown";
  }
}

/** Whether portals are at this level or better; redirected ones are not held against it. */
export function reachesLevel(
  { redirected, level, early }: JudgedFacts,
  atLeast: ReadinessLevel,
): RequirementVerdict {
  if (redirected) return "not_applicable";
  const value = LEVEL_VALUE[level];
  const wanted = LEVEL_VALUE[atLeast] ?? 0;
  if (value === null) return "unknown";
  if (value >= wanted) return "met";
  return early && wanted > value ? "unknown" : "not_met";
}

/** Whether portals have this grade or a better one. */
export function reachesGrade(
  { redirected, grade }: JudgedFacts,
  atLeast: HttpsGrade,
): RequirementVerdict {
  if (redirected) return "not_applicable";
  const value = GRADE_VALUE[grade];
  if (value === null) return "unknown";
  return value >= (GRADE_VALUE[atLeast] ?? 0) ? "met" : "not_met";
}
