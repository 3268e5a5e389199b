import type { Family } from "../domain/family.ts";
import { CHECK_IDS, type CheckId } from "../domain/finding.ts";
import type { Lifecycle, PortalKind } from "../domain/portal.ts";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import { isPublicEvidence, type RequirementVerdict } from "../domain/requirement.ts";
import type { RequirementRow } from "./compliance-requirements.ts";
import { type ComplianceScope, REDIRECT_CHECKS } from "./compliance-scope.ts";

/** A finding that keeps something from being as it should. Instants are ISO 8601 UTC. */
export interface ProblemRow {
  readonly check: CheckId;
  /** Null: about the portal as a whole. */
  readonly family: Family | null;
  readonly verdict: "fail" | "warn";
  readonly reason: string;
  readonly since: string;
}

/** What one requirement comes to for one portal, with what shows it. */
export interface RequirementResult {
  readonly id: string;
  readonly verdict: RequirementVerdict;
  /** Findings that keep it from being met; empty where it goes by level or grade, which the row has. */
  readonly because: readonly ProblemRow[];
}

/** One portal of the compliance list. Instants are ISO 8601 UTC. */
export interface ComplianceRow {
  readonly id: string;
  readonly url: string;
  readonly host: string;
  readonly name_vi: string;
  readonly name_en: string | null;
  readonly kind: PortalKind;
  readonly agency: {
    readonly id: string;
    readonly name_vi: string;
    readonly name_en: string | null;
  };
  readonly province: { readonly code: string; readonly name_vi: string } | null;
  readonly lifecycle: Lifecycle;
  readonly made_up: boolean;
  /** `redirected`: it only forwards to the national gateway and is in no share. */
  readonly scope: ComplianceScope;
  /** The confirmed level; U where no audit could tell or none has looked for a week. */
  readonly level: ReadinessLevel;
  /** The first audit that saw it. */
  readonly level_since: string | null;
  /** For L3 that misses nothing but history: of how many of thirty days there is some; null else, and for past days. */
  readonly provisional_days: number | null;
  /** The confirmed grade. */
  readonly grade: HttpsGrade;
  readonly grade_since: string | null;
  /** Since when the list has shown this level together with this grade: a change is shown when it is confirmed. */
  readonly since: string | null;
  /** Its level or grade has changed so often lately that it says little. */
  readonly flapping: boolean;
  /** No audit has looked at it for a week. */
  readonly stale: boolean;
  readonly last_audit: { readonly id: number; readonly at: string } | null;
  /** How many findings there are of each verdict that asks for attention. */
  readonly findings: { readonly fail: number; readonly warn: number; readonly unknown: number };
  /** Findings of fail, then warn, each in the order of the checks. */
  readonly problems: readonly ProblemRow[];
  /** Every requirement on portals, in order. */
  readonly requirements: readonly RequirementResult[];
}

/** A row for someone who may not see findings: what goes by level and grade is left. */
export type PublicComplianceRow = Omit<ComplianceRow, "findings" | "problems">;

/** The row without findings and without the requirements that go by them. */
export function withoutFindings(
  row: ComplianceRow,
  requirements: readonly RequirementRow[],
): PublicComplianceRow {
  const { findings: _findings, problems: _problems, ...rest } = row;
  const open = new Set(
    requirements.filter(({ evidence }) => isPublicEvidence(evidence)).map(({ id }) => id),
  );
  return { ...rest, requirements: row.requirements.filter(({ id }) => open.has(id)) };
}

/** A finding as the database writes it into JSON. */
export interface FindingJson {
  readonly check: CheckId;
  readonly family: Family | "";
  readonly verdict: "fail" | "warn" | "unknown";
  readonly reason: string;
  readonly since: string;
}

/** What counts of a portal's findings: of a host that only forwards, those about reaching it. */
export function judgedFindings(
  findings: readonly FindingJson[],
  scope: ComplianceScope,
): readonly FindingJson[] {
  return scope === "counted"
    ? findings
    : findings.filter(({ check }) => REDIRECT_CHECKS.has(check));
}

/** The findings of fail and warn, worst first. */
export function toProblems(findings: readonly FindingJson[]): ProblemRow[] {
  const position = ({ check, verdict }: FindingJson) =>
    (verdict === "fail" ? 0 : CHECK_IDS.length) + CHECK_IDS.indexOf(check);
  return findings
    .toSorted(
      (one, other) => position(one) - position(other) || (one.family < other.family ? -1 : 1),
    )
    .flatMap(({ verdict, family, since, ...rest }) =>
      verdict === "unknown"
        ? []
        : [
            {
              ...rest,
              verdict,
              family: family === "" ? null : family,
              since: new Date(since).toISOString(),
            },
          ],
    );
}
