import { createLiveBus, type LiveBus } from "../../src/domain/live.ts";
import { createSignIn } from "../../src/http/access/sign-in.ts";
import { createApp } from "../../src/http/app.ts";
import { listen } from "../../src/listen.ts";
import { createCoverageMetrics } from "../../src/metrics/coverage-store.ts";
import type { PortalMetrics } from "../../src/metrics/portal-store.ts";
import { createServiceMetrics } from "../../src/metrics/service-metrics.ts";
import { createBoundaries } from "../../src/reports/boundaries.ts";
import { createRunbooks } from "../../src/reports/runbooks.ts";
import type { Database } from "../../src/store/database.ts";
import { createUnitBookSource } from "../../src/store/unit-book.ts";
import { vantageState } from "../../test/reports/vantage-state.ts";

/** The whole HTTP side on loopback, without a prober behind it. */
export interface ServedApp {
  readonly url: string;
  readonly live: LiveBus;
  readonly stop: () => Promise<void>;
}

/** Serves it as the service does, over this database and these series; everybody may read summaries. */
export async function serveApp(db: Database, portalMetrics: PortalMetrics): Promise<ServedApp> {
  const live = createLiveBus();
  const stopping = new AbortController();
  const absent = () => Promise.reject(new Error("there is no prober here"));
  const app = createApp({
    db,
    config: {
      publicRead: "summary",
      metricsToken: null,
      reportTimezone: "Asia/Ho_Chi_Minh",
      madeUp: true,
      coverageSecondApproval: false,
      coverageLicence: "https://creativecommons.org/licenses/by/4.0/",
      probeIntervalMs: 60_000,
      auditIntervalMs: 6 * 3_600_000,
      incidentsToldBy: "channels",
      publicUrl: null,
    },
    portalMetrics,
    coverageMetrics: createCoverageMetrics(),
    serviceMetrics: createServiceMetrics({
      vantage: "local",
      gauges: {
        inflight: () => 0,
        auditsInflight: () => 0,
        auditsWaiting: () => 0,
        spool: () => ({ depth: 0, oldestAt: null, dropped: 0 }),
        databaseReachable: () => true,
        provinceResults: () => portalMetrics.provinceResults(),
      },
    }),
    vantage: () => vantageState(),
    health: () => ({ databaseReachable: true, proberBeating: true, spoolDepth: 0 }),
    probeNow: absent,
    auditNow: absent,
    onPortalChanged: () => undefined,
    onCoverageChanged: () => undefined,
    live,
    channels: [],
    stopping: stopping.signal,
    units: createUnitBookSource(db),
    boundaries: createBoundaries(),
    runbooks: createRunbooks(),
    signIn: createSignIn({ clock: Date.now }),
    log: {
      error: (facts, message) => process.stderr.write(`${message}: ${JSON.stringify(facts)}\n`),
    },
    clock: Date.now,
    version: "0.0.0-bench",
  });
  const server = await listen(app.fetch, "127.0.0.1", 0);
  return {
    url: server.url,
    live,
    async stop() {
      stopping.abort();
      await server.stop();
    },
  };
}
