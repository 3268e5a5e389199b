import { type Auditing, createAuditing } from "./auditing.ts";
import type { Config } from "./config.ts";
import { createLiveBus, type LiveBus } from "./domain/live.ts";
import type { ProbeResult } from "./domain/observation.ts";
import type { Logger } from "./log.ts";
import { createPortalMetrics, type PortalMetrics } from "./metrics/portal-store.ts";
import { createServiceMetrics, type ServiceMetrics } from "./metrics/service-metrics.ts";
import { type Prober, startProber } from "./prober/index.ts";
import { auditsOptions, proberOptions } from "./prober-options.ts";
import type { Database } from "./store/database.ts";
import { createLedger } from "./store/incidents/ledger.ts";
import { createResultWriter, type ResultWriter } from "./store/result-writer.ts";
import { saveVantageState } from "./store/vantages.ts";
import type { Teardown } from "./teardown.ts";
import { createVantageLog } from "./vantage-log.ts";

/** Parts of the 15 s that a stop may take: runs in flight first, then what they brought. */
const PROBER_STOP_MS = 7_000;
const AUDITS_STOP_MS = 2_000;
const WRITER_STOP_MS = 3_000;

/** The way of an observation: prober → writer and metrics; of an audit: prober → judgement, store and metrics. */
export interface Observing {
  readonly prober: Prober;
  readonly auditing: Auditing;
  readonly writer: ResultWriter;
  readonly portalMetrics: PortalMetrics;
  readonly serviceMetrics: ServiceMetrics;
  /** What changed; runs and self-tests are told from here. */
  readonly live: LiveBus;
}

/**
 * Starts the prober with nothing to probe yet, and ties it to the writer and the metrics. What audits have come to is being
 * read when this resolves, and the thread of audits waits for it: `prober.auditsBegun`.
 */
export async function startObserving(
  db: Database,
  config: Config,
  log: Logger,
  teardown: Teardown,
  onRuns: (results: readonly ProbeResult[]) => void = () => undefined,
): Promise<Observing> {
  const clock = Date.now;
  const live = createLiveBus();
  const ledger = createLedger({
    policy: config.incidentPolicy,
    intervalMs: config.probeIntervalMs,
    network: config.vantageNetwork,
    onChanged: (ids) => live.publish({ type: "incidents", ids }),
  });
  const writer = createResultWriter({ db, spoolFolder: config.dataDir, log, clock, ledger });
  teardown.add("result writer", () => writer.stop(WRITER_STOP_MS));
  const portalMetrics = createPortalMetrics({
    vantage: config.vantageName,
    intervalMs: config.probeIntervalMs,
    clock,
  });
  let prober: Prober | null = null;
  let auditing: Auditing | null = null;
  const serviceMetrics = createServiceMetrics({
    vantage: config.vantageName,
    gauges: {
      inflight: () => prober?.status().inFlight ?? 0,
      auditsInflight: () => prober?.status().audits?.inFlight ?? 0,
      auditsWaiting: () => auditing?.waiting() ?? 0,
      databaseReachable: () => writer.status().databaseReachable,
      spool: () => spoolGauges(writer),
      provinceResults: () => portalMetrics.provinceResults(),
    },
  });
  const logVantage = createVantageLog(log);
  const audits = createAuditing({
    db,
    vantage: config.vantageName,
    auditIntervalMs: config.auditIntervalMs,
    reportTimezone: config.reportTimezone,
    audit: (target) =>
      prober?.auditNow(target) ?? Promise.reject(new Error("The prober has not started yet")),
    portalMetrics,
    recordAudit: (facts) => serviceMetrics.recordAudit(facts),
    spoolFolder: config.dataDir,
    log,
    clock,
  });
  auditing = audits;
  teardown.add("audits", () => audits.stop(AUDITS_STOP_MS));
  const lastAudits = audits.refresh();
  const started = await startProber({
    ...proberOptions(config),
    audits: { ...auditsOptions(config), lastAudits, onAudit: (run) => audits.take(run) },
    onResults(results) {
      writer.add(results);
      onRuns(results);
      for (const result of results) {
        portalMetrics.record(result);
        serviceMetrics.record(result);
        live.publish({ type: "run", portal: result.portal, family: result.family });
      }
    },
    onVantage(state) {
      serviceMetrics.setVantage(state);
      logVantage(state);
      live.publish({ type: "vantage" });
      saveVantageState(db, state).catch((error: unknown) => {
        log.warn(
          { err: error },
          "the vantage point's state was not stored; the next test tries again",
        );
      });
    },
    onFault: (error) => log.error({ err: error }, "prober fault"),
  });
  prober = started;
  teardown.add("prober", () => started.stop(PROBER_STOP_MS));
  return { prober, auditing: audits, writer, portalMetrics, serviceMetrics, live };
}

function spoolGauges(writer: ResultWriter) {
  const { spoolDepth, spoolOldestAt, dropped } = writer.status();
  const lost = dropped.spoolFull + dropped.refused + dropped.expired;
  return { depth: spoolDepth, oldestAt: spoolOldestAt, dropped: lost };
}
