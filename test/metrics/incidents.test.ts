import { describe, expect, test } from "vitest";
import { INCIDENT_KINDS, SEVERITIES } from "../../src/domain/incident/kinds.ts";
import type { PortalIncident } from "../../src/metrics/portal-incidents.ts";
import { createPortalMetrics, type PortalMetricsInfo } from "../../src/metrics/portal-store.ts";
import { createServiceMetrics } from "../../src/metrics/service-metrics.ts";
import { result, START } from "../store/helpers/results.ts";
import { parseExposition } from "./parse-exposition.ts";

const info = (change: Partial<PortalMetricsInfo> = {}): PortalMetricsInfo => ({
  portal: 1,
  slug: "hanoi",
  url: "https://hanoi.gov.vn/",
  kind: "portal",
  ownerType: "province",
  counted: true,
  agency: "province-01",
  province: "01",
  ...change,
});

function store() {
  const clock = { now: START };
  const metrics = createPortalMetrics({
    vantage: "local",
    intervalMs: 60_000,
    clock: () => clock.now,
  });
  const samples = async (name: string) => {
    const text = await new Response(metrics.scrape()).text();
    return parseExposition(text).samples.filter((sample) => sample.name === name);
  };
  const open = async () =>
    (await samples("portal_incident_open")).map(({ labels, value }) => ({ ...labels, value }));
  const state = async () => (await samples("portal_state")).map(({ value }) => value);
  return { metrics, clock, open, state, samples };
}

const down: PortalIncident = {
  portal: 1,
  kind: "down",
  severity: "major",
  held: null,
  inCommonCause: false,
};

describe("portal_incident_open", () => {
  test("is 1 while an incident is open, once per kind and severity, and absent before and after", async () => {
    const { metrics, open } = store();
    metrics.setPortal(info());
    expect(await open()).toEqual([]);
    metrics.setIncidents([
      down,
      { ...down, kind: "certificate", severity: "minor" },
      { ...down, kind: "certificate", severity: "minor" },
      { ...down, portal: 2 },
    ]);
    const labels = { portal: "hanoi", instance: "https://hanoi.gov.vn/" };
    expect(await open()).toEqual([
      { ...labels, kind: "certificate", severity: "minor", value: 1 },
      { ...labels, kind: "down", severity: "major", value: 1 },
    ]);
    metrics.setIncidents([down]);
    expect(await open()).toHaveLength(1);
    metrics.setIncidents([]);
    expect(await open()).toEqual([]);
  });

  test("is beside why nobody is to be told of the kind, for rules that follow the same reasons", async () => {
    const { metrics, samples } = store();
    metrics.setPortal(info({ portal: 1 }));
    const held = async (...open: readonly PortalIncident[]) => {
      metrics.setIncidents(open);
      return (await samples("portal_incident_held")).map(
        ({ labels }) => `${labels["kind"]} ${labels["reason"]}`,
      );
    };
    expect(await held({ ...down, held: "mass" })).toEqual(["down mass"]);
    expect(await held({ ...down, held: "prometheus" })).toEqual([]);
    expect(await held({ ...down, held: "mass" }, { ...down, held: null })).toEqual([]);
    // The common cause has no series: its parts speak for it.
    expect(await held({ ...down, held: "child" })).toEqual([]);
    expect(await held(down)).toEqual([]);
  });

  test("is beside what is a part of a common cause, while that is open", async () => {
    const { metrics, samples } = store();
    metrics.setPortal(info());
    const parts = async (...open: readonly PortalIncident[]) => {
      metrics.setIncidents(open);
      return (await samples("portal_incident_in_common_cause")).map(({ labels }) => labels);
    };
    expect(await parts(down)).toEqual([]);
    expect(await parts({ ...down, held: "child", inCommonCause: true })).toEqual([
      { portal: "hanoi", instance: "https://hanoi.gov.vn/", kind: "down" },
    ]);
    expect(await parts(down)).toEqual([]);
  });

  test("stays while runs are unknown or do not come at all", async () => {
    const { metrics, clock, open, state } = store();
    metrics.setPortal(info());
    metrics.setIncidents([down]);
    for (const family of ["ip4", "ip6"] as const)
      metrics.record(result({ family, outcome: "unknown" }));
    expect([await open(), await state()]).toEqual([[expect.anything()], [0]]);
    clock.now += 3_600_000;
    expect(await open()).toHaveLength(1);
  });

  test("goes with its portal, and comes back with it under its new URL", async () => {
    const { metrics, open } = store();
    metrics.setIncidents([down]);
    expect(await open()).toEqual([]);
    metrics.setPortal(info());
    expect(await open()).toHaveLength(1);
    metrics.removePortal(1);
    expect(await open()).toEqual([]);
    metrics.setPortal(info({ url: "https://moi.hanoi.gov.vn/" }));
    expect(await open()).toMatchObject([{ instance: "https://moi.hanoi.gov.vn/" }]);
  });
});

