import type { AuditObservation } from "../domain/audit/observation.ts";
import type { Family } from "../domain/family.ts";
import type { Judgement } from "../domain/judgement.ts";

/** What the portal criteria of 2025 ask for that only a browser can measure. */
const NOT_MEASURED = [
  "first_contentful_paint",
  "largest_contentful_paint",
  "speed_index",
  "total_blocking_time",
] as const;

/** The object that `audit --json` prints: level and grade are the highest that this audit alone proves. */
export function auditJson(
  { url, vantage, startedAt, endedAt, facts, timings }: AuditObservation,
  { ruleset, findings, level, grade }: Judgement,
  families: readonly Family[],
): object {
  return {
    url,
    vantage,
    level: level.level,
    grade: grade.grade,
    ruleset,
    findings: findings.map((finding) => ({
      check: finding.check,
      family: finding.family,
      verdict: finding.verdict,
      reason: finding.reason,
      evidence: finding.evidence,
      timings_ms: finding.timings ?? {},
      causes: finding.causes,
    })),
    level_possible: level.possible,
    level_blockers: level.blockers,
    grade_possible: grade.possible,
    grade_blockers: grade.blockers,
    families,
    gate: facts.gate,
    timings_ms: timings,
    not_measured: NOT_MEASURED,
    started_at: new Date(startedAt).toISOString(),
    ended_at: new Date(endedAt).toISOString(),
  };
}
