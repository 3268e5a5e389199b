import type { PortalKind } from "../domain/portal.ts";
import type { RequirementForce, RequirementVerdict } from "../domain/requirement.ts";
import type { Certainty } from "../domain/certainty.ts";
import type { PortalChange } from "./compliance-change.ts";
import type { ComplianceScope } from "./compliance-scope.ts";

/** The words of reports that no catalogue of checks has. */
export interface ReportWords {
  readonly title: string;
  readonly asOf: (day: string) => string;
  readonly unknownNote: string;
  readonly provisional: (days: number) => string;
  readonly flapping: string;
  readonly stale: string;
  readonly yes: string;
  readonly sheets: Readonly<
    Record<"portals" | "agencies" | "shares" | "findings" | "changes" | "definitions", string>
  >;
  readonly columns: Readonly<Record<ColumnWord, string>>;
  readonly groups: Readonly<Record<"requirement" | "level" | "grade" | "check", string>>;
  readonly kinds: Readonly<Record<PortalKind, string>>;
  readonly verdicts: Readonly<Record<RequirementVerdict, string>>;
  readonly scopes: Readonly<Record<ComplianceScope, string>>;
  readonly forces: Readonly<Record<RequirementForce, string>>;
  readonly certainties: Readonly<Record<Certainty, string>>;
  readonly duties: Readonly<Record<"mandatory" | "advisory", string>>;
  readonly changes: Readonly<Record<PortalChange, string>>;
  readonly families: Readonly<Record<"ip4" | "ip6", string>>;
}

type ColumnWord =
  | "number"
  | "agency"
  | "portal"
  | "url"
  | "kind"
  | "province"
  | "scope"
  | "level"
  | "levelSince"
  | "grade"
  | "gradeSince"
  | "note"
  | "lastAudit"
  | "fail"
  | "warn"
  | "unknown"
  | "problems"
  | "counted"
  | "redirected"
  | "yardstick"
  | "portalsPassed"
  | "portalsOf"
  | "portalsShare"
  | "portalsUnknown"
  | "agenciesPassed"
  | "agenciesOf"
  | "agenciesShare"
  | "agenciesUnknown"
  | "check"
  | "family"
  | "verdict"
  | "says"
  | "mend"
  | "since"
  | "evidence"
  | "causes"
  | "change"
  | "from"
  | "to"
  | "because"
  | "group"
  | "code"
  | "name"
  | "article"
  | "text"
  | "validFrom"
  | "validTo"
  | "force"
  | "certainty"
  | "duty"
  | "source";
