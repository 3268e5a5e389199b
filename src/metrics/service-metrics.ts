import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { FAILURES } from "../domain/failure.ts";
import { FAMILIES } from "../domain/family.ts";
import { OUTCOMES, PHASES, type ProbeResult } from "../domain/observation.ts";
import type { VantageState } from "../domain/vantage.ts";
import { type AboutMetrics, aboutMetrics } from "./about-metrics.ts";
import { type AuditFacts, auditMetrics } from "./audit-metrics.ts";
import { type AvailabilityMetrics, availabilityMetrics } from "./availability-metrics.ts";
import { type CoverageWorkMetrics, coverageWorkMetrics } from "./coverage-work-metrics.ts";
import { type IncidentMetrics, incidentMetrics } from "./incident-metrics.ts";
import { type JobMetrics, jobMetrics } from "./job-metrics.ts";
import type { ProvinceResults } from "./province-results.ts";

export type { AuditFacts } from "./audit-metrics.ts";

/** What /metrics reads at each scrape. */
export interface ServiceGauges {
  /** Runs that are under way now. */
  inflight(): number;
  /** Audits that are under way now. */
  auditsInflight(): number;
  /** Audits that ended and are not in the database yet. */
  auditsWaiting(): number;
  /** Results that wait on disk for the database. */
  spool(): SpoolGauges;
  databaseReachable(): boolean;
  /** Scheduled runs that could tell, by province. */
  provinceResults(): readonly ProvinceResults[];
}

/** The state of the spool on disk. */
export interface SpoolGauges {
  /** Results waiting. */
  readonly depth: number;
  /** Milliseconds since the epoch of the oldest waiting result; null when there is none. */
  readonly oldestAt: number | null;
  /** Results that were thrown away since the start because the spool was full. */
  readonly dropped: number;
}

/** The metrics of the service itself. */
export interface ServiceMetrics
  extends AboutMetrics, IncidentMetrics, JobMetrics, AvailabilityMetrics, CoverageWorkMetrics {
  /** Counts one result, skipped ones too. */
  record(result: ProbeResult): void;
  setVantage(state: VantageState): void;
  recordAudit(audit: AuditFacts): void;
  /** The exposition text of this instant. */
  text(): Promise<string>;
}

/** Seconds, the usual ones of Prometheus' client libraries: 5 ms to 10 s. */
const PHASE_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Seconds: lag is promised to stay under one, so that the buckets are fine below it. */
const LAG_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

/** A registry of its own, with the process and event-loop defaults. */
export function createServiceMetrics(options: {
  vantage: string;
  gauges: ServiceGauges;
}): ServiceMetrics {
  const { vantage, gauges } = options;
  const registry = new Registry();
  addDefaults(registry);
  addGauges(registry, gauges);
  const prober = proberMetrics(registry, vantage);
  return {
    ...aboutMetrics(registry),
    ...prober,
    ...jobMetrics(registry),
    ...auditMetrics(registry),
    ...availabilityMetrics(registry),
    ...coverageWorkMetrics(registry),
    ...incidentMetrics(registry),
    text: () => registry.metrics(),
  };
}

/** Gauges of prom-client whose names say counter, which promtool refuses; the same by type are kept. */
const MISNAMED = ["handles", "requests", "resources"].map((what) => `nodejs_active_${what}_total`);

function addDefaults(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
}

/** How the metrics of the prober take results and self-tests in. */
function proberMetrics(registry: Registry, vantage: string) {
  const { results, scheduled, faults, healthy, ...times } = defineProber(registry);
  for (const family of FAMILIES)
    for (const outcome of OUTCOMES) results.inc({ vantage, family, outcome }, 0);
  for (const [cause, { source }] of Object.entries(FAILURES))
    if (source === "internal") faults.inc({ cause }, 0);
  return {
    record(result: ProbeResult) {
      const { family, outcome, failure } = result;
      results.inc({ vantage, family, outcome });
      if (failure?.source === "internal") faults.inc({ cause: failure.kind });
      // Confirmations begin when a failure wants them: they are never late.
      if (result.attempt === 0) scheduled.inc();
      if (result.attempt === 0 && outcome !== "skipped")
        times.lag.observe(Math.max(0, result.startedAt - result.scheduledAt) / 1000);
      if (outcome !== "ok" && outcome !== "degraded") return;
      for (const phase of PHASES) {
        if (phase === "tls" && result.phasesMs.tls === 0) continue;
        times.phases.observe({ vantage, family, phase }, result.phasesMs[phase] / 1000);
      }
    },
    setVantage(state: VantageState) {
      for (const family of FAMILIES)
        healthy.set({ vantage, family }, Number(state.families[family].healthy));
    },
  };
}

function defineProber(registry: Registry) {
  const registers = [registry];
  return {
    results: new Counter({
      name: "prober_results_total",
      help: "Results of scheduled runs",
      labelNames: ["vantage", "family", "outcome"],
      registers,
    }),
    scheduled: new Counter({
      name: "prober_scheduled_total",
      help: "Runs that were due",
      registers,
    }),
    faults: new Counter({
      name: "prober_internal_errors_total",
      help: "Runs that could not tell because of the prober's own side",
      labelNames: ["cause"],
      registers,
    }),
    phases: new Histogram({
      name: "prober_phase_duration_seconds",
      help: "Phases of the runs that were answered as expected, over all portals; tls only where there was any",
      labelNames: ["vantage", "family", "phase"],
      buckets: PHASE_BUCKETS,
      registers,
    }),
    lag: new Histogram({
      name: "prober_schedule_lag_seconds",
      help: "How long after its time a run began",
      buckets: LAG_BUCKETS,
      registers,
    }),
    healthy: new Gauge({
      name: "prober_vantage_healthy",
      help: "Whether this place can reach the Internet over a family",
      labelNames: ["vantage", "family"],
      registers,
    }),
  };
}

/** Values that are asked for at each scrape. */
function addGauges(registry: Registry, gauges: ServiceGauges): void {
  const gauge = (name: string, help: string, read: () => number | null) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        const value = read();
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  gauge("prober_inflight", "Runs under way", () => gauges.inflight());
  gauge("prober_audits_inflight", "Audits under way", () => gauges.auditsInflight());
  gauge("prober_audits_waiting", "Audits that ended and wait for the database", () =>
    gauges.auditsWaiting(),
  );
  gauge("prober_spool_depth", "Results that wait on disk", () => gauges.spool().depth);
  gauge("prober_spool_oldest_timestamp_seconds", "When the oldest waiting result was made", () => {
    const { oldestAt } = gauges.spool();
    return oldestAt === null ? null : oldestAt / 1000;
  });
  gauge("database_reachable", "Whether the database answered last time", () =>
    Number(gauges.databaseReachable()),
  );
  addCounters(registry, gauges);
}

function addCounters(registry: Registry, gauges: ServiceGauges): void {
  const provinces = new Counter({
    name: "province_probe_results_total",
    help: "Scheduled runs that could tell, of portals outside maintenance, by province; empty: national bodies",
    labelNames: ["province", "result"],
    registers: [],
    collect() {
      this.reset();
      for (const { province, good, bad } of gauges.provinceResults()) {
        this.inc({ province, result: "good" }, good);
        this.inc({ province, result: "bad" }, bad);
      }
    },
  });
  registry.registerMetric(provinces);
  const dropped = new Counter({
    name: "prober_spool_dropped_total",
    help: "Results thrown away because the spool was full",
    registers: [],
    collect() {
      this.reset();
      this.inc(gauges.spool().dropped);
    },
  });
  registry.registerMetric(dropped);
}
