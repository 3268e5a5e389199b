import type { AuditObservation } from "../domain/audit/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import type { VantageState } from "../domain/vantage.ts";
import type { AuditRun } from "./audit-run.ts";
import type { LifeSign, StopOrder } from "./life-signs.ts";
import type { AuditingOptions, ProbingOptions } from "./options.ts";

/** What the audit thread is born with. */
export interface AuditThreadData {
  readonly probing: Omit<ProbingOptions, "limits">;
  readonly auditing: AuditingOptions;
  readonly targets: readonly ProbeTarget[];
  /** When each portal was last audited, by its number. */
  readonly lastAudits: ReadonlyMap<number, number>;
  /** What is known of the vantage point; while `checkedAt` is 0 the schedule waits. */
  readonly vantage: VantageState;
  /** Slots count from here (a thread that replaces a dead one), or null: from the first self-test on. */
  readonly from: number | null;
  /** The thread numbers its questions from the next one on. */
  readonly lastQuestion: number;
}

/** From the service to the audit thread. */
export type ToAuditThread =
  | {
      readonly type: "targets";
      readonly upserts: readonly ProbeTarget[];
      readonly removed: readonly number[];
    }
  /** `confirmed`: all of this thread's questions up to this number are answered by this state. */
  | { readonly type: "vantage"; readonly state: VantageState; readonly confirmed: number }
  | { readonly type: "audit"; readonly id: number; readonly target: ProbeTarget }
  | StopOrder;

/** From the audit thread to the service. */
export type FromAuditThread =
  | { readonly type: "audited"; readonly run: AuditRun }
  | { readonly type: "confirm"; readonly id: number; readonly withinMs: number }
  | { readonly type: "fault"; readonly error: Error }
  | LifeSign<AuditObservation>;
