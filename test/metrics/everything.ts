import { failure } from "../../src/domain/failure.ts";
import { createCoverageMetrics } from "../../src/metrics/coverage-store.ts";
import { createPortalMetrics } from "../../src/metrics/portal-store.ts";
import { createServiceMetrics } from "../../src/metrics/service-metrics.ts";
import type { CoverageMetricsData } from "../../src/reports/coverage/metrics-data.ts";
import { vantageState } from "../reports/vantage-state.ts";
import { failedResult, result, START } from "../store/helpers/results.ts";

/** The path of each endpoint with a text in which every metric has a sample with each of its labels. */
export async function everyMetric(): Promise<Readonly<Record<string, string>>> {
  return {
    "/metrics": await serviceText(),
    "/metrics/portals": await portalsText(),
    "/metrics/coverage": await coverageText(),
  };
}

async function serviceText(): Promise<string> {
  const metrics = createServiceMetrics({
    vantage: "local",
    gauges: {
      inflight: () => 0,
      auditsInflight: () => 0,
      auditsWaiting: () => 0,
      spool: () => ({ depth: 1, oldestAt: START, dropped: 0 }),
      databaseReachable: () => true,
      provinceResults: () => [{ province: "01", good: 1, bad: 0 }],
    },
  });
  metrics.setAbout({
    version: "1.0.0",
    publicUrl: "https://hatangso.example",
    toldBy: "channels",
    probeIntervalMs: 60_000,
    auditIntervalMs: 21_600_000,
  });
  metrics.record(result());
  metrics.setVantage(vantageState());
  metrics.recordJob({ job: "rollup", outcome: "ok", durationMs: 1 });
  metrics.setJobSuccesses([{ job: "rollup", at: START }]);
  metrics.setAvailability([{ agency: "province-01", period: "this_month", ratio: 1 }]);
  metrics.setCoverageImports({
    outcomes: { accepted: 1, held: 0, refused: 0 },
    lastAt: new Date(START),
  });
  metrics.setCoverageRounds([{ round: "2026-Q3", provinces: { received: 1, late: 0, due: 0 } }]);
  metrics.setCommonCauses([
    {
      incident: 1,
      cause: "address",
      kind: "down",
      severity: "major",
      held: "maintenance",
      portals: 5,
    },
  ]);
  metrics.setChannels(["ops"]);
  metrics.setOutbox({ oldestAt: START, pending: 1, dead: 0 });
  // The first of them counts pauses of the event loop and of the memory since the last scrape.
  await metrics.text();
  return metrics.text();
}

async function portalsText(): Promise<string> {
  const metrics = createPortalMetrics({
    vantage: "local",
    intervalMs: 60_000,
    clock: () => START,
  });
  const url = "https://hanoi.gov.vn/";
  metrics.setPortal({
    portal: 1,
    slug: "hanoi",
    url,
    kind: "portal",
    ownerType: "province",
    counted: true,
    agency: "province-01",
    province: "01",
  });
  metrics.record(result());
  metrics.record(failedResult({ family: "ip6", failure: failure("connect_refused") }));
  metrics.setStandings([
    {
      portal: 1,
      url,
      level: "L3",
      grade: "B",
      wrong: [{ check: "D3", verdict: "warn" }],
      lastAudit: 1,
      lastAuditAt: START,
    },
  ]);
  metrics.setIncidents([
    { portal: 1, kind: "down", severity: "major", held: "mass", inCommonCause: true },
  ]);
  return new Response(metrics.scrape()).text();
}

async function coverageText(): Promise<string> {
  const metrics = createCoverageMetrics();
  const unit = { level: "country", code: "VN", name_vi: "Việt Nam" };
  await metrics.set({
    indicators: [
      {
        indicator: "pop_4g",
        asOf: "2026-09-30",
        sums: [
          {
            unit,
            indicator: "pop_4g",
            numerator: 8,
            ratio: 0.8,
            lower: 0.7,
            upper: 0.9,
            reported_communes: 3000,
            expected_communes: 3321,
            made_up: false,
          },
        ],
      },
    ],
    units: [{ unit: "VN", level: "country", province: "", name: "Việt Nam" }],
    targets: [
      {
        code: "qd-1",
        indicator_code: "pop_5g",
        level: "country",
        threshold: 0.99,
        threshold_kind: "ratio",
      },
    ],
    // What no series shows is left out.
  } as unknown as CoverageMetricsData);
  return new Response(metrics.scrape()).text();
}
