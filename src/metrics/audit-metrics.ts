import { Counter, Histogram, type Registry } from "prom-client";

/**
 * What came of an audit: it could tell a readiness level, could not, did not begin in time, or was lost by our own
 * fault.
 */
const AUDIT_OUTCOMES = ["ok", "unknown", "skipped", "fault"] as const;

/** One audit that was due or asked for. */
export interface AuditFacts {
  readonly outcome: (typeof AUDIT_OUTCOMES)[number];
  /** From the first packet to the last; null for one that did not begin or did not end. */
  readonly durationMs: number | null;
}

/** Seconds: a sound portal takes a few, one with faults a minute or more, none more than its limit of 240. */
const AUDIT_BUCKETS = [1, 2.5, 5, 10, 20, 40, 60, 90, 120, 180, 240, 300];

/** How the metrics of audits take them in; every outcome begins at 0. */
export function auditMetrics(registry: Registry) {
  const audits = new Counter({
    name: "prober_audits_total",
    help: "Audits that were due or asked for, by what came of them",
    labelNames: ["outcome"],
    registers: [registry],
  });
  for (const outcome of AUDIT_OUTCOMES) audits.inc({ outcome }, 0);
  const durations = new Histogram({
    name: "prober_audit_duration_seconds",
    help: "How long audits took that came to their end",
    buckets: AUDIT_BUCKETS,
    registers: [registry],
  });
  return {
    recordAudit({ outcome, durationMs }: AuditFacts) {
      audits.inc({ outcome });
      if (durationMs !== null) durations.observe(durationMs / 1000);
    },
  };
}
