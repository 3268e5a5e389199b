import { type FailureKind, failure } from "../../../src/domain/failure.ts";
import { sql } from "kysely";
import type { Router } from "../../../src/domain/incident/notice.ts";
import { DEFAULT_POLICY } from "../../../src/domain/incident/policy.ts";
import type { ProbeResult } from "../../../src/domain/observation.ts";
import type { VantageState } from "../../../src/domain/vantage.ts";
import type { Database } from "../../../src/store/database.ts";
import { createLedger, type Ledger } from "../../../src/store/incidents/ledger.ts";
import { settle } from "../../../src/store/incidents/settle.ts";
import { BatchStore } from "../../../src/store/result-batch.ts";
import { saveVantageState } from "../../../src/store/vantages.ts";
import { failedResult, result, START } from "./results.ts";

const MINUTE = 60_000;
/** What is written while a play runs; portals and agencies stay. */
const WRITTEN =
  "probe_result probe_latest portal_address certificate portal_certificate failure_evidence rollup_dirty portal_track vantage_track vantage standing incident incident_member incident_event notification maintenance_window maintenance_occurrence status_note audit_log".split(
    " ",
  );

/** Tells everything to channel `ops`, and after 10 and 30 minutes to `boss` and `minister`. */
export const ROUTER: Router = {
  tells: () => ["ops"],
  escalations: () => [
    { afterMinutes: 10, channels: ["boss"] },
    { afterMinutes: 30, channels: ["minister"] },
  ],
};

/** A play of outages with its own clock: runs are stored as the service stores them, rounds settle every few seconds. */
export class OutageStage {
  readonly db: Database;
  /** Seconds after START. */
  second = 0;
  router: Router | null = ROUTER;
  toldBy: "channels" | "prometheus" = "channels";
  /** Portals that fail, by number, each with the families that do. */
  readonly broken = new Map<number, readonly string[]>();
  /** How broken portals fail. */
  failingBy: FailureKind = "connect_refused";
  /** Where a portal is; by default each has a network of its own. */
  addressOf = (portal: number) => `203.0.${portal}.1`;
  readonly #portals: number;
  #ledgers = new Map<string, BatchStore>();

  constructor(db: Database, portals: number) {
    this.db = db;
    this.#portals = portals;
  }

  /** Empties what earlier plays wrote, and begins with one good round from one healthy place. */
  async begin(): Promise<void> {
    await sql`truncate ${sql.join(WRITTEN.map((each) => sql.table(each)))} restart identity cascade`.execute(
      this.db,
    );
    this.second = 0;
    this.router = ROUTER;
    this.toldBy = "channels";
    this.broken.clear();
    this.failingBy = "connect_refused";
    this.addressOf = (portal) => `203.0.${portal}.1`;
    this.#ledgers = new Map();
    await this.selfTest();
    await this.round();
    await this.settle();
  }

  /** One scheduled round of one place, over IPv4 unless it says otherwise, with the confirmations of what fails, at the present second. */
  async round(change: Partial<ProbeResult> = {}, vantage = "local"): Promise<void> {
    const at = START + this.second * 1000;
    const runs = Array.from({ length: this.#portals }, (_, index) => index + 1).flatMap(
      (portal) => {
        const address = this.addressOf(portal);
        const given = {
          portal,
          vantage,
          scheduledAt: at,
          startedAt: at,
          address,
          addresses: [address],
          ...change,
        };
        if (!this.broken.get(portal)?.includes(change.family ?? "ip4"))
          return [result({ certificate: null, ...given })];
        return [0, 10_000, 30_000].map((later, attempt) =>
          failedResult({
            ...given,
            address: null,
            attempt,
            startedAt: at + later,
            failure: failure(this.failingBy),
          }),
        );
      },
    );
    await this.store(runs, vantage);
  }

  store(runs: readonly ProbeResult[], vantage = "local") {
    return this.#store(vantage).store(runs);
  }

  /** A new process: it knows nothing but what the database holds. */
  restart(): void {
    this.#ledgers = new Map();
  }

  /** A self-test of a place at the present second. */
  selfTest(change: Partial<VantageState> = {}): Promise<void> {
    return saveVantageState(this.db, {
      name: "local",
      country: "VN",
      checkedAt: START + this.second * 1000,
      families: { ip4: WELL, ip6: { ...WELL, healthy: false } },
      resolver: { usable: true, why: "It answers." },
      dns64Prefix: null,
      ...change,
    });
  }

  /** Plays on: self-tests every 30 s, rounds every minute, settling every few seconds. */
  async play(seconds: number, { ill = false, probing = true, every = 10 } = {}): Promise<void> {
    for (const end = this.second + seconds; this.second < end;) {
      this.second += every;
      const families = { ip4: { ...WELL, healthy: !ill }, ip6: { ...WELL, healthy: false } };
      if (this.second % 30 === 0) await this.selfTest({ families });
      if (probing && this.second % 60 === 0) await this.round();
      await this.settle(false);
    }
  }

  settle(thorough = true) {
    return settle(this.db, {
      thorough,
      policy: DEFAULT_POLICY,
      router: this.router,
      now: START + this.second * 1000,
      intervalMs: MINUTE,
      madeUp: true,
      toldBy: this.toldBy,
    });
  }

  /** What was put into the outbox: event, channel, subject, and the second at which it was. */
  async told(): Promise<string[]> {
    const { rows } = await sql<{ line: string; at: Date }>`
      select event || ' ' || channel || ' ' || kind || ' ' || subject as line, notification.created_at as at
      from notification join incident on incident.id = incident_id order by notification.id`.execute(
      this.db,
    );
    return rows.map(({ line, at }) => `${line} @${(at.getTime() - START) / 1000}`);
  }

  /** Why nobody is told of what is open, by subject. */
  async held(): Promise<Record<string, string | null>> {
    const rows = await this.db
      .selectFrom("incident")
      .select(["subject", "held"])
      .where("resolved_at", "is", null)
      .execute();
    return Object.fromEntries(rows.map(({ subject, held }) => [subject, held]));
  }

  #store(vantage: string): BatchStore {
    const known = this.#ledgers.get(vantage);
    if (known) return known;
    const ledger: Ledger = createLedger({
      policy: DEFAULT_POLICY,
      intervalMs: MINUTE,
      network: "internet",
    });
    const store = new BatchStore(this.db, () => START + this.second * 1000, ledger);
    this.#ledgers.set(vantage, store);
    return store;
  }
}

/** A family that works from here. */
export const WELL = {
  healthy: true,
  anchorsAnswered: 3,
  anchorsTried: 3,
  sourceAddress: "192.0.2.254",
  why: "All anchors answered.",
};