test("portal_state is 4 while maintenance lasts, whatever runs say, and what they say after it", async () => {
  const { metrics, state } = store();
  metrics.setPortal(info());
  for (const family of ["ip4", "ip6"] as const) metrics.record(result({ family }));
  expect(await state()).toEqual([1]);
  metrics.setMaintained([1, 99]);
  expect(await state()).toEqual([4]);
  metrics.record(result({ outcome: "fail" }));
  expect(await state()).toEqual([4]);
  metrics.setMaintained([]);
  expect(await state()).toEqual([2]);
});

describe("the service's metrics of incidents", () => {
  const gauges = {
    inflight: () => 0,
    auditsInflight: () => 0,
    auditsWaiting: () => 0,
    spool: () => ({ depth: 0, oldestAt: null, dropped: 0 }),
    databaseReachable: () => true,
    provinceResults: () => [],
  };
  const made = () => {
    const metrics = createServiceMetrics({ vantage: "local", gauges });
    const samples = async (name: string) =>
      parseExposition(await metrics.text()).samples.filter((sample) => sample.name === name);
    return { metrics, samples };
  };

  test("count what is open by kind and severity, all of them from the first scrape on", async () => {
    const { metrics, samples } = made();
    const all = await samples("incidents_open");
    expect(all).toHaveLength(INCIDENT_KINDS.length * SEVERITIES.length);
    expect(all.every(({ value }) => value === 0)).toBe(true);
    metrics.setIncidentCounts([{ kind: "down", severity: "critical", incidents: 3 }]);
    const one = async () =>
      (await samples("incidents_open")).filter(({ value }) => value > 0).map((each) => each.labels);
    expect(await one()).toEqual([{ kind: "down", severity: "critical" }]);
    metrics.setIncidentCounts([]);
    expect(await one()).toEqual([]);
  });

  test("name each open common cause with its portals, and count active windows", async () => {
    const { metrics, samples } = made();
    expect(await samples("maintenance_windows_active")).toMatchObject([{ value: 0 }]);
    metrics.setActiveWindows(2);
    expect(await samples("maintenance_windows_active")).toMatchObject([{ value: 2 }]);
    const cause = {
      incident: 12,
      cause: "address",
      kind: "down",
      severity: "major",
      held: null,
      portals: 5,
    } as const;
    metrics.setCommonCauses([cause]);
    expect(await samples("incident_common_cause_portals")).toMatchObject([
      {
        labels: { incident: "12", cause: "address", kind: "down", severity: "major" },
        value: 5,
      },
    ]);
    expect(await samples("incident_common_cause_held")).toEqual([]);
    metrics.setCommonCauses([{ ...cause, held: "maintenance" }]);
    expect(await samples("incident_common_cause_portals")).toHaveLength(1);
    expect(await samples("incident_common_cause_held")).toMatchObject([
      { labels: { incident: "12", reason: "maintenance" }, value: 1 },
    ]);
    metrics.setCommonCauses([]);
    expect(await samples("incident_common_cause_portals")).toEqual([]);
    expect(await samples("incident_common_cause_held")).toEqual([]);
  });

  test("count what channels took and what failed, and tell what waits", async () => {
    const { metrics, samples } = made();
    metrics.setChannels(["ops"]);
    metrics.notified("ops");
    metrics.notifyFailed("ops");
    metrics.notifyFailed("ops");
    expect(await samples("notify_sent_total")).toMatchObject([{ value: 1 }]);
    expect(await samples("notify_failed_total")).toMatchObject([
      { labels: { channel: "ops" }, value: 2 },
    ]);
    expect(await samples("notify_outbox_oldest_timestamp_seconds")).toEqual([]);
    metrics.setOutbox({ oldestAt: START, pending: 2, dead: 1 });
    expect(await samples("notify_outbox_oldest_timestamp_seconds")).toMatchObject([
      { value: START / 1000 },
    ]);
    expect(await samples("notify_outbox_dead")).toMatchObject([{ value: 1 }]);
    expect(await samples("notify_outbox_pending")).toMatchObject([{ value: 2 }]);
  });
});
