import { CURRENT_RULES, judge } from "./checks/index.ts";
import type { AuditObservation } from "./domain/audit/observation.ts";
import type { Judgement } from "./domain/judgement.ts";
import type { ProbeTarget } from "./domain/portal.ts";
import type { Logger } from "./log.ts";
import type { AuditFacts } from "./metrics/audit-metrics.ts";
import type { PortalMetrics } from "./metrics/portal-store.ts";
import type { AuditRun } from "./prober/index.ts";
import { standingOf, standingPages } from "./reports/standings.ts";
import { type AuditWriter, createAuditWriter } from "./store/audit-writer.ts";
import { type SavedAudit, saveAudit } from "./store/audits.ts";
import type { AuditTrigger } from "./store/audit-schema.ts";
import type { Database } from "./store/database.ts";
import { lightProbeHistory } from "./store/light-history.ts";
import { portalById } from "./store/portals.ts";
import { vantageNumber } from "./store/vantages.ts";

/** What audits come from, and what they are told to. */
export interface AuditingOptions {
  readonly db: Database;
  /** Name of the vantage point. */
  readonly vantage: string;
  readonly auditIntervalMs: number;
  /** Where a day of the light probes' history begins. */
  readonly reportTimezone: string;
  /** One audit outside the schedule. */
  readonly audit: (target: ProbeTarget) => Promise<AuditObservation>;
  readonly portalMetrics: Pick<PortalMetrics, "setStandings">;
  readonly recordAudit: (facts: AuditFacts) => void;
  /** Where audits wait for the database. */
  readonly spoolFolder: string;
  readonly log: Pick<Logger, "error" | "warn" | "info">;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** The way of an audit: observed → judged → stored → shown in the metrics. */
export interface Auditing {
  /** Takes what a scheduled slot came to; returns at once and never throws. */
  take(run: AuditRun): void;
  /** Audits a registered portal now and stores it. Throws for a portal that there is not, and our own faults. */
  auditNow(slug: string, trigger: AuditTrigger): Promise<SavedAudit>;
  /** When each portal was last audited at its present URL, by number; the metrics are brought up to date too. */
  refresh(): Promise<Map<number, number>>;
  /** Audits that have ended and are not stored yet. */
  waiting(): number;
  /** Stores what has ended, within this time; the rest waits on disk for the next start. */
  stop(withinMs: number): Promise<void>;
}

/** An audit that is to be stored. */
interface Observed {
  readonly target: ProbeTarget;
  readonly scheduledAt: number;
  readonly trigger: AuditTrigger;
  readonly observation: AuditObservation;
}

/** How often the metrics are read anew, for what a rejudgement, a restore or another process has changed. */
const REFRESH_MS = 300_000;

/** Starts with nothing known; `refresh` brings what the database knows. */
export function createAuditing(options: AuditingOptions): Auditing {
  return new AuditKeeper(options);
}

class AuditKeeper implements Auditing {
  readonly #options: AuditingOptions;
  readonly #writer: AuditWriter<Observed>;
  readonly #refreshing: NodeJS.Timeout;
  readonly #day: Intl.DateTimeFormat;

  constructor(options: AuditingOptions) {
    this.#options = options;
    // The Swedish way to write a day is that of ISO 8601.
    this.#day = new Intl.DateTimeFormat("sv-SE", { timeZone: options.reportTimezone });
    this.#writer = createAuditWriter<Observed>({
      save: (observed) => this.#keep(observed),
      spoolFolder: options.spoolFolder,
      log: options.log,
      onLost: (audits) => {
        for (let audit = 0; audit < audits; audit += 1)
          options.recordAudit({ outcome: "fault", durationMs: null });
      },
    });
    this.#refreshing = setInterval(() => this.#refreshSoon(), REFRESH_MS);
  }

  take(run: AuditRun): void {
    const { target, scheduledAt, observation } = run;
    if (observation === null)
      return this.#options.recordAudit({ outcome: "skipped", durationMs: null });
    this.#writer.put({ target, scheduledAt, trigger: "schedule", observation });
  }

  async auditNow(slug: string, trigger: AuditTrigger): Promise<SavedAudit> {
    const { db, audit, clock, recordAudit } = this.#options;
    const portal = await portalById(db, slug);
    if (portal === null) throw new Error(`There is no portal ${slug}`);
    const { number, url, expectation } = portal;
    const target = { portal: number, slug, url, expectation };
    const scheduledAt = clock();
    try {
      const observation = await audit(target);
      return await this.#keep({ target, scheduledAt, trigger, observation });
    } catch (cause) {
      recordAudit({ outcome: "fault", durationMs: null });
      throw new Error(`The audit of ${slug} came to nothing`, { cause });
    }
  }

  async refresh(): Promise<Map<number, number>> {
    const { db, vantage, portalMetrics } = this.#options;
    const lastAudits = new Map<number, number>();
    for await (const standings of standingPages(db, vantage)) {
      portalMetrics.setStandings(standings);
      for (const { portal, lastAuditAt } of standings) lastAudits.set(portal, lastAuditAt);
    }
    return lastAudits;
  }

  waiting(): number {
    return this.#writer.status().waiting;
  }

  async stop(withinMs: number): Promise<void> {
    clearInterval(this.#refreshing);
    await this.#writer.stop(withinMs);
  }

  /** Judges and stores; whatever fails here may be tried again. */
  async #keep({ target, scheduledAt, trigger, observation }: Observed): Promise<SavedAudit> {
    const { db, vantage, auditIntervalMs, recordAudit } = this.#options;
    const judgement = await this.#judge(target, observation);
    const saved = await saveAudit(
      { db, auditIntervalMs },
      { portal: target.portal, vantage, scheduledAt, trigger, observation, judgement },
    );
    recordAudit({
      outcome: judgement.level.level === "U" ? "unknown" : "ok",
      durationMs: observation.endedAt - observation.startedAt,
    });
    await this.#show(target.portal, saved);
    return saved;
  }

  async #judge({ portal, slug }: ProbeTarget, observation: AuditObservation): Promise<Judgement> {
    const { db, vantage, log } = this.#options;
    const day = this.#day.format(observation.startedAt);
    const history = await lightProbeHistory(db, portal, await vantageNumber(db, vantage), day);
    const { faults, ...judgement } = judge(observation, { rules: CURRENT_RULES, history });
    for (const { check, error } of faults) {
      log.error({ err: error, portal: slug, check }, "a check broke; its findings are unknown");
    }
    return judgement;
  }

  /** Brings the metrics up to date; that they lag behind is no reason to store an audit twice. */
  async #show(portal: number, { excused }: SavedAudit): Promise<void> {
    const { db, vantage, portalMetrics, log } = this.#options;
    try {
      // Of others too, whose findings an event of the vantage point explains.
      for (const one of new Set([portal, ...excused])) {
        const standing = await standingOf(db, vantage, one);
        if (standing) portalMetrics.setStandings([standing]);
      }
    } catch (err) {
      log.warn({ err }, "the metrics of an audit were not brought up to date; that is done soon");
    }
  }

  #refreshSoon(): void {
    this.refresh().catch((err: unknown) => {
      this.#options.log.warn({ err }, "the standings of portals could not be read; tried again");
    });
  }
}
