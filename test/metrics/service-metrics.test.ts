import { describe, expect, test } from "vitest";
import { failure } from "../../src/domain/failure.ts";
import type { ProvinceResults } from "../../src/metrics/province-results.ts";
import { createServiceMetrics, type SpoolGauges } from "../../src/metrics/service-metrics.ts";
import { vantageState } from "../reports/vantage-state.ts";
import { failedResult, result, START } from "../store/helpers/results.ts";
import { parseExposition } from "./parse-exposition.ts";

function service() {
  const state = {
    inflight: 0,
    auditsInflight: 0,
    auditsWaiting: 0,
    reachable: true,
    spool: { depth: 0, oldestAt: null, dropped: 0 } as SpoolGauges,
    provinces: [] as readonly ProvinceResults[],
  };
  const metrics = createServiceMetrics({
    vantage: "local",
    gauges: {
      inflight: () => state.inflight,
      auditsInflight: () => state.auditsInflight,
      auditsWaiting: () => state.auditsWaiting,
      spool: () => state.spool,
      databaseReachable: () => state.reachable,
      provinceResults: () => state.provinces,
    },
  });
  const value = async (name: string, labels: Record<string, string> = {}) => {
    const { samples } = parseExposition(await metrics.text());
    const wanted = Object.entries(labels);
    const found = samples.filter(
      (sample) =>
        sample.name === name && wanted.every(([label, text]) => sample.labels[label] === text),
    );
    return found.length > 1 ? Number.NaN : (found[0]?.value ?? null);
  };
  return { metrics, state, value };
}

const IP4 = { vantage: "local", family: "ip4" };

