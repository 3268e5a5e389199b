import type { Config } from "../config.ts";
import type { Family } from "../domain/family.ts";
import type { LiveBus } from "../domain/live.ts";
import type { ProbeResult } from "../domain/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import type { VantageState } from "../domain/vantage.ts";
import type { CoverageMetrics } from "../metrics/coverage-store.ts";
import type { PortalMetrics } from "../metrics/portal-store.ts";
import type { ServiceMetrics } from "../metrics/service-metrics.ts";
import type { Boundaries } from "../reports/boundaries.ts";
import type { Runbooks } from "../reports/runbooks.ts";
import type { AuditTrigger } from "../store/audit-schema.ts";
import type { SavedAudit } from "../store/audits.ts";
import type { Database } from "../store/database.ts";
import type { UnitBookSource } from "../store/unit-book.ts";
import type { SignIn } from "./access/sign-in.ts";

/** How the service itself does, asked at every call of /healthz and /readyz. */
export interface Health {
  readonly databaseReachable: boolean;
  /** At least one prober thread reported within its own limit. */
  readonly proberBeating: boolean;
  /** Batches that wait on disk for the database. */
  readonly spoolDepth: number;
}

/** What a probe outside the schedule goes to: a registered portal, or any URL with the default expectation. */
export type ProbeNowTarget = ProbeTarget | { readonly url: string };

/** Where the HTTP side tells of its faults; pino's logger fits. */
export interface HttpLog {
  error(facts: object, message: string): void;
}

/** Everything that the HTTP side needs from the rest of the service. */
export interface AppDeps {
  readonly db: Database;
  readonly config: Pick<
    Config,
    | "publicRead"
    | "metricsToken"
    | "reportTimezone"
    | "madeUp"
    | "coverageLicence"
    | "coverageSecondApproval"
    | "probeIntervalMs"
    | "auditIntervalMs"
    | "incidentsToldBy"
    | "publicUrl"
  >;
  readonly portalMetrics: PortalMetrics;
  readonly coverageMetrics: CoverageMetrics;
  readonly serviceMetrics: ServiceMetrics;
  /** The last self-test of this place; its name is also the vantage point whose results the API shows. */
  readonly vantage: () => VantageState;
  readonly health: () => Health;
  /** Probes once, outside the schedule, and stores nothing. Network outcomes are results; only our own faults reject. */
  readonly probeNow: (target: ProbeNowTarget, family: Family) => Promise<ProbeResult>;
  /**
   * Audits a registered portal now, which takes up to minutes, and stores the audit. Network outcomes are findings;
   * only our own faults reject.
   */
  readonly auditNow: (slug: string, trigger: AuditTrigger) => Promise<SavedAudit>;
  /** Called after a portal was created, changed, retired or brought back, when that is committed. */
  readonly onPortalChanged: (slug: string) => void;
  /** Called after coverage figures came into the register, when that is committed. */
  readonly onCoverageChanged: () => void;
  /** What changed since pages were made; what is written through the API is told there too. */
  readonly live: LiveBus;
  /** Ways by which people are told of incidents, as they are configured; empty where none is. */
  readonly channels: readonly { readonly name: string; readonly kind: string }[];
  /** Aborted when the service begins to stop: answers that go on end. */
  readonly stopping: AbortSignal;
  /** Administrative units of every time, read again when they changed. */
  readonly units: UnitBookSource;
  /** Of units, for maps and GeoJSON; read when they are first asked for. */
  readonly boundaries: Boundaries;
  /** What to do about each alert. */
  readonly runbooks: Runbooks;
  /** One-time links and the sessions that they opened; the service prints `signIn.issue()`. */
  readonly signIn: SignIn;
  readonly log: HttpLog;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** The version of the service, e.g. `0.1.0`. */
  readonly version: string;
}
