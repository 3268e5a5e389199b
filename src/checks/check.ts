import type { AuditObservation } from "../domain/audit/observation.ts";
import type { Family } from "../domain/family.ts";
import type { CheckId, Finding } from "../domain/finding.ts";
import type { RuleSet } from "../domain/judgement.ts";

/** What a check is judged with beside the observation. */
export interface CheckContext {
  /** When the audit ended, milliseconds since the epoch: what "expired" is measured against. */
  readonly at: number;
  readonly rules: RuleSet;
}

/** One named pure rule over one observation. Total: missing facts make `unknown` or `not_applicable`, never `fail`. */
export interface Check {
  readonly id: CheckId;
  /** What it concludes about: exactly one finding for each, always. Null is the portal as a whole. */
  readonly about: readonly (Family | null)[];
  /**
   * Over which families packets had to travel for a `fail` or `warn` to be believed: `own` that of the finding, none
   * where a resolver is enough.
   */
  readonly transport: "own" | readonly Family[];
  /** Its reasons that rest on a resolver's word about what a name has, which a doubtful resolver's is not. */
  readonly resolverReasons?: readonly string[] | undefined;
  readonly judge: (observation: AuditObservation, context: CheckContext) => readonly Finding[];
}
