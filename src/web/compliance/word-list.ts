import type { FollowUpKind } from "../../store/compliance-schema.ts";
import type { AuditTrigger } from "../../store/audit-schema.ts";
import type { FollowUpState } from "../../reports/follow-ups.ts";
import type { PlanState } from "../../reports/plans.ts";

/** What the pages about compliance say in one language, beside what every report and the catalogue of checks say. */
export interface ComplianceWords {
  readonly nav: Readonly<Record<PageName, string>>;
  readonly titles: Readonly<
    Record<Exclude<PageName, "list" | "coverage" | "incidents" | "status">, string>
  >;
  readonly leads: Readonly<Record<"agencies" | "changes" | "mendFirst" | "plans", string>>;
  readonly skip: string;
  readonly onThisPage: string;
  readonly forwards: string;
  readonly example: string;
  readonly madeUp: string;
  /** Where the audits come from, as part of a line. */
  readonly vantage: (name: string, country: string | null) => string;
  readonly abroad: string;

  readonly filters: string;
  readonly filterNames: Readonly<Record<FilterName, string>>;
  readonly any: string;
  readonly apply: string;
  readonly clear: string;
  readonly atLeastLevel: (level: string) => string;
  readonly atLeastGrade: (grade: string) => string;
  readonly checks: (checks: string) => string;
  readonly planIssued: string;
  readonly planFulfilled: string;
  readonly notMeasured: string;

  readonly summary: string;
  readonly counted: (portals: string, agencies: string) => string;
  readonly redirected: (portals: string) => string;
  readonly notKnown: (portals: string) => string;
  readonly byLevel: string;
  readonly byGrade: string;
  readonly sharesCaption: string;
  readonly agencyRule: string;
  readonly orBetter: (what: string) => string;
  readonly nothingKnown: string;

  readonly changesSince: (from: string, to: string) => string;
  readonly noChanges: string;
  readonly manyChanges: (count: string) => string;
  readonly changeCount: (word: string, count: string) => string;
  readonly allChanges: string;
  readonly historyAlone: string;

  readonly list: string;
  readonly rows: (count: string) => string;
  readonly mainProblem: string;
  readonly mend: string;
  readonly moreProblems: (count: number) => string;
  readonly noProblem: string;
  readonly unknownChecks: (count: number) => string;
  readonly since: (day: string) => string;
  readonly neverAudited: string;
  readonly hiddenFindings: string;
  readonly noMatch: string;
  readonly noPortals: string;
  readonly noAudits: (time: string) => string;
  readonly minutes: (count: number) => string;
  readonly hours: (count: number) => string;
  readonly next: string;
  readonly first: string;
  readonly longer: (count: number) => string;
  readonly exports: string;
  readonly print: string;

  readonly basis: string;
  readonly basisNote: string;
  readonly noRequirements: string;
  readonly definitions: string;
  readonly levelHead: string;
  readonly meaning: string;

  readonly ladder: string;
  readonly here: string;
  readonly reached: string;
  readonly toReach: (what: string) => string;
  readonly top: string;
  readonly nothingInTheWay: string;
  readonly undecided: string;
  readonly pending: (value: string, day: string) => string;
  readonly grade: string;
  readonly toMend: (count: number) => string;
  readonly inOrder: string;
  readonly noFindings: string;
  readonly evidence: string;
  readonly times: Readonly<Record<"since" | "lastSeen" | "lastChanged" | "lastKnown", string>>;
  readonly audits: (count: string) => string;
  readonly causes: string;
  readonly facts: string;
  readonly requirements: string;

  readonly responseTimes: string;
  readonly responseNote: (day: string) => string;
  readonly noTimes: string;
  readonly phases: Readonly<
    Record<"resolve" | "connect" | "tls" | "processing" | "transfer" | "total", string>
  >;
  readonly half: string;
  readonly most: string;
  readonly ratio: string;
  readonly browserOnly: string;

  readonly followUp: string;
  readonly followUpKinds: Readonly<Record<FollowUpKind, string>>;
  readonly followUpStates: Readonly<Record<FollowUpState, string>>;
  readonly responsible: string;
  readonly promised: (day: string) => string;
  readonly exemptUntil: (day: string) => string;
  readonly wholeCheck: string;
  readonly written: (actor: string, time: string) => string;

  readonly history: string;
  readonly until: string;
  readonly now: string;
  readonly lastSeen: string;
  readonly addresses: string;
  readonly nameServers: string;
  readonly certificates: string;
  readonly validUntil: string;
  readonly issuer: string;
  readonly names: string;
  readonly nothingSeen: string;
  readonly auditList: string;
  readonly auditAt: string;
  readonly trigger: string;
  readonly triggers: Readonly<Record<AuditTrigger, string>>;

  readonly worst: string;
  readonly step: string;
  readonly mendThese: string;
  readonly lifts: string;
  readonly liftedSoFar: string;
  readonly soFar: (portals: string, causes: string) => string;
  readonly blocked: (portals: string) => string;
  readonly withoutCause: (portals: string) => string;
  readonly noSteps: string;
  readonly andMore: (count: number) => string;
  readonly estimate: string;

  readonly planStates: Readonly<Record<PlanState, string>>;
  readonly planShares: Readonly<Record<"issued" | "fulfilled" | "overdue", string>>;
  readonly plan: string;
  readonly units: string;
  readonly phasesOfPlan: string;
  readonly due: string;
  readonly dueOn: (day: string) => string;
  readonly done: (day: string) => string;
  readonly late: string;
  readonly outcome: string;
  readonly noPlans: string;
  readonly withoutPlan: (count: string) => string;

  readonly notice: Readonly<
    Record<
      "badQuery" | "badQueryWhy" | "notFound" | "notFoundWhy" | "needsKey" | "needsKeyWhy",
      string
    >
  >;
}

/** The pages about compliance, and the first page. */
export type PageName =
  | "list"
  | "agencies"
  | "changes"
  | "mendFirst"
  | "plans"
  | "home"
  | "coverage"
  | "incidents"
  | "status";

type FilterName =
  | "agency"
  | "province"
  | "kind"
  | "level"
  | "grade"
  | "requirement"
  | "verdict"
  | "changed_since"
  | "as_of"
  | "q"
  | "from"
  | "to"
  | "to_level"
  | "state";