describe("the service's own metrics", () => {
  test("begin with every outcome and cause at 0", async () => {
    const { value } = service();
    expect(await value("prober_results_total", { ...IP4, outcome: "no_address" })).toBe(0);
    expect(await value("prober_internal_errors_total", { cause: "vantage_no_ipv6" })).toBe(0);
    expect(await value("prober_internal_errors_total", { cause: "connect_refused" })).toBeNull();
    expect(await value("prober_scheduled_total")).toBe(0);
  });

  test("count results by outcome, scheduled runs, and internal causes", async () => {
    const { metrics, value } = service();
    metrics.record(result());
    metrics.record(failedResult());
    metrics.record(failedResult({ attempt: 1 }));
    metrics.record(result({ outcome: "skipped", skipReason: "skip_late" }));
    metrics.record(result({ outcome: "unknown", failure: failure("own_sockets") }));
    metrics.record(result({ outcome: "unknown", failure: failure("dns_timeout") }));
    expect(await value("prober_results_total", { ...IP4, outcome: "ok" })).toBe(1);
    expect(await value("prober_results_total", { ...IP4, outcome: "fail" })).toBe(2);
    expect(await value("prober_results_total", { ...IP4, outcome: "skipped" })).toBe(1);
    expect(await value("prober_scheduled_total")).toBe(5);
    expect(await value("prober_internal_errors_total", { cause: "own_sockets" })).toBe(1);
  });

  test("measure phases of answered runs alone, and tls only where there was any", async () => {
    const { metrics, value } = service();
    const count = "prober_phase_duration_seconds_count";
    metrics.record(result());
    metrics.record(failedResult());
    metrics.record(
      result({ phasesMs: { resolve: 1, connect: 1, tls: 0, processing: 1, transfer: 1 } }),
    );
    expect(await value(count, { ...IP4, phase: "connect" })).toBe(2);
    expect(await value(count, { ...IP4, phase: "tls" })).toBe(1);
    const sum = await value("prober_phase_duration_seconds_sum", { ...IP4, phase: "tls" });
    expect(sum).toBeCloseTo(0.0205, 9);
  });

  test("measure how late runs begin, skipped ones aside", async () => {
    const { metrics, value } = service();
    metrics.record(result({ startedAt: START + 300 }));
    metrics.record(result({ outcome: "skipped", skipReason: "skip_late" }));
    expect(await value("prober_schedule_lag_seconds_count")).toBe(1);
    expect(await value("prober_schedule_lag_seconds_sum")).toBeCloseTo(0.3, 9);
  });

  test("say which families this place has", async () => {
    const { metrics, value } = service();
    expect(await value("prober_vantage_healthy", IP4)).toBeNull();
    metrics.setVantage(vantageState());
    expect(await value("prober_vantage_healthy", IP4)).toBe(1);
    expect(await value("prober_vantage_healthy", { vantage: "local", family: "ip6" })).toBe(0);
  });

  test("count job runs and how long they took", async () => {
    const { metrics, value } = service();
    metrics.recordJob({ job: "rollup", outcome: "ok", durationMs: 1500 });
    expect(await value("job_runs_total", { job: "rollup", outcome: "ok" })).toBe(1);
    expect(await value("job_duration_seconds_sum", { job: "rollup" })).toBe(1.5);
  });

  test("say what the service is set to, once that is known", async () => {
    const { metrics, value } = service();
    expect(await value("prober_interval_seconds")).toBeNull();
    expect(await value("hatangso_info")).toBeNull();
    const about = {
      version: "1.2.3",
      publicUrl: "https://hatangso.example.gov.vn",
      toldBy: "prometheus",
      probeIntervalMs: 60_000,
      auditIntervalMs: 21_600_000,
    } as const;
    metrics.setAbout({ ...about, toldBy: "channels" });
    metrics.setAbout(about);
    expect(await value("hatangso_info", { told_by: "channels" })).toBeNull();
    const labels = { version: "1.2.3", public_url: about.publicUrl, told_by: "prometheus" };
    expect(await value("hatangso_info", labels)).toBe(1);
    expect(await value("prober_interval_seconds")).toBe(60);
    expect(await value("prober_audit_interval_seconds")).toBe(21_600);
  });

  test("count runs by province as they are read at each scrape, and none of a province that is gone", async () => {
    const { state, value } = service();
    const name = "province_probe_results_total";
    state.provinces = [{ province: "", good: 7, bad: 2 }];
    expect(await value(name, { province: "", result: "good" })).toBe(7);
    expect(await value(name, { province: "", result: "bad" })).toBe(2);
    state.provinces = [{ province: "01", good: 1, bad: 0 }];
    expect(await value(name, { province: "", result: "bad" })).toBeNull();
    expect(await value(name, { province: "01", result: "bad" })).toBe(0);
  });

  test("say when jobs last went well, and what agencies' availability is, of those that are named last", async () => {
    const { metrics, value } = service();
    metrics.setJobSuccesses([{ job: "upkeep", at: START }]);
    metrics.setJobSuccesses([{ job: "rollup", at: START }]);
    const success = "job_last_success_timestamp_seconds";
    expect(await value(success, { job: "rollup" })).toBe(START / 1000);
    expect(await value(success, { job: "upkeep" })).toBeNull();
    metrics.setAvailability([{ agency: "gone", period: "this_month", ratio: 1 }]);
    metrics.setAvailability([{ agency: "province-01", period: "last_month", ratio: 0.995 }]);
    const ratio = "agency_availability_ratio";
    expect(await value(ratio, { agency: "province-01", period: "last_month" })).toBe(0.995);
    expect(await value(ratio, { agency: "gone" })).toBeNull();
  });

  test("say what waits for review and how provinces stand in the rounds that are named last", async () => {
    const { metrics, value } = service();
    expect(await value("coverage_imports_waiting")).toBe(0);
    metrics.setCoverageWaiting(2);
    expect(await value("coverage_imports_waiting")).toBe(2);
    const provinces = { received: 30, late: 3, due: 0 };
    metrics.setCoverageRounds([{ round: "2026-Q2", provinces }]);
    metrics.setCoverageRounds([{ round: "2026-Q3", provinces }]);
    const rounds = "coverage_round_provinces";
    expect(await value(rounds, { round: "2026-Q3", state: "received" })).toBe(30);
    expect(await value(rounds, { round: "2026-Q3", state: "due" })).toBe(0);
    expect(await value(rounds, { round: "2026-Q2", state: "late" })).toBeNull();
  });

  test("count audits by what came of them, and time those that ended", async () => {
    const { metrics, value } = service();
    const audits = (outcome: string) => value("prober_audits_total", { outcome });
    expect(await audits("fault")).toBe(0);
    metrics.recordAudit({ outcome: "ok", durationMs: 4000 });
    metrics.recordAudit({ outcome: "unknown", durationMs: 60_000 });
    metrics.recordAudit({ outcome: "skipped", durationMs: null });
    expect([await audits("ok"), await audits("unknown"), await audits("skipped")]).toEqual([
      1, 1, 1,
    ]);
    expect(await value("prober_audit_duration_seconds_count")).toBe(2);
    expect(await value("prober_audit_duration_seconds_sum")).toBe(64);
  });

  test("read the spool, the runs in flight and the database at each scrape", async () => {
    const { state, value } = service();
    expect(await value("prober_spool_oldest_timestamp_seconds")).toBeNull();
    expect(await value("database_reachable")).toBe(1);
    Object.assign(state, {
      inflight: 7,
      auditsInflight: 3,
      auditsWaiting: 5,
      reachable: false,
      spool: { depth: 12, oldestAt: START, dropped: 3 },
    });
    expect(await value("prober_inflight")).toBe(7);
    expect(await value("prober_audits_inflight")).toBe(3);
    expect(await value("prober_audits_waiting")).toBe(5);
    expect(await value("database_reachable")).toBe(0);
    expect(await value("prober_spool_depth")).toBe(12);
    expect(await value("prober_spool_oldest_timestamp_seconds")).toBe(START / 1000);
    expect(await value("prober_spool_dropped_total")).toBe(3);
    expect(await value("prober_spool_dropped_total")).toBe(3);
    state.spool = { depth: 0, oldestAt: null, dropped: 3 };
    expect(await value("prober_spool_oldest_timestamp_seconds")).toBeNull();
  });

  test("hold the process and event-loop defaults", async () => {
    const { value } = service();
    expect(await value("process_resident_memory_bytes")).toBeGreaterThan(0);
    expect(await value("nodejs_eventloop_lag_p99_seconds")).not.toBeNull();
  });
});
