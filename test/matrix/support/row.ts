import type { Family } from "../../../src/domain/family.ts";
import type { CheckId, Verdict } from "../../../src/domain/finding.ts";
import type { Judgement } from "../../../src/domain/judgement.ts";
import type { ReasonOf } from "../../../src/domain/reasons/index.ts";

/** What a check must conclude about a scene: check, family, verdict, reason, and the evidence that decides. */
export type Row = {
  [Id in CheckId]: readonly [
    check: Id,
    family: Family | null,
    verdict: Verdict,
    reason: ReasonOf<Id>,
    evidence?: Readonly<Record<string, unknown>>,
  ];
}[CheckId];

/** Rows by the scene that they are seen in. */
export type Rows<Scene extends string = string> = Readonly<Record<Scene, readonly Row[]>>;

/** The judgement of each scene that was audited. */
export type Judged = Readonly<Record<string, Judgement>>;
