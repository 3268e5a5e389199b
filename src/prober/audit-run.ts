import type { AuditObservation } from "../domain/audit/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";

/** Why a scheduled audit did not begin; the portal gets another slot soon. */
export type AuditSkip = "previous_running" | "in_flight_limit" | "resolver_unusable";

/** What one slot of a portal came to. */
export type AuditRun = {
  readonly target: ProbeTarget;
  /** Milliseconds since the epoch. */
  readonly scheduledAt: number;
} & (
  | { readonly observation: AuditObservation; readonly skipped: null }
  | { readonly observation: null; readonly skipped: AuditSkip }
);
